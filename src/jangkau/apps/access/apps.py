"""Registration with Django."""

from django.apps import AppConfig


class Access(AppConfig):
    """Administration of accounts."""

    name = "jangkau.apps.access"
    label = "access"

    def ready(self) -> None:
        """Put signing in, failing to, and changes of the ways to sign in on record."""
        from jangkau.apps.access import signing

        signing.listen()
