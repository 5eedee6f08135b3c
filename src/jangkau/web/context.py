"""What every page's frame needs."""

from functools import cache
from typing import Any

from django.http import HttpRequest

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import assignments
from jangkau.apps.notices.selectors import unread
from jangkau.apps.regions.selectors import region_name
from jangkau.web.menu import menu


def frame(request: HttpRequest) -> dict[str, Any]:
    """The menu, and who is here as what and where; asked for only by what shows it, which parts of a page do not."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    return {
        "modules": cache(lambda: menu(user)),
        "held": cache(lambda: [(h.get_role_display(), region_name(h.region_code)) for h in assignments(user)]),
        "unread": cache(lambda: unread(user)),
    }
