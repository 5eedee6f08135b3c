"""Registration with Django."""

from django.apps import AppConfig


class Intake(AppConfig):
    """Proposal lists."""

    name = "jangkau.apps.intake"
    label = "intake"

    def ready(self) -> None:
        """Declare this app's background work."""
        from jangkau.apps.intake import jobs  # noqa: F401
