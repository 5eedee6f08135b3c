"""A plan worked out whole: its people and links, the plan with its proof, coverage, cash, the line of budgets."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings as site

from jangkau.apps.planning.basis import Basis, exact, kept_back, snapshots
from jangkau.apps.planning.inputs import Inputs
from jangkau.apps.planning.models import Plan
from jangkau.apps.planning.promises import gone, held
from jangkau.apps.registry import selectors as registry
from jangkau.apps.registry.models import Kind
from jangkau.core import linkage, outputs, pipeline
from jangkau.core.engine import polars
from jangkau.core.identity.regions import Regions
from jangkau.core.kernel.month import month_text
from jangkau.core.kernel.progress import Progress
from jangkau.core.law.book import Book
from jangkau.core.publish import staging
from jangkau.core.tables import registers as r
from jangkau.core.tables import results as t
from jangkau.core.workspace import Workspace


def make(plan: Plan, progress: Progress) -> dict[str, Any]:
    """Write the files of a plan, and return what the database keeps of it. Again, the same.

    Raises PENCOCOKAN_BELUM_ADA and the problems of `planning.plan`.
    """
    inputs = Inputs.read(plan.inputs)
    basis, known = exact(inputs.settings, progress), snapshots()
    taken = held(plan.region_code, inputs.settings)
    people = basis.people(plan.region_code, inputs, taken, gone(plan.region_code))
    setting = _setting(inputs, progress)
    with staging(plan.folder) as draft:
        for table, content in (
            (t.USULAN, people.usulan), (t.TAUTAN, people.tautan), (t.PEKERJA, people.pekerja),
            (t.KELAYAKAN, people.kelayakan),
        ):  # fmt: skip
            outputs.write_parquet(content, table, draft)
        made = pipeline.make_plan(setting, people, inputs.sum(basis.run.pk, known), draft)
        outputs.write_csv(pipeline.budget_line(setting, draft), t.GARIS_ANGGARAN, draft)
    return {
        "run": basis.run,
        "snapshots": known,
        "law_version": setting.book.version,
        "summary": summary(made, basis, plan.region_code) | {"dijanjikan": until(people, taken)},
    }


def until(people: pipeline.People, taken: Mapping[str, int]) -> dict[str, int]:
    """Last promised month (YYYY-MM) -> how many would be eligible but for having a payer until then."""
    counts = Counter(taken[key] for key in kept_back(polars(people.kelayakan)))
    return {month_text(last): counts[last] for last in sorted(counts)}


def _setting(inputs: Inputs, progress: Progress) -> pipeline.Setting:
    """What the stages of the core are given, from the database instead of a workspace folder."""
    ws = Workspace(
        folder=Path(site.DATA),
        settings=inputs.settings,
        penduduk=r.PENDUDUK.empty(),
        peserta=registry.register(Kind.PESERTA),
        kesejahteraan=r.KESEJAHTERAAN.empty(),
        angkatan_kerja=registry.register(Kind.ANGKATAN_KERJA),
        dana=inputs.funds,
        target=inputs.targets,
        tinjauan=r.TINJAUAN.empty(),
        catatan=[],
    )
    model = linkage.model_in(Path(site.DATA) / "tautan")
    return pipeline.Setting(ws, Regions.load(inputs.settings.provinsi), Book.load(), progress, model)


def summary(made: pipeline.Planned, basis: Basis, region: str) -> dict[str, Any]:
    """The figures of a plan that lists show."""
    run = made.ringkasan
    own = next((row for row in run["bulan_orang"] if row["bulan"] == run["bulan"]), None)
    return {
        **{name: run[name] for name in ("orang", "layak", "iuran", "bulan", "tujuan", "selisih_persen", "peringatan")},
        "anggaran": sum(fund["anggaran"] for fund in run["dana"]),
        "jkm": own["orang_jkm_penuh"] if own else run["orang"],
        "dikenal": basis.known(region),
    }
