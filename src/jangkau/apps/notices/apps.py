"""Registration with Django."""

from django.apps import AppConfig


class Notices(AppConfig):
    """Notices."""

    name = "jangkau.apps.notices"
    label = "notices"

    def ready(self) -> None:
        """Declare this app's background work."""
        from jangkau.apps.notices import jobs  # noqa: F401
