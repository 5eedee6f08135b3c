"""Registration with Django."""

from django.apps import AppConfig


class RegionsApp(AppConfig):
    """Regions."""

    name = "jangkau.apps.regions"
    label = "regions"
