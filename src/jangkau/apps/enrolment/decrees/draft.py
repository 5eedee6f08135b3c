"""A decree in preparation: its names from an approved plan, names taken out, others put in their place."""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import Max

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment.decrees.waiting import Place, Queue, place
from jangkau.apps.enrolment.models import Decree, DecreeFile, DecreeLine, DecreeState, Enrolment, Removal, Step
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.linkage.models import Person, PersonState
from jangkau.apps.planning.models import Plan
from jangkau.apps.planning.selectors import paid_rows
from jangkau.apps.regions.selectors import region_name
from jangkau.apps.registry.models import Fund
from jangkau.core.enrolment import lifecycle
from jangkau.core.kernel.formats import number
from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.parts import parts
from jangkau.core.kernel.problems import Problem

AT_ONCE = 1_000
IDENTITY = ("nama", "nik", "tanggal_lahir", "jenis_kelamin", "kode_desa", "pekerjaan")
FIRST_STATE = "diusulkan"


@transaction.atomic
def draft(plan: Plan, region_code: str, title: str, *, by: User) -> Decree:
    """A decree for the people whom an approved plan pays in a region; asked again, the one that is there already.

    Raises SK_DI_LUAR_RENCANA, SK_TANPA_NAMA, SK_ORANG_HILANG, SK_DANA_HILANG and what `paid_rows` raises.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    live = (DecreeState.DRAFT, DecreeState.PROPOSED, DecreeState.IN_FORCE)
    known = Decree.objects.filter(plan=plan, region_code=region_code, revokes=False, state__in=live)
    if newest := known.order_by("-version").first():
        return newest
    if not region_code.startswith(plan.region_code):
        raise Problem("SK_DI_LUAR_RENCANA")
    rows = paid_rows(plan)
    whole = region_code == plan.region_code
    rows = rows.filter(pl.col("kode_desa").str.starts_with(region_code).fill_null(whole))
    if rows.is_empty():
        raise Problem("SK_TANPA_NAMA", wilayah=region_name(region_code))
    made = Decree.objects.create(series=secrets.token_hex(16), title=title, region_code=region_code, plan=plan)
    _lines(made, rows, by)
    record("decrees.draft", by=by, thing=made, after={"plan": plan.pk, "lines": made.lines.count()})
    return made


def _lines(decree: Decree, rows: pl.DataFrame, by: User) -> None:
    people = _people(rows["person"].to_list())
    enrolments = enrolled(set(people.values()), decree.region_code, f"SK {decree.title}", by)
    funds = _funds(rows["dana"].unique().to_list())
    lines: dict[tuple[int, int, int], DecreeLine] = {}
    for row in rows.iter_rows(named=True):
        person, fund, first = people[row["person"]], funds[row["dana"]], month_index(row["bulan_mulai"])
        lines.setdefault((person.pk, fund.pk, first), DecreeLine(
            decree=decree, enrolment=enrolments[person.pk], fund=fund, first=first, months=row["jumlah_bulan"],
            price=row["iuran_per_bulan"], total=row["iuran_total"], **{name: row[name] for name in IDENTITY},
        ))  # fmt: skip
    DecreeLine.objects.bulk_create(lines.values(), batch_size=AT_ONCE)


def _people(keys: Sequence[int]) -> dict[int, Person]:
    """The persons of a plan, each as who it has become since. Raises SK_ORANG_HILANG."""
    found: dict[int, Person] = {}
    for part in parts(keys, AT_ONCE):
        some = Person.objects.select_related("merged_into").in_bulk(part)
        found |= {key: person.merged_into or person for key, person in some.items()}
    gone = {key for key in keys if key not in found or found[key].state != PersonState.HERE}
    if gone:
        raise Problem("SK_ORANG_HILANG", banyak=number(len(gone)))
    return found


def _funds(codes: list[str]) -> dict[str, Fund]:
    funds = {fund.kode: fund for fund in Fund.objects.filter(kode__in=codes)}
    for code in sorted(set(codes) - funds.keys()):
        raise Problem("SK_DANA_HILANG", dana=code)
    return funds


def enrolled(people: Iterable[Person], region_code: str, why: str, by: User | None) -> dict[int, Enrolment]:
    """The open membership of each person, by the person's key; opened where there is none."""
    wanted = {person.pk: person for person in people}
    known = _open(wanted)
    new = [Enrolment(person=p, region_code=p.kode_desa or region_code) for key, p in wanted.items() if key not in known]
    Enrolment.objects.bulk_create(new, batch_size=AT_ONCE, ignore_conflicts=True)
    opened = _open({enrolment.person_id: enrolment.person for enrolment in new})
    steps = [Step(enrolment=e, before="", after=FIRST_STATE, why=why[:300], by=by) for e in opened.values()]
    Step.objects.bulk_create(steps, batch_size=AT_ONCE)
    return known | opened


def _open(people: dict[int, Person]) -> dict[int, Enrolment]:
    keys = sorted(people)
    found: dict[int, Enrolment] = {}
    for part in parts(keys, AT_ONCE):
        some = Enrolment.objects.filter(person__in=part).exclude(state=OVER)
        found |= {enrolment.person_id: enrolment for enrolment in some}
    return found


def lock(decree: Decree, *states: str) -> Decree:
    """The decree as it is now, locked, where it is in one of these states. Raises SK_KEADAAN."""
    found = Decree.objects.select_for_update().get(pk=decree.pk)
    if found.state not in states:
        raise Problem("SK_KEADAAN", keadaan=found.get_state_display())
    return found


@transaction.atomic
def new_version(decree: Decree, *, by: User) -> Decree:
    """A draft that names whom the version in force names, to take names out of and put others in.

    Asked again, the version that is being prepared already. Raises SK_KEADAAN.
    """
    old = lock(decree, DecreeState.IN_FORCE)
    if old.revokes:
        raise Problem("SK_KEADAAN", keadaan=DecreeState.REVOKED.label)
    waiting = Decree.objects.filter(series=old.series, state__in=[DecreeState.DRAFT, DecreeState.PROPOSED])
    if known := waiting.first():
        return known
    newest = Decree.objects.filter(series=old.series).aggregate(Max("version"))["version__max"]
    made = Decree.objects.create(
        series=old.series, version=newest + 1, title=old.title, region_code=old.region_code, plan=old.plan
    )
    copies = list(old.lines.order_by("pk"))
    for line in copies:
        line.pk, line.decree, line.replaces_id = None, made, None
    DecreeLine.objects.bulk_create(copies, batch_size=AT_ONCE)
    record("decrees.new_version", by=by, thing=made, after={"version": made.version, "lines": len(copies)})
    return made


def before(decree: Decree) -> Decree | None:
    """The version that a new one replaces."""
    if decree.version == 1:
        return None
    older = Decree.objects.filter(series=decree.series, version__lt=decree.version)
    return older.filter(state__in=[DecreeState.IN_FORCE, DecreeState.REPLACED]).order_by("-version").first()


@transaction.atomic
def take_out(decree: Decree, keys: Iterable[int], *, reason: str, why: str, fill: bool, by: User) -> tuple[int, int]:
    """Leave people out of a draft; returns how many left, and how many came in their place from the waiting list.

    `reason`: of ending the membership, or empty where the person only leaves the decree. Raises SK_KEADAAN, and what
    the lifecycle says of a membership that cannot leave now (an answer of the insurer is awaited).
    """
    decree = lock(decree, DecreeState.DRAFT)
    lines = list(decree.lines.filter(pk__in=list(keys)).select_related("enrolment", "fund"))
    was = _counterparts(decree)
    left, came = 0, 0
    for line in lines:
        old = was.get((line.enrolment_id, line.fund_id, line.first))
        if old:
            _may_leave(line.enrolment, reason, why)
            Removal.objects.create(decree=decree, line=old, reason=reason, why=why)
        line.delete()
        left += 1
    if fill:
        olds = [(line, was.get((line.enrolment_id, line.fund_id, line.first))) for line in lines]
        came = _fill(decree, olds, by)
    after = {"left": left, "came": came, "reason": reason}
    record("decrees.take_out", by=by, thing=decree, after=after, reason=why)
    return left, came


def _counterparts(decree: Decree) -> dict[tuple[int, int, int], DecreeLine]:
    older = before(decree)
    lines = older.lines.all() if older else DecreeLine.objects.none()
    return {(line.enrolment_id, line.fund_id, line.first): line for line in lines}


def _may_leave(enrolment: Enrolment, reason: str, why: str) -> None:
    after = OVER if reason else FIRST_STATE
    if enrolment.state != after:
        lifecycle.check(enrolment.state, after, reason, why=why)


def _fill(decree: Decree, left: list[tuple[DecreeLine, DecreeLine | None]], by: User) -> int:
    """People of the waiting list in the places that became free, for the months that nobody has been billed."""
    came: list[DecreeLine] = []
    queues = {line.fund_id: Queue(decree, line.fund) for line, _old in left}
    for line, old in left:
        place_of = place(line, old)
        if place_of is None:
            continue
        for person in queues[line.fund_id].next(1, (other.enrolment.person_id for other in came)):
            came.append(_in_place(decree, old, place_of, person, by))
    DecreeLine.objects.bulk_create(came, batch_size=AT_ONCE)
    return len(came)


def _in_place(decree: Decree, old: DecreeLine | None, free: Place, person: Person, by: User) -> DecreeLine:
    enrolment = enrolled([person], decree.region_code, f"SK {decree.title}", by)[person.pk]
    told: dict[str, Any] = {name: getattr(person, name) for name in IDENTITY}
    costs = free.costs(person.pekerjaan)
    return DecreeLine(decree=decree, enrolment=enrolment, fund=free.fund, replaces=old, **told, **costs)


@transaction.atomic
def discard(decree: Decree, *, by: User, why: str) -> None:
    """Put a draft aside; it stays readable. Raises SK_KEADAAN."""
    decree = lock(decree, DecreeState.DRAFT)
    decree.state = DecreeState.REVOKED
    decree.save()
    DecreeFile.objects.filter(decree=decree).delete()
    record("decrees.discard", by=by, thing=decree, after={"state": decree.state}, reason=why)
