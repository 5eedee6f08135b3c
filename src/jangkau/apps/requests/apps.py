"""Registration with Django."""

from django.apps import AppConfig


class Requests(AppConfig):
    """Requests of the public."""

    name = "jangkau.apps.requests"
    label = "requests"

    def ready(self) -> None:
        """The desk hears of what arrives."""
        from jangkau.apps.requests.office import telling  # noqa: F401
