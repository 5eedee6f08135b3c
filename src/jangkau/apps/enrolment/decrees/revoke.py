"""A decree in force is revoked by a version that names nobody; what cannot be let go yet stays in sight."""

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment import ledger, steps
from jangkau.apps.enrolment.batches import send as sending
from jangkau.apps.enrolment.batches.send import members, months
from jangkau.apps.enrolment.decrees.draft import FIRST_STATE, lock
from jangkau.apps.enrolment.models import (
    Batch,
    BatchState,
    Decree,
    DecreeState,
    Enrolment,
    MonthState,
    PersonMonth,
    Removal,
)
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.core.kernel.formats import number
from jangkau.core.kernel.problems import Problem

AT_ONCE = 1_000
AWAITED = "diajukan"
BACK = ("ditetapkan", "ditolak", "diterima")  # states from which the lifecycle leads back to the first


@transaction.atomic
def draft_revocation(decree: Decree, why: str, *, by: User) -> Decree:
    """A draft that revokes the version in force; it is proposed and issued as every version is. Again is the same.

    Raises SK_KEADAAN, SK_VERSI_DISIAPKAN where another version is being prepared, SK_MENUNGGU_JAWABAN.
    """
    old = lock(decree, DecreeState.IN_FORCE)
    waiting = Decree.objects.filter(series=old.series, state__in=[DecreeState.DRAFT, DecreeState.PROPOSED])
    if (known := waiting.first()) and known.revokes:
        return known
    if known or old.revokes:
        raise Problem("SK_VERSI_DISIAPKAN" if known else "SK_KEADAAN", keadaan=old.get_state_display())
    answered(old)
    newest = Decree.objects.filter(series=old.series).aggregate(Max("version"))["version__max"]
    made = Decree.objects.create(series=old.series, version=newest + 1, title=f"Pencabutan: {old.title}"[:200],
                                 region_code=old.region_code, plan=old.plan, revokes=True)  # fmt: skip
    Removal.objects.bulk_create(
        (Removal(decree=made, line=line, why=why) for line in old.lines.order_by("pk")), batch_size=AT_ONCE
    )
    record("decrees.draft_revocation", by=by, thing=made, after={"lines": old.lines.count()}, reason=why)
    return made


def answered(decree: Decree) -> None:
    """Raises SK_MENUNGGU_JAWABAN while the insurer has not answered for somebody whom the decree names."""
    waiting = Enrolment.objects.filter(lines__decree=decree, state=AWAITED).distinct().count()
    if waiting:
        raise Problem("SK_MENUNGGU_JAWABAN", banyak=number(waiting))


def carry_out(decree: Decree, older: Decree, by: User) -> None:
    """Let go what is promised and lead memberships back; paid months stay paid, billed ones wait for their bill."""
    answered(older)
    older.state = DecreeState.REVOKED
    older.save()
    promised = PersonMonth.objects.filter(decree__series=older.series, state=MonthState.COMMITTED)
    ledger.release(promised, by=by, note=f"Pencabutan {decree.number}"[:200])
    lead_back(Enrolment.objects.filter(lines__decree=older), f"Pencabutan {decree.number}", by)


def lead_back(enrolments: "QuerySet[Enrolment]", why: str, by: User) -> None:
    """Whoever nobody pays any month to come, and was not yet paid for, is only proposed again."""
    held = PersonMonth.objects.filter(
        enrolment=OuterRef("pk"), state__in=(MonthState.NEW, MonthState.COMMITTED, MonthState.BILLED)
    )
    steps.move(enrolments.filter(~Exists(held), state__in=BACK).distinct(), FIRST_STATE, by=by, why=why[:300])


def unwanted() -> "QuerySet[PersonMonth]":
    """Person-months promised or billed for people who have ended, left their decree, or whose decree is revoked."""
    left = Removal.objects.filter(
        decree__state__in=(DecreeState.IN_FORCE, DecreeState.REPLACED), line__enrolment=OuterRef("enrolment"),
        line__fund=OuterRef("fund"), line__first=OuterRef("line__first"),
        line__decree__series=OuterRef("decree__series"),
    )  # fmt: skip
    revoked = Decree.objects.filter(series=OuterRef("decree__series"), revokes=True, state=DecreeState.IN_FORCE)
    live = PersonMonth.objects.filter(state__in=(MonthState.COMMITTED, MonthState.BILLED))
    again = Q(line__decree__state=DecreeState.IN_FORCE)
    return live.filter(Q(enrolment__state=OVER) | Exists(revoked) | (Exists(left) & ~again))


def to_settle(batches: "QuerySet[Batch]") -> list[tuple[Batch, int, int]]:
    """Billed batches that bill months of people who have stopped: the batch, its people, its months."""
    found = []
    for batch in batches.filter(state=BatchState.BILLED).select_related("fund"):
        people, n = stopped(batch)
        if n:
            found.append((batch, people, n))
    return found


def stopped(batch: Batch) -> tuple[int, int]:
    """People and months of a bill that are no longer wanted."""
    own = months(batch, MonthState.BILLED).filter(pk__in=unwanted().values("pk")).order_by()
    told = own.aggregate(people=Count("person", distinct=True), n=Count("pk"))
    return told["people"], told["n"]


@transaction.atomic
def drop(batch: Batch, why: str, *, by: User) -> int:
    """Take the months of people who have stopped out of a bill that is not paid, and let them go; how many.

    Raises PENGAJUAN_KEADAAN, also where a proof of its payment has been entered.
    """
    batch = sending.lock(batch, BatchState.BILLED)
    if batch.proof_sha256:
        raise Problem("PENGAJUAN_KEADAAN", keadaan="ditagih, bukti bayarnya sudah masuk")
    keys = list(months(batch, MonthState.BILLED).filter(pk__in=unwanted().values("pk")).values_list("pk", flat=True))
    chosen = PersonMonth.objects.filter(pk__in=keys)
    ledger.unbill(chosen, batch=batch, by=by, note=why[:200])
    release_unwanted(batch, keys, why, by=by)
    record("batches.drop", by=by, thing=batch, after={"months": len(keys)}, reason=why)
    return len(keys)


def release_unwanted(batch: Batch, keys: list[int], why: str, *, by: User) -> None:
    """Months of a bill that are promised again although nobody wants them go free, and their people step back."""
    ledger.release(PersonMonth.objects.filter(pk__in=keys), by=by, note=why[:200])
    still = PersonMonth.objects.filter(enrolment=OuterRef("pk"), state=MonthState.BILLED)
    people = Enrolment.objects.filter(paid_months__pk__in=keys).distinct()
    billed = people.filter(~Exists(still), state="ditagih", pk__in=members(batch, "ditagih").values("pk"))
    steps.move(billed, "diterima", by=by, why=why[:300], batch=batch)
    lead_back(Enrolment.objects.filter(paid_months__pk__in=keys), why, by)
