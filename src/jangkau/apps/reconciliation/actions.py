"""Starting a reconciliation; deciding on what it found, and undoing that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment import ledger, steps
from jangkau.apps.enrolment.models import Enrolment, Journal, MonthState, PersonMonth
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.jobs import actions as jobs
from jangkau.apps.reconciliation.models import Decision, Finding, Reconciliation
from jangkau.apps.registry.models import Kind, Snapshot, SnapshotState
from jangkau.apps.registry.selectors import current
from jangkau.core.enrolment.findings import BY_NAME
from jangkau.core.kernel.formats import long_date
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.parts import parts
from jangkau.core.kernel.problems import Problem

KIND = "reconciliation.run"
AT_ONCE = 500
Findings = QuerySet[Finding]


@dataclass
class Outcome:
    """What a decision did: people, months and rupiah let go or come back, months left because they are billed."""

    people: int = 0
    months: int = 0
    rupiah: int = 0
    billed: int = 0

    def told(self) -> dict[str, int]:
        """For the log."""
        return {"orang": self.people, "bulan": self.months, "rupiah": self.rupiah, "masih_ditagih": self.billed}


def usable(snapshot: Snapshot) -> bool:
    """Whether it is the member register in use, and there is anybody to look up in it."""
    return snapshot == current(Kind.PESERTA) and Enrolment.objects.exclude(state=OVER).exists()


@transaction.atomic
def start(snapshot: Snapshot, *, by: User | None) -> Reconciliation:
    """Queue the reconciliation with a snapshot; asked again, with what has been booked and decided since.

    Raises REKONSILIASI_REGISTER_LAMA for a snapshot that is not in use: steps follow the newest word only.
    """
    if snapshot.kind != Kind.PESERTA or snapshot.state != SnapshotState.READY or snapshot != current(Kind.PESERTA):
        raise Problem("REKONSILIASI_REGISTER_LAMA", tanggal=long_date(snapshot.as_of))
    month = month_of(snapshot.as_of)
    made, _ = Reconciliation.objects.get_or_create(snapshot=snapshot, defaults={"month": month, "by": by})
    made.job = jobs.start(KIND, {"reconciliation": made.pk}, by=by)
    made.save(update_fields=["job"])
    return made


@transaction.atomic
def stop(findings: Findings, why: str, *, by: User) -> Outcome:
    """Let go the promised months that the findings name, and end the enrolments whose finding is a reason to.

    Months that are billed stay until the bill is taken back or paid. Raises what the ledger and the lifecycle raise.
    """
    done = Outcome()
    touched = list(_locked(findings.exclude(decision=Decision.STOP)))
    for some in parts(touched, AT_ONCE):
        promised = _months(some, "release", MonthState.COMMITTED)
        done.billed += sum(map(len, _months(some, "release", MonthState.BILLED).values()))
        _count(done, ledger.release(_all(promised), by=by, note=f"Rekonsiliasi: {why}"[:200]))
        for finding in some:
            finding.decision, finding.by, finding.at = Decision.STOP, by, timezone.now()
            finding.left, finding.released = finding.enrolment.state, promised.get(finding.pk, [])
        Finding.objects.bulk_update(some, ["decision", "by", "at", "left", "released"])
        _end(some, why, by)
        done.people += len(some)
    _record("hentikan", touched, done, why, by)
    return done


@transaction.atomic
def put_off(findings: Findings, why: str, *, by: User) -> Outcome:
    """Leave the findings for the next reconciliation."""
    touched = list(_locked(findings.filter(decision=Decision.OPEN)))
    for some in parts(touched, AT_ONCE):
        keys = [finding.pk for finding in some]
        Finding.objects.filter(pk__in=keys).update(decision=Decision.LATER, by=by, at=timezone.now())
    done = Outcome(people=len(touched))
    _record("tunda", touched, done, why, by)
    return done


@transaction.atomic
def take_back(findings: Findings, why: str, *, by: User) -> Outcome:
    """The money of the months that were to be asked back has come back to its fund."""
    done = Outcome()
    touched = list(_locked(findings.filter(refunded_at=None).exclude(refund=[])))
    for some in parts(touched, AT_ONCE):
        paid = _months(some, "refund", MonthState.PAID)
        _count(done, ledger.refund(_all(paid), by=by, note=f"Rekonsiliasi: {why}"[:200]))
        for finding in some:
            finding.refunded, finding.refunded_by, finding.refunded_at = paid.get(finding.pk, []), by, timezone.now()
        Finding.objects.bulk_update(some, ["refunded", "refunded_by", "refunded_at"])
        done.people += len(some)
    _record("kembalikan", touched, done, why, by)
    return done


@transaction.atomic
def undo(finding: Finding, *, by: User) -> Finding:
    """Take a decision back: the enrolment is open again and its months are promised again by the same decree.

    Raises TEMUAN_UANG_KEMBALI once money has come back, TEMUAN_SUDAH_DIBUKA where the person has been enrolled anew,
    DANA_KURANG and BULAN_SUDAH_DIBAYAR where the money or the months have gone elsewhere since.
    """
    finding = _locked(Finding.objects.filter(pk=finding.pk)).get()
    if finding.refunded_at:
        raise Problem("TEMUAN_UANG_KEMBALI")
    before = finding.decision
    if before == Decision.STOP:
        _reopen(finding, by)
        ledger.promise_again(PersonMonth.objects.filter(pk__in=finding.released), by=by)
    finding.decision, finding.left, finding.released = Decision.OPEN, "", []
    finding.by, finding.at = None, None
    finding.save()
    record("reconciliation.undo", by=by, thing=finding, before={"putusan": before}, after={"putusan": ""})
    return finding


def _reopen(finding: Finding, by: User) -> None:
    enrolment = finding.enrolment
    if enrolment.state != OVER or finding.left == OVER:
        return
    try:
        with transaction.atomic():
            steps.move([enrolment], finding.left, by=by, why="Putusan rekonsiliasi dibatalkan")
    except IntegrityError:
        raise Problem("TEMUAN_SUDAH_DIBUKA") from None


def _locked(findings: Findings) -> Findings:
    return findings.select_for_update(of=("self",)).select_related("enrolment").order_by("pk")


def _months(findings: Iterable[Finding], named: str, state: str) -> dict[int, list[int]]:
    """Finding -> keys of its enrolment's months that it names in `named` and that are in a state."""
    by_enrolment = {finding.enrolment_id: finding for finding in findings}
    held = PersonMonth.objects.filter(enrolment__in=list(by_enrolment), state=state).order_by("pk")
    found: dict[int, list[int]] = {}
    for key, enrolment, month in held.values_list("pk", "enrolment", "month"):
        if month in getattr(by_enrolment[enrolment], named):
            found.setdefault(by_enrolment[enrolment].pk, []).append(key)
    return found


def _all(months: dict[int, list[int]]) -> QuerySet[PersonMonth]:
    return PersonMonth.objects.filter(pk__in=[key for keys in months.values() for key in keys])


def _count(done: Outcome, journals: list[Journal]) -> None:
    done.months += sum(journal.rows for journal in journals)
    done.rupiah += sum(journal.amount for journal in journals)


def _end(findings: Sequence[Finding], why: str, by: User) -> None:
    """End the enrolments of findings that are a reason of the lifecycle."""
    for reason in sorted({BY_NAME[finding.kind].reason for finding in findings} - {""}):
        ended = [finding.enrolment for finding in findings if BY_NAME[finding.kind].reason == reason]
        steps.move(ended, OVER, by=by, why=why, reason=reason)


def _record(word: str, findings: list[Finding], done: Outcome, why: str, by: User) -> None:
    if findings:
        place = _place({finding.region_code for finding in findings})
        made = findings[0].reconciliation
        after = {"putusan": word, **done.told()}
        record("reconciliation.decide", by=by, thing=made, region_code=place, after=after, reason=why)


def _place(codes: set[str]) -> str:
    """The smallest region that all of them lie in."""
    levels = ({code[:level] for code in codes} for level in (10, 6, 4, 2))
    return next((part.pop() for part in levels if len(part) == 1), "")
