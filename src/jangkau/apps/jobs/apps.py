"""Registration with Django."""

from django.apps import AppConfig


class Jobs(AppConfig):
    """Background work."""

    name = "jangkau.apps.jobs"
    label = "jobs"
