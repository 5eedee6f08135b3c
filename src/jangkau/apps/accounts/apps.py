"""Registration with Django."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """Users and their roles."""

    name = "jangkau.apps.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Give every declared permission its rule."""
        from jangkau.apps.accounts import permissions

        permissions.register()
