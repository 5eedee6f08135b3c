"""Registration with Django."""

from django.apps import AppConfig


class Registry(AppConfig):
    """Registers and the programme's settings."""

    name = "jangkau.apps.registry"
    label = "registry"

    def ready(self) -> None:
        """Declare this app's background work."""
        from jangkau.apps.registry import jobs  # noqa: F401
