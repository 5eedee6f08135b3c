"""Registration with Django."""

from django.apps import AppConfig


class Surveys(AppConfig):
    """Surveys."""

    name = "jangkau.apps.surveys"
    label = "surveys"

    def ready(self) -> None:
        """Declare this app's background work."""
        from jangkau.apps.surveys import jobs  # noqa: F401
