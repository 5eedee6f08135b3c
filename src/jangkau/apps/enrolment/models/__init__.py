"""Membership and its steps; decrees; batches and their answers; the ledger."""

from jangkau.apps.enrolment.models.batch import (
    Answer,
    AnswerRow,
    AnswerState,
    Batch,
    BatchLine,
    BatchState,
    Mapping,
    MappingKind,
)
from jangkau.apps.enrolment.models.decree import Decree, DecreeFile, DecreeLine, DecreeState, Removal
from jangkau.apps.enrolment.models.ledger import (
    Account,
    AccountKind,
    Entry,
    EntryKind,
    Journal,
    MonthState,
    PersonMonth,
)
from jangkau.apps.enrolment.models.membership import Enrolment, Reopening, ReopeningState, Step

__all__ = [
    "Account", "AccountKind", "Answer", "AnswerRow", "AnswerState", "Batch", "BatchLine", "BatchState", "Decree",
    "DecreeFile", "DecreeLine", "DecreeState", "Enrolment", "Entry", "EntryKind", "Journal", "Mapping", "MappingKind",
    "MonthState", "PersonMonth", "Removal", "Reopening", "ReopeningState", "Step",
]  # fmt: skip
