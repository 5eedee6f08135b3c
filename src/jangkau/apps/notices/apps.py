"""Registration with Django."""

from django.apps import AppConfig


class Notices(AppConfig):
    """Notices."""

    name = "jangkau.apps.notices"
    label = "notices"
