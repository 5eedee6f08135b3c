"""Asking about memberships, decrees and batches."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, within
from jangkau.apps.enrolment.models import (
    Account,
    AccountKind,
    AnswerRow,
    Batch,
    BatchLine,
    BatchState,
    Decree,
    DecreeLine,
    DecreeState,
    Enrolment,
)
from jangkau.core.enrolment.lifecycle import STATES, State
from jangkau.core.kernel.problems import Kind, kind


def decrees(user: User) -> "QuerySet[Decree]":
    """The decrees of the user's regions, the newest first."""
    return Decree.objects.filter(within(user, "enrolment.view"))


def batches(user: User) -> "QuerySet[Batch]":
    """The batches of the user's regions, the newest first."""
    return Batch.objects.filter(within(user, "enrolment.view")).select_related("fund")


@dataclass(frozen=True)
class Counted:
    """How many lines a batch has, rupiah over all of them, and how they were answered."""

    rows: int = 0
    amount: int = 0
    accepted: int = 0
    refused: int = 0
    doubtful: int = 0

    @property
    def silent(self) -> int:
        """Lines that no answer has come for."""
        return self.rows - self.accepted - self.refused - self.doubtful


def counted(shown: Iterable[Batch]) -> list[tuple[Batch, Counted]]:
    """Each batch with its counts, in one question for all."""
    given = list(shown)
    lines = BatchLine.objects.filter(batch__in=given).order_by().values("batch", "answer")
    found: dict[int, dict[str, tuple[int, int]]] = {}
    for row in lines.annotate(n=Count("pk"), sum=Sum("amount")):
        found.setdefault(row["batch"], {})[row["answer"]] = (row["n"], row["sum"])
    return [(batch, _counted(found.get(batch.pk, {}))) for batch in given]


def _counted(by_answer: dict[str, tuple[int, int]]) -> Counted:
    rows, amount = (sum(values) for values in zip(*by_answer.values(), strict=True)) if by_answer else (0, 0)
    told = (by_answer.get(answer, (0, 0))[0] for answer in ("diterima", "ditolak", "bertentangan"))
    return Counted(rows, amount, *told)


def sized(shown: Iterable[Decree]) -> list[tuple[Decree, int, int]]:
    """Each decree with how many people it names and what it pays (rupiah), in one question for all."""
    given = list(shown)
    lines = DecreeLine.objects.filter(decree__in=given).order_by().values("decree")
    found = {row["decree"]: row for row in lines.annotate(n=Count("enrolment", distinct=True), sum=Sum("total"))}
    none = {"n": 0, "sum": 0}
    return [(d, found.get(d.pk, none)["n"], found.get(d.pk, none)["sum"]) for d in given]


def standing(user: User) -> list[tuple[State, int]]:
    """How many memberships of the user's regions are in each state that has any, in the order of the lifecycle."""
    found = Enrolment.objects.filter(within(user, "enrolment.view")).values("state").annotate(n=Count("pk"))
    counts = {row["state"]: row["n"] for row in found}
    return [(state, counts[code]) for code, state in STATES.items() if code in counts]


def to_issue(user: User) -> int:
    """Decrees that wait for the user to issue them."""
    if not allowed(user, "decrees.approve"):
        return 0
    proposed = Decree.objects.filter(within(user, "decrees.approve"), state=DecreeState.PROPOSED)
    return proposed.exclude(proposed_by=user).count()


def to_approve(user: User) -> int:
    """Payments that wait for the user to approve them."""
    if not allowed(user, "payments.approve"):
        return 0
    billed = Batch.objects.filter(within(user, "payments.approve"), state=BatchState.BILLED)
    return billed.exclude(proof_sha256="").exclude(entered_by=user).count()


def to_mend(user: User) -> int:
    """People refused, or answered both ways, in the user's batches that no other follows yet."""
    if not allowed(user, "batches.edit"):
        return 0
    open_batches = Batch.objects.filter(
        within(user, "batches.edit"), state__in=(BatchState.ANSWERED, BatchState.BILLED), followed_by=None
    )
    return BatchLine.objects.filter(batch__in=open_batches, answer__in=("ditolak", "bertentangan")).count()


def waiting(user: User) -> int:
    """How much waits for the user's word, for the bar."""
    return to_issue(user) + to_approve(user)


@dataclass(frozen=True)
class Part:
    """What one fund pays in a decree, and what it has left."""

    name: str
    people: int
    months: int
    total: int
    free: int | None


def parts(decree: Decree) -> list[Part]:
    """A decree by fund, in the order of their codes."""
    rows = list(
        decree.lines.order_by("fund__kode").values("fund", "fund__nama")
        .annotate(people=Count("enrolment", distinct=True), n=Sum("months"), sum=Sum("total"))
    )  # fmt: skip
    funds = [row["fund"] for row in rows]
    free = dict(Account.objects.filter(fund__in=funds, kind=AccountKind.FREE).values_list("fund", "balance"))
    return [Part(r["fund__nama"], r["people"], r["n"], r["sum"], free.get(r["fund"])) for r in rows]


def kinds(batch: Batch) -> list[tuple[Kind, int]]:
    """What is wrong in a batch, by kind, the most frequent first: refusals, doubts, and rows of answers."""
    refused = batch.lines.filter(answer="ditolak").order_by().values_list("code")
    doubts = batch.lines.filter(answer="bertentangan").order_by().values_list("doubt")
    rows = AnswerRow.objects.filter(answer__batch=batch).exclude(problem="").order_by().values_list("problem")
    counts: Counter[str] = Counter()
    for found in (refused, doubts, rows):
        counts.update(dict(found.annotate(n=Count("pk"))))
    return sorted(((kind(code), n) for code, n in counts.items() if code), key=lambda pair: (-pair[1], pair[0].kode))
