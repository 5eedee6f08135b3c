"""Registration with Django."""

from django.apps import AppConfig


class OpenData(AppConfig):
    """Open data."""

    name = "jangkau.apps.opendata"
    label = "opendata"

    def ready(self) -> None:
        """Declare this app's background work."""
        from jangkau.apps.opendata import jobs  # noqa: F401
