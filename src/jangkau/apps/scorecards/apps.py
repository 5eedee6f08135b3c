"""Registration with Django."""

from django.apps import AppConfig


class Scorecards(AppConfig):
    """Scorecards."""

    name = "jangkau.apps.scorecards"
    label = "scorecards"
