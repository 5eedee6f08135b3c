"""Asking for plans, and for whom an approved plan pays."""

from collections.abc import Iterable

import polars as pl
from django.db.models import QuerySet

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import within
from jangkau.apps.linkage.identity import person_key
from jangkau.apps.planning.files import demand_untouched
from jangkau.apps.planning.models import Plan, PlanState
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
