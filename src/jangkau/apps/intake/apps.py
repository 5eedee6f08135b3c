"""Registration with Django."""

from django.apps import AppConfig


class Intake(AppConfig):
    """Proposal lists."""

    name = "jangkau.apps.intake"
    label = "intake"
