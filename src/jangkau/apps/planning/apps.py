"""Registration with Django."""

from django.apps import AppConfig


class Planning(AppConfig):
    """Plans."""

    name = "jangkau.apps.planning"
    label = "planning"

    def ready(self) -> None:
        """Declare this app's background work."""
        from jangkau.apps.planning import jobs  # noqa: F401
