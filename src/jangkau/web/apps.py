"""Registration with Django."""

from django.apps import AppConfig


class Web(AppConfig):
    """Pages of the whole house."""

    name = "jangkau.web"
    label = "web"

    def ready(self) -> None:
        """Fill the home page with what each app has waiting; publish cover to the public when members come."""
        from jangkau.web import cover, joins, waiting  # noqa: F401
