"""Asking for plans, and for whom an approved plan pays."""

from collections.abc import Iterable, Iterator

import polars as pl
from django.db.models import QuerySet

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import within
from jangkau.apps.audit.exports import Cell
from jangkau.apps.audit.masking import mask_number
from jangkau.apps.linkage.identity import person_key
from jangkau.apps.planning.files import demand_untouched
from jangkau.apps.planning.models import Plan, PlanState
from jangkau.apps.registry.models import Fund, Target
from jangkau.core import outputs
from jangkau.core.engine import polars
from jangkau.core.kernel.problems import Problem
from jangkau.core.tables import results as t

PAID = ("id_pekerja", "dana", "bulan_mulai", "jumlah_bulan", "iuran_per_bulan", "iuran_total", "poin")
IDENTITY = ("nama", "nik", "tanggal_lahir", "jenis_kelamin", "kode_desa", "pekerjaan")


def plans(user: User) -> QuerySet[Plan]:
    """The plans of the user's regions, the newest first."""
    return Plan.objects.filter(within(user, "plans.view"))


def frozen_plans(user: User) -> QuerySet[Plan]:
    """The approved plans of the user's regions, the newest first."""
    return plans(user).filter(state=PlanState.APPROVED)


def paid_rows(plan: Plan) -> pl.DataFrame:
    """Whom an approved plan pays: one row a person and fund, sorted by id_pekerja and bulan_mulai.

    Columns: `person` (key of linkage.Person), PAID (bulan_mulai as text YYYY-MM, rupiah as integers) and IDENTITY, as
    the plan was made with. Raises RENCANA_BELUM_DISETUJUI, and RENCANA_BERKAS_DIUBAH where a file is not as approved.
    """
    if not plan.frozen:
        raise Problem("RENCANA_BELUM_DISETUJUI", nomor=plan.number)
    demand_untouched(plan)
    people = polars(outputs.read_table(plan.folder, t.PEKERJA)).select("id_pekerja", *IDENTITY)
    rows = polars(outputs.read_table(plan.folder, t.RENCANA)).select(PAID).filter(pl.col("dana").is_not_null())
    rows = rows.join(people, on="id_pekerja", how="left").sort("id_pekerja", "bulan_mulai")
    return rows.select(_keys(rows["id_pekerja"]), pl.all())


def _keys(ids: Iterable[str]) -> pl.Series:
    return pl.Series("person", [person_key(text) for text in ids], dtype=pl.Int64)


def funds_of(region: str) -> list[Fund]:
    """The open funds that a plan of the region may use: those that pay there and nowhere else (ADR 0024)."""
    return list(Fund.objects.filter(wilayah__startswith=region, closed=False).order_by("wilayah", "kode"))


def targets_of(region: str) -> list[Target]:
    """The recorded targets of the region and below that a plan can aim at; those of coverage it cannot."""
    return list(Target.objects.filter(wilayah__startswith=region).exclude(indikator__istartswith="cakupan"))


def waiting(user: User) -> QuerySet[Plan]:
    """Plans that wait for the user's decision."""
    mine = Plan.objects.filter(within(user, "plans.approve"), state=PlanState.PROPOSED)
    return mine.exclude(made_by=user).exclude(proposed_by=user)


LISTED = (
    "id_pekerja", "nama", "nik", "kode_desa", "pekerjaan", "dana", "bulan_mulai", "jumlah_bulan", "iuran_per_bulan",
    "iuran_total", "poin", "ambang", "keterangan",
)  # fmt: skip


def listed_rows(plan: Plan, *, full: bool) -> Iterator[tuple[Cell, ...]]:
    """Every row of a plan as LISTED names them, paid or not; the NIK masked unless `full`."""
    people = polars(outputs.read_table(plan.folder, t.PEKERJA)).select("id_pekerja", *IDENTITY)
    rows = polars(outputs.read_table(plan.folder, t.RENCANA)).join(people, on="id_pekerja", how="left")
    at = LISTED.index("nik")
    for row in rows.select(LISTED).iter_rows():
        nik = row[at] if full or not row[at] else mask_number(row[at])
        yield (*row[:at], nik, *row[at + 1 :])
