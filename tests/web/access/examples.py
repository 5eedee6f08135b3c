"""Examples of this app's addresses (see tests/examples.py)."""

from examples import example

from jangkau.apps.access.models import ApiToken
from jangkau.apps.access.tokens import make
from jangkau.apps.accounts.models import User


@example("user", "user_invite", "user_unlock", "user_activity", "user_factors")
def someone(user) -> dict:
    return {"pk": user("pendata").pk}


@example("user_take_role")
def held(user) -> dict:
    someone: User = user("pendata")
    return {"pk": someone.pk, "held": someone.assignments.get().pk}


@example("token_revoke", personal=True)
def own_token(user) -> dict:
    return {"pk": _token(user("operator_kab")).pk}


@example("user_token_revoke")
def token_of_someone(user) -> dict:
    someone = user("operator_kab")
    return {"pk": someone.pk, "token": _token(someone).pk}


def _token(user: User) -> ApiToken:
    return make(user, nama="uji", role="operator_kab", region_code="1705", days=30)[0]
