"""Registration with Django."""

from django.apps import AppConfig


class Outreach(AppConfig):
    """Outreach."""

    name = "jangkau.apps.outreach"
    label = "outreach"

    def ready(self) -> None:
        """Declare this app's background work."""
        from jangkau.apps.outreach import jobs  # noqa: F401
