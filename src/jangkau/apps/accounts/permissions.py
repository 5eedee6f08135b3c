"""Who may do what where: by role and region, for views, API and templates alike."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

import rules
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from jangkau.apps.accounts.models import Assignment, User
from jangkau.apps.accounts.roles import PERMISSIONS

View = Callable[..., HttpResponseBase]
M = TypeVar("M", bound=Model)
R = TypeVar("R")
PUBLIC = "public"


def register() -> None:
    """Give every declared permission its rule, so that `user.has_perm(name, thing)` answers."""
    for name in PERMISSIONS:
        if not rules.perm_exists(name):
            rules.add_perm(name, _predicate(name))


def _predicate(name: str) -> Any:
    def holds(user: Any, thing: Any = None) -> bool:
        return allowed(user, name, getattr(thing, "region_code", None))

    return rules.predicate(holds, name=name)


def assignments(user: User | AnonymousUser) -> list[Assignment]:
    """The user's assignments, read once a request."""
    if not isinstance(user, User) or not user.is_active:
        return []
    if user.held is None:
        user.held = list(user.assignments.order_by("region_code", "role"))
    return user.held


def scope(user: User | AnonymousUser, permission: str) -> list[str]:
    """Codes of the regions in which the user has the permission; each stands for everything below it."""
    roles = PERMISSIONS[permission]
    return [held.region_code for held in assignments(user) if held.role in roles]


def allowed(user: User | AnonymousUser, permission: str, region_code: str | None = None) -> bool:
    """Whether the user has the permission somewhere, or in the region given."""
    codes = scope(user, permission)
    return bool(codes) if region_code is None else any(region_code.startswith(code) for code in codes)


def within(user: User | AnonymousUser, permission: str, field: str = "region_code") -> Q:
    """The filter of rows in the user's regions."""
    return within_codes(scope(user, permission), field)


def within_codes(codes: Iterable[str], field: str = "region_code") -> Q:
    """The filter of rows in any of the regions; no region, no rows."""
    matches = Q(pk__in=[])
    for code in codes:
        matches |= Q(**{f"{field}__startswith": code})
    return matches


def needs(permission: str) -> Callable[[Callable[..., R]], Callable[..., R | HttpResponseBase]]:
    """A view, or an endpoint of the API, for users who have the permission.

    Nobody signed in is sent to sign in, others get 403.

    Which rows of it they see is the view's own duty: `find` and `within` with the same permission.
    """
    if permission not in PERMISSIONS:
        raise KeyError(permission)

    def decorate(view: Callable[..., R]) -> Callable[..., R | HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> R | HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not allowed(request.user, permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: View) -> View:
    """A view that anyone may open."""
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view


def find(
    request: HttpRequest, rows: "QuerySet[M]", permission: str, field: str | None = "region_code", **key: Any
) -> M:
    """The row if it exists within the user's regions, else 404: an outsider does not learn that it exists.

    `field` is the column of the region's code; None for what belongs to the whole province.
    """
    seen = rows.filter(within(request.user, permission, field)) if field else rows
    return get_object_or_404(seen, **key)


def require(request: HttpRequest, permission: str, region_code: str) -> None:
    """Stop with 404 unless the user has the permission in that region."""
    if not allowed(request.user, permission, region_code):
        raise Http404
