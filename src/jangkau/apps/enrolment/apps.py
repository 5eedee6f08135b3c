"""Registration with Django."""

from django.apps import AppConfig


class Enrolment(AppConfig):
    """Decrees, batches, the ledger."""

    name = "jangkau.apps.enrolment"
    label = "enrolment"
