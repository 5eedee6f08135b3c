"""Registration with Django."""

from django.apps import AppConfig


class Claims(AppConfig):
    """Claims."""

    name = "jangkau.apps.claims"
    label = "claims"

    def ready(self) -> None:
        """Declare this app's background work."""
        from jangkau.apps.claims import jobs  # noqa: F401
