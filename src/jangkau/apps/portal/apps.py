"""Registration with Django."""

from django.apps import AppConfig


class Portal(AppConfig):
    """Public pages."""

    name = "jangkau.apps.portal"
    label = "portal"
