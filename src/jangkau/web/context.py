"""What every page's frame needs."""

from typing import Any

from django.http import HttpRequest

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import assignments
from jangkau.apps.notices.selectors import unread
from jangkau.apps.regions.selectors import region_name
from jangkau.web.menu import menu


def frame(request: HttpRequest) -> dict[str, Any]:
    """The menu, and who is here as what and where."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    held = assignments(user)
    names = [(h.get_role_display(), region_name(h.region_code)) for h in held]
    return {"modules": menu(user), "held": names, "unread": unread(user)}
