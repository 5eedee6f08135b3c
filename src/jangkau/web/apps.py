"""Registration with Django."""

from django.apps import AppConfig


class Web(AppConfig):
    """Pages of the whole house."""

    name = "jangkau.web"
    label = "web"
