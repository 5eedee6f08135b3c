"""Registration with Django."""

from django.apps import AppConfig


class Linkage(AppConfig):
    """Links, persons, and clerks' decisions on them."""

    name = "jangkau.apps.linkage"
    label = "linkage"

    def ready(self) -> None:
        """Declare this app's background work."""
        from jangkau.apps.linkage import jobs  # noqa: F401
