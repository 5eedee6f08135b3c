"""Registration with Django."""

from django.apps import AppConfig


class Audit(AppConfig):
    """The audit log."""

    name = "jangkau.apps.audit"
    label = "audit"
