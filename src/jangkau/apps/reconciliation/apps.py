"""Registration with Django."""

from django.apps import AppConfig


class Reconciliations(AppConfig):
    """Reconciliation and lapse radar."""

    name = "jangkau.apps.reconciliation"
    label = "reconciliation"

    def ready(self) -> None:
        """Declare this app's background work."""
        from jangkau.apps.reconciliation import jobs  # noqa: F401
