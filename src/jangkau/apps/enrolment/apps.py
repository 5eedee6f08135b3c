"""Registration with Django."""

from django.apps import AppConfig


class Enrolment(AppConfig):
    """Decrees, batches, the ledger."""

    name = "jangkau.apps.enrolment"
    label = "enrolment"

    def ready(self) -> None:
        """Declare this app's background work."""
        from jangkau.apps.enrolment import jobs  # noqa: F401
