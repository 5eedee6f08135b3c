"""Plans in the database with the files that a plan has, made by hand."""

from datetime import date
from typing import Any

import polars as pl
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.planning.files import sum_of
from jangkau.apps.planning.models import Plan, PlanState
from jangkau.core import outputs
from jangkau.core.engine import frame
from jangkau.core.tables import results as t
from jangkau.core.tables.schema import Frame, Table

NIUR = "1705012002"
NAMES = ("ANI CONTOH", "BUDI CONTOH", "CICI CONTOH")


def table(declared: Table, rows: list[dict[str, Any]]) -> Frame:
    """Rows of a declared table; columns left out are null."""
    return declared.conform(frame(pl.DataFrame([{name: row.get(name) for name in declared.names} for row in rows])))


def key(at: int) -> str:
    return f"p{at:016x}"


def a_plan(by: User, state: str = PlanState.APPROVED, region: str = "1705", **fields: Any) -> Plan:
    """A plan of three people: the first paid by two funds, the second by one, the third by nobody."""
    number = Plan.objects.filter(region_code=region).count() + 1
    at = {"proposed_by": by, "proposed_at": timezone.now()} if state != PlanState.READY else {}
    known = {"title": "Rencana uji", "law_version": "2026.2", "made_by": by, **at, **fields}
    plan = Plan.objects.create(region_code=region, number=number, state=state, **known)
    plan.folder.mkdir(parents=True, exist_ok=True)
    people = [
        {"id_pekerja": key(2 * at), "nama": name, "nik": f"170501410190000{at}", "tanggal_lahir": date(1990, 1, at),
         "jenis_kelamin": "P", "kode_desa": NIUR, "pekerjaan": "TANI", "status_tautan": "cocok"}
        for at, name in enumerate(NAMES, 1)
    ]  # fmt: skip
    outputs.write_parquet(table(t.PEKERJA, people), t.PEKERJA, plan.folder)
    paid = [(2, "DANA_A", "2027-07", 6), (2, "DANA_B", "2027-01", 6), (4, "DANA_A", "2027-01", 12), (6, None, None, 0)]
    rows = [
        {"id_pekerja": key(at), "dana": dana, "bulan_mulai": first, "jumlah_bulan": months, "poin": 100,
         "iuran_per_bulan": 16_800 if dana else 0, "iuran_total": 16_800 * months, "keterangan": "uji"}
        for at, dana, first, months in paid
    ]  # fmt: skip
    outputs.write_parquet(table(t.RENCANA, rows), t.RENCANA, plan.folder)
    plan.sha256 = sum_of(plan.folder)
    plan.save()
    return plan
