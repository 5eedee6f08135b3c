"""Letting people in, and out. Everything here is done by an admin to someone else, and is on record."""

from allauth.mfa.models import Authenticator
from axes.utils import reset
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from jangkau.apps.access.selectors import home_of
from jangkau.apps.accounts.models import Assignment, User
from jangkau.apps.accounts.permissions import allowed
from jangkau.apps.accounts.roles import APART, Role
from jangkau.apps.audit.actions import record
from jangkau.core.kernel.problems import Problem


class _Invitations(PasswordResetTokenGenerator):
    """Links to choose a password: valid once, for PASSWORD_RESET_TIMEOUT, for a user who may sign in."""

    key_salt = "jangkau.apps.access.invitation"

    def check_token(self, user: object, token: str | None) -> bool:
        """False for a user who has been deactivated since."""
        return bool(getattr(user, "is_active", False)) and super().check_token(user, token)  # type: ignore[arg-type]


invitations = _Invitations()


@transaction.atomic
def invite(*, username: str, nama: str, email: str, role: str, region_code: str, password: str, by: User) -> User:
    """A new user with one role; without a password the user chooses one by an invitation.

    Raises AKUN_DI_LUAR_WILAYAH.
    """
    user = User(username=username, nama=nama, email=email)
    user.set_password(password or None)
    user.save()
    record("users.create", by=by, thing=user, region_code=region_code, after={"nama_pengguna": username, "nama": nama})
    give_role(user, role, region_code, by=by)
    return user


@transaction.atomic
def invitation(user: User, *, by: User) -> str:
    """The path at which the user chooses a password, once. Raises AKUN_SENDIRI."""
    _refuse_self(user, by)
    key = urlsafe_base64_encode(force_bytes(user.pk))
    record("users.invite", by=by, thing=user, region_code=home_of(user))
    return reverse("invitation", args=[key, invitations.make_token(user)])


@transaction.atomic
def give_role(user: User, role: str, region_code: str, *, by: User) -> Assignment:
    """The role in the region, once. Raises AKUN_SENDIRI, AKUN_DI_LUAR_WILAYAH, PERAN_BERTENTANGAN."""
    _refuse_self(user, by)
    if not allowed(by, "users.manage", region_code):
        raise Problem("AKUN_DI_LUAR_WILAYAH")
    User.objects.select_for_update().get(pk=user.pk)  # two admins at once give one role after the other
    for held in user.assignments.all():
        if held.role != role and frozenset({held.role, role}) in APART:
            raise Problem("PERAN_BERTENTANGAN", ada=str(Role(held.role).label), baru=str(Role(role).label))
    made, new = Assignment.objects.get_or_create(user=user, role=role, region_code=region_code)
    if new:
        record("users.role_add", by=by, thing=user, region_code=region_code, after={"peran": role})
    return made


@transaction.atomic
def take_role(held: Assignment, *, by: User) -> None:
    """The role no longer; the tokens that rest on it stop with it. Raises AKUN_SENDIRI."""
    _refuse_self(held.user, by)
    record("users.role_remove", by=by, thing=held.user, region_code=held.region_code, before={"peran": held.role})
    held.delete()


@transaction.atomic
def set_active(user: User, active: bool, reason: str, *, by: User) -> None:
    """May sign in, or no longer: open sessions end at once; what the user has done stays. Raises AKUN_SENDIRI."""
    _refuse_self(user, by)
    before, user.is_active = user.is_active, active
    user.save(update_fields=["is_active"])
    change = {"before": {"aktif": before}, "after": {"aktif": active}}
    record("users.activity", by=by, thing=user, region_code=home_of(user), reason=reason, **change)


@transaction.atomic
def unlock(user: User, *, by: User) -> None:
    """Forget the wrong passwords that locked the user out."""
    reset(username=user.username)
    record("users.unlock", by=by, thing=user, region_code=home_of(user))


@transaction.atomic
def reset_factors(user: User, reason: str, *, by: User) -> None:
    """Take away passkeys, codes and the authenticator app of a user who has lost them. Raises AKUN_SENDIRI."""
    _refuse_self(user, by)
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    Authenticator.objects.filter(user=user).delete()
    record("users.factors_reset", by=by, thing=user, region_code=home_of(user), before={"cara": kinds}, reason=reason)


def _refuse_self(user: User, by: User) -> None:
    if user.pk == by.pk:
        raise Problem("AKUN_SENDIRI")
