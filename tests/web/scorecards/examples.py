"""A card of kabupaten Seluma in each of its states, evidence, follow-ups; instruments are shared."""

import pictures
import scored
from examples import example

from jangkau.apps.scorecards import actions, judging


@example("scorecard", "scorecard_print", "scorecard_excel", "scorecard_csv", "scorecard_send", "scorecard_reopen",
         "scorecard_give_back", "scorecard_close", "scorecard_advise")  # fmt: skip
def card(user) -> dict:
    return {"pk": scored.card(user("operator_kab", "1701"), region="1705").pk}


@example("scorecard_chart")
def chart(user) -> dict:
    for half in (scored.NOW, scored.NOW.before):
        scored.card(user("operator_kab", "1701"), region="1705", semester=half)
    return {"name": "semester", "kind": "csv"}


@example("scorecard_answer", "scorecard_evidence", "scorecard_reply", "scorecard_comment", "scorecard_propose")
def question(user) -> dict:
    return {**card(user), "code": "A1"}


@example("scorecard_file", "scorecard_evidence_drop")
def evidence(user) -> dict:
    by = user("operator_kab", "1701")
    return {"pk": actions.add_evidence(scored.card(by), "A1", pictures.upload(), by=by).pk}


@example("follow_up_agree", "follow_up_finish")
def follow_up(user) -> dict:
    made = scored.sent(user("operator_kab", "1701"))
    return {"pk": judging.advise(made, "A1", "Terbitkan perbup", by=user("evaluator", "16")).pk}


@example("instrument", "instrument_file", shared=True)
def instrument(user) -> dict:
    return {"pk": scored.instrument().pk}
