"""Registration with Django."""

from django.apps import AppConfig


class Requests(AppConfig):
    """Requests of the public."""

    name = "jangkau.apps.requests"
    label = "requests"

    def ready(self) -> None:
        """The desk hears of what arrives; plans hear of whom it took out."""
        from jangkau.apps.requests.office import known, telling  # noqa: F401
