"""Registration with Django."""

from django.apps import AppConfig


class Enrolment(AppConfig):
    """Decrees, batches, the ledger."""

    name = "jangkau.apps.enrolment"
    label = "enrolment"

    def ready(self) -> None:
        """Declare this app's background work, and tell plans who is paid already."""
        from jangkau.apps.enrolment import holders, jobs  # noqa: F401
