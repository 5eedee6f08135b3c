"""The modules of the top bar, in order; each shows only to those who may open it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed

Count = Callable[[User], int]


@dataclass(frozen=True)
class Module:
    """A module: its url name, permission and label; `waiting` counts the work that waits in it."""

    url: str
    permission: str
    label: object
    waiting: Count | None = None


MODULES: list[Module] = [
    Module("home", "home.view", _("Beranda")),
    Module("snapshots", "registers.view", _("Data")),
    Module("users", "users.manage", _("Pengguna")),
]


def menu(user: User | AnonymousUser) -> list[Module]:
    """The modules that the user may open."""
    return [module for module in MODULES if allowed(user, module.permission)]
