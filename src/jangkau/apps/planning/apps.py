"""Registration with Django."""

from django.apps import AppConfig


class Planning(AppConfig):
    """Plans."""

    name = "jangkau.apps.planning"
    label = "planning"
