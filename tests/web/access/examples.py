"""Examples of this app's addresses (see tests/examples.py)."""

from examples import example

from jangkau.apps.accounts.models import User


@example("user", "user_invite", "user_unlock", "user_activity", "user_factors")
def someone(user) -> dict:
    return {"pk": user("pendata").pk}


@example("user_take_role")
def held(user) -> dict:
    someone: User = user("pendata")
    return {"pk": someone.pk, "held": someone.assignments.get().pk}
