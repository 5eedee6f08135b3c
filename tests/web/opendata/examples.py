"""An edition without files; it belongs to the whole province."""

import published
from examples import example


@example("edition", "edition_propose", "edition_approve", "edition_refuse", "edition_withdraw", shared=True)
def edition(user) -> dict:
    return {"pk": published.row(user).pk}
