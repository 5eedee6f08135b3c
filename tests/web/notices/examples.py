"""A notice to one user."""

from examples import example

from jangkau.apps.notices.models import Notice


@example("notice", personal=True)
def notice(user) -> dict:
    made = Notice.objects.create(
        user=user("operator_kab"), kind="list_problems", values={"daftar": 1, "n": 3}, link="/", key="k"
    )
    return {"pk": made.pk}
