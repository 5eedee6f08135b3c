"""A petition of desa Niur."""

import asked
from examples import example


@example(
    "petition",
    "petition_enlist",
    "petition_stop",
    "petition_mend",
    "petition_answer",
    "petition_note",
    "petition_up",
    "petition_reveal",
)
def petition(user) -> dict:
    return {"pk": asked.petition()[0].pk}
