"""Registration with Django."""

from django.apps import AppConfig


class People(AppConfig):
    """Persons."""

    name = "jangkau.apps.people"
    label = "people"
