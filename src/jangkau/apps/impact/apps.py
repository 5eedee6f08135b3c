"""Registration with Django."""

from django.apps import AppConfig


class Impact(AppConfig):
    """Expected poverty averted."""

    name = "jangkau.apps.impact"
    label = "impact"

    def ready(self) -> None:
        """Declare this app's background work."""
        from jangkau.apps.impact import jobs  # noqa: F401
