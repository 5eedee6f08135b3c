"""Asking about users, for those who let them in."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from jangkau.apps.accounts.models import Assignment, User
from jangkau.apps.accounts.permissions import scope, within_codes


def home_of(user: User) -> str:
    """The smallest region that holds all of the user's; empty for a user without a role."""
    codes = list(user.assignments.values_list("region_code", flat=True)) or [""]
    shared = {code for code in (codes[0][:length] for length in (10, 6, 4, 2)) if _holds_all(code, codes)}
    return max(shared, key=len, default="")


def _holds_all(region: str, codes: list[str]) -> bool:
    return all(code.startswith(region) for code in codes)


def managed(admin: User) -> QuerySet[User]:
    """The users whom an admin may manage: those with no role outside the admin's own regions."""
    elsewhere = Assignment.objects.filter(~within_codes(scope(admin, "users.manage")), user=OuterRef("pk"))
    return User.objects.exclude(Exists(elsewhere)).order_by("username")


def with_state(users: QuerySet[User]) -> QuerySet[User]:
    """The users, each with `locked` (too many wrong passwords just now) and `two_factors`."""
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    wrong = AccessAttempt.objects.filter(
        username=OuterRef("username"), attempt_time__gt=since, failures_since_start__gte=settings.AXES_FAILURE_LIMIT
    )
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return users.annotate(locked=Exists(wrong), two_factors=Exists(factors)).prefetch_related("assignments")


def search(users: QuerySet[User], words: str = "", role: str = "") -> QuerySet[User]:
    """Users whose name, username or e-mail has every word, and who hold the role, where one is given."""
    for word in words.split():
        users = users.filter(Q(username__icontains=word) | Q(nama__icontains=word) | Q(email__icontains=word))
    return users.filter(assignments__role=role).distinct() if role else users
