"""Registration with Django."""

from django.apps import AppConfig


class Field(AppConfig):
    """The field."""

    name = "jangkau.apps.field"
    label = "field"

    def ready(self) -> None:
        """Declare this app's background work."""
        from jangkau.apps.field import jobs  # noqa: F401
