"""Registration with Django."""

from django.apps import AppConfig


class Linkage(AppConfig):
    """Links, persons, and clerks' decisions on them."""

    name = "jangkau.apps.linkage"
    label = "linkage"

    def ready(self) -> None:
        """Declare this app's background work, and what it finds in lists."""
        from jangkau.apps.intake.actions.hand_back import FOUND_LATER
        from jangkau.apps.linkage import jobs  # noqa: F401
        from jangkau.apps.linkage.doubles import doubles

        if doubles not in FOUND_LATER:
            FOUND_LATER.append(doubles)
