"""Membership and its steps; decrees; batches and their answers; the ledger."""

from jangkau.apps.enrolment.models.batch import Answer, AnswerState, Batch, BatchLine, BatchState
from jangkau.apps.enrolment.models.decree import Decree, DecreeLine, DecreeState
from jangkau.apps.enrolment.models.ledger import (
    Account,
    AccountKind,
    Entry,
    EntryKind,
    Journal,
    MonthState,
    PersonMonth,
)
from jangkau.apps.enrolment.models.membership import Enrolment, Step

__all__ = [
    "Account", "AccountKind", "Answer", "AnswerState", "Batch", "BatchLine", "BatchState", "Decree", "DecreeLine",
    "DecreeState", "Enrolment", "Entry", "EntryKind", "Journal", "MonthState", "PersonMonth", "Step",
]  # fmt: skip
