"""The mappings in force: ours, until someone has edited them here."""

from importlib.resources import files

from django.db import transaction

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment.models import Mapping, MappingKind
from jangkau.core.enrolment.answer_mapping import AnswerMapping, default_text, parse_answer_mapping
from jangkau.core.enrolment.exchange import ExchangeColumn, parse_mapping

_NAMES = {MappingKind.UPLOAD: "unggah.yaml", MappingKind.ANSWER: "jawaban.yaml"}


def text(kind: str) -> str:
    """The mapping of a kind, as it is written."""
    newest = Mapping.objects.filter(kind=kind).first()
    if newest:
        return newest.text
    if kind == MappingKind.ANSWER:
        return default_text()
    return (files("jangkau.core.enrolment") / "pemetaan.yaml").read_text("utf-8")


def columns() -> list[ExchangeColumn]:
    """The columns of the file that is sent."""
    return parse_mapping(text(MappingKind.UPLOAD), _NAMES[MappingKind.UPLOAD])


def answers() -> AnswerMapping:
    """How answers are read."""
    return parse_answer_mapping(text(MappingKind.ANSWER), _NAMES[MappingKind.ANSWER])


@transaction.atomic
def edit(kind: str, new: str, *, by: User) -> None:
    """A new version of a mapping; the older ones stay. Raises PEMETAAN_SALAH, PEMETAAN_JAWABAN_SALAH."""
    if kind == MappingKind.ANSWER:
        parse_answer_mapping(new, _NAMES[MappingKind.ANSWER])
    else:
        parse_mapping(new, _NAMES[MappingKind.UPLOAD])
    if new == text(kind):
        return
    made = Mapping.objects.create(kind=kind, text=new, by=by)
    record("mappings.edit", by=by, thing=made, after={"kind": kind, "letters": len(new)})
