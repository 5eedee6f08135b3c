"""Registration with Django."""

from django.apps import AppConfig


class Partners(AppConfig):
    """Partners."""

    name = "jangkau.apps.partners"
    label = "partners"

    def ready(self) -> None:
        """Declare this app's background work."""
        from jangkau.apps.partners import jobs  # noqa: F401
