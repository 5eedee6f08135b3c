"""Real plans of three people in the database with all their files, made by the core without the rest of the house."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings as site
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.planning.checking import outcome
from jangkau.apps.planning.files import sum_of
from jangkau.apps.planning.inputs import Inputs
from jangkau.apps.planning.models import Plan, PlanState
from jangkau.core import linkage, outputs, pipeline
from jangkau.core.engine import frame
from jangkau.core.identity.regions import Regions
from jangkau.core.kernel.progress import Silent
from jangkau.core.law.book import Book
from jangkau.core.tables import registers as r
from jangkau.core.tables import results as t
from jangkau.core.tables.schema import Frame, Table
from jangkau.core.tables.settings import Settings
from jangkau.core.workspace import Workspace

NIUR = "1705012002"
PEOPLE = (("ANI CONTOH", 100), ("BUDI CONTOH", 80), ("CICI CONTOH", 60))
RATE = 16_800
SETTINGS = Settings.model_validate(
    {"provinsi": "17", "per": "2026-11-22", "mulai": "2027-01", "bulan": 12, "bobot": {"desil": {1: 100, 2: 80, 3: 60}}}
)
# Twelve months of one person and half a year of another; the other half from a fund that ends in June.
FUNDS = (
    {"kode": "DANA_A", "nama": "Dana A", "jenis": "APBD_KAB", "anggaran": 18 * RATE, "wilayah": "1705",
     "berlaku_dari": "2027-01", "berlaku_sampai": "2027-12", "tarif": "PENUH"},
    {"kode": "DANA_B", "nama": "Dana B", "jenis": "APBD_KAB", "anggaran": 6 * RATE, "wilayah": "1705",
     "berlaku_dari": "2027-01", "berlaku_sampai": "2027-06", "tarif": "PENUH"},
)  # fmt: skip


def table(declared: Table, rows: list[dict[str, Any]]) -> Frame:
    """Rows of a declared table; columns left out are null."""
    return declared.conform(frame(pl.DataFrame([{name: row.get(name) for name in declared.names} for row in rows])))


def key(at: int) -> str:
    return f"p{2 * at:016x}"


def people() -> pipeline.People:
    """Three people of desa Niur, each on one row, linked and eligible."""
    each = [
        {"id_pekerja": key(at), "id_usulan": f"1/uji.xlsx#Data#{at}", "berkas": "1/uji.xlsx", "lembar": "Data",
         "baris": at, "nama": name, "nik": f"170501410190000{at}", "tanggal_lahir": date(1990, 1, at),
         "jenis_kelamin": "P", "kode_desa": NIUR, "pekerjaan": "TANI", "desil": at, "status_tautan": "cocok",
         "layak": True, "alasan": [], "poin": points, "rincian_poin": f'{{"desil":{points}}}', "register": "penduduk",
         "id_register": f"170501410190000{at}", "peluang": 1.0, "keputusan": "cocok", "cara": "nik"}
        for at, (name, points) in enumerate(PEOPLE, 1)
    ]  # fmt: skip
    return pipeline.People(*(table(declared, each) for declared in (t.USULAN, t.TAUTAN, t.PEKERJA, t.KELAYAKAN)))


def write(folder: Path, inputs: Inputs) -> dict[str, Any]:
    """All files of a plan; what rencana.json says."""
    folder.mkdir(parents=True, exist_ok=True)
    registers = {name: declared.empty() for name, declared in (
        ("penduduk", r.PENDUDUK), ("peserta", r.PESERTA), ("kesejahteraan", r.KESEJAHTERAAN),
        ("angkatan_kerja", r.ANGKATAN_KERJA), ("tinjauan", r.TINJAUAN))}  # fmt: skip
    ws = Workspace(folder=Path(site.DATA), settings=inputs.settings, dana=inputs.funds, target=inputs.targets,
                   catatan=[], **registers)  # fmt: skip
    setting = pipeline.Setting(ws, Regions.load("17"), Book.load(), Silent(), linkage.model_in(folder))
    known = people()
    for declared, rows in ((t.USULAN, known.usulan), (t.TAUTAN, known.tautan), (t.PEKERJA, known.pekerja),
                           (t.KELAYAKAN, known.kelayakan)):  # fmt: skip
        outputs.write_parquet(rows, declared, folder)
    made = pipeline.make_plan(setting, known, inputs.sum(), folder)
    outputs.write_csv(pipeline.budget_line(setting, folder), t.GARIS_ANGGARAN, folder)
    return made.ringkasan


def a_plan(by: User, state: str = PlanState.APPROVED, region: str = "1705", **fields: Any) -> Plan:
    """A plan in a state: two of the three people are paid, one of them by two funds in turn."""
    number = Plan.objects.filter(region_code=region).count() + 1
    at = {"proposed_by": by, "proposed_at": timezone.now()} if state != PlanState.READY else {}
    inputs = Inputs(SETTINGS, FUNDS, ())
    known = {"title": "Rencana uji", "made_by": by, "inputs": inputs.written(), **at, **fields}
    plan = Plan.objects.create(region_code=region, number=number, state=state, **known)
    run = write(plan.folder, inputs)
    names = ("orang", "layak", "iuran", "bulan", "tujuan", "selisih_persen", "peringatan")
    plan.summary = {name: run[name] for name in names} | {"anggaran": 24 * RATE, "jkm": run["orang"], "dikenal": 3}
    plan.sha256, plan.law_version = sum_of(plan.folder), run["versi_parameter"]
    plan.checked = outcome(plan)
    plan.save()
    return plan
