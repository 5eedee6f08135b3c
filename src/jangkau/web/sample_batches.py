"""What a demo shows on the pages of decrees and batches: the approved plan issued, one fund's people sent and answered,
some refused, all by the same actions as in an office."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment import ledger, reopening, steps
from jangkau.apps.enrolment.batches import answer, make, send
from jangkau.apps.enrolment.decrees import annex, draft, issue
from jangkau.apps.enrolment.models import Batch, Decree, Enrolment, MonthState
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.planning.models import Plan, PlanState
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.progress import Progress

NUMBER = "CONTOH/SK/baru"
REFUSED_EACH = 9
_CODES = ("E01", "E02", "E04")


def show_batches(place: str, progress: Progress, *, by: User, approver: User) -> Batch | None:
    """A decree in force from the plan approved, and a batch of its largest fund, answered; once."""
    plan = Plan.objects.filter(region_code=place, state=PlanState.APPROVED).first()
    if plan is None or Decree.objects.filter(number=NUMBER).exists():
        return None
    progress.step("Menetapkan SK contoh")
    decree = draft.draft(plan, place, "Pekerja rentan yang iurannya dibayar", by=by)
    annex.write(issue.propose(decree, NUMBER, timezone.localdate(), by=by), progress)
    decree = issue.issue(decree, by=approver)
    batch = _answered(_sent(decree, place, by), by)
    _mistaken(batch, by)
    return batch


def _sent(decree: Decree, place: str, by: User) -> Batch:
    lines = decree.lines.select_related("fund")
    largest = max({line.fund for line in lines}, key=lambda fund: sum(line.fund == fund for line in lines))
    first = min(line.first for line in lines)
    batch = make.make(make.Asked(largest, place, first, max(line.months for line in lines)), by=by)
    return send.submit(batch, by=by)


def _answered(batch: Batch, by: User) -> Batch:
    """Every ninth is refused; the last two are still without an answer."""
    rows = [
        f"{nik};Ditolak;;{_CODES[at // REFUSED_EACH % len(_CODES)]}" if at % REFUSED_EACH == REFUSED_EACH - 1 else
        f"{nik};Diterima;{month_of(timezone.localdate()):05d}{at:06d};"
        for at, nik in enumerate(batch.lines.order_by("row").values_list("nik", flat=True))
    ]  # fmt: skip
    text = "\n".join(["NIK;Status;No KPJ;Kode", *rows[: max(1, len(rows) - 2)]])
    file = SimpleUploadedFile("jawaban-contoh.csv", text.encode(), "text/csv")
    made, _ = answer.receive(batch, file, timezone.localdate() - dt.timedelta(days=1), by=by)
    answer.read(made)
    batch.refresh_from_db()
    return batch


def _mistaken(batch: Batch, by: User) -> None:
    """One of the accepted was ended by mistake, and somebody asks to open it again."""
    one = Enrolment.objects.filter(batch_lines__batch=batch, state="diterima").order_by("pk").last()
    if one is None:
        return
    ledger.release(one.paid_months.filter(state=MonthState.COMMITTED), by=by, note="Dikira sudah pindah")
    steps.move([one], OVER, by=by, why="Dikira sudah pindah", reason="pindah")
    one.refresh_from_db()
    reopening.ask(one, "Kepala desa memastikan orangnya masih tinggal di sini", by=by)
