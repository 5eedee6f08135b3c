"""Registration with Django."""

from django.apps import AppConfig


class Monitoring(AppConfig):
    """Coverage."""

    name = "jangkau.apps.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        """Declare this app's background work."""
        from jangkau.apps.monitoring import jobs  # noqa: F401
