"""Registration with Django."""

from django.apps import AppConfig


class Proofs(AppConfig):
    """Proof of work."""

    name = "jangkau.apps.proofs"
    label = "proofs"
