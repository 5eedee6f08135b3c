"""Registration with Django."""

from django.apps import AppConfig


class Reports(AppConfig):
    """Reports."""

    name = "jangkau.apps.reports"
    label = "reports"

    def ready(self) -> None:
        """Declare this app's background work."""
        from jangkau.apps.reports import jobs  # noqa: F401
