"""What reach and effect are counted from: uncovered workers and who joined, as counts of villages, kept on disk.

Made in the background from the people behind the newest counting; nobody is named in it.
"""

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings as site
from django.utils.translation import gettext_noop

from jangkau.apps.jobs.actions import start
from jangkau.apps.jobs.models import Job, State
from jangkau.apps.monitoring import reading
from jangkau.apps.monitoring.gathering import sum_of
from jangkau.apps.monitoring.models import Counting
from jangkau.apps.monitoring.persons import folder_of, people_of
from jangkau.apps.registry import selectors as registry
from jangkau.core.coverage.behind import Asked, kept_panel
from jangkau.core.coverage.panel import Panel
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.progress import Progress
from jangkau.core.outreach.effect import Known
from jangkau.core.outreach.joining import joiners, uncovered
from jangkau.core.publish import staging

KIND = "outreach.gather"
INDICATOR = "cakupan_warga"
_UNCOVERED, _JOINED, _ABOUT = "belum.parquet", "mandiri.parquet", "tentang.json"


@dataclass(frozen=True)
class Gathered:
    """Counts of villages as of a day; `source` says what registers they are from."""

    folder: Path
    per: date
    known: Known
    source: str

    def uncovered(self, areas: Iterable[str], jobs: Iterable[str]) -> dict[str, tuple[int, int]]:
        """By village: workers of the occupations (none: all) in the areas, and of them the uncovered."""
        rows = self._rows(_UNCOVERED, areas, jobs).group_by("kode_desa").agg(pl.col("pekerja", "terlindungi").sum())
        return {
            code: (workers, workers - covered) for code, workers, covered in rows.sort("kode_desa").collect().rows()
        }

    def joined(self, areas: Iterable[str], jobs: Iterable[str]) -> dict[str, dict[int, int]]:
        """By village and month (index): who began to pay for themselves."""
        rows = self._rows(_JOINED, areas, jobs).group_by("kode_desa", "bulan").agg(pl.col("orang").sum()).collect()
        told: dict[str, dict[int, int]] = {}
        for code, month, people in rows.rows():
            told.setdefault(code, {})[month] = people
        return told

    def _rows(self, name: str, areas: Iterable[str], jobs: Iterable[str]) -> pl.LazyFrame:
        inside = reduce(or_, (pl.col("kode_desa").str.starts_with(area) for area in areas), pl.lit(value=False))
        rows, tags = pl.scan_parquet(self.folder / name).filter(inside), list(jobs)
        return rows.filter(pl.col("tanda").is_in(tags)) if tags else rows


def place(counting: Counting) -> Path:
    """Where the counts of these registers are; books that change need no other."""
    return Path(site.DATA) / "sosialisasi" / sum_of(counting.parts["register"])[:16]


def gathered() -> Gathered | None:
    """The counts of the newest registers; None before they are made, which this asks for."""
    newest = reading.newest()
    if newest is None:
        return None
    folder = place(newest)
    if not (folder / _ABOUT).is_file():
        ask(newest)
        return None
    told = json.loads((folder / _ABOUT).read_text("utf-8"))
    return Gathered(
        folder, date.fromisoformat(told["per"]), Known(told["terakhir"], told["pertama"]), told["sumber"]
    )  # fmt: skip


def ask(counting: Counting) -> None:
    """Queue the gathering, once for the registers of a counting; one that failed is not tried again by itself."""
    args = {"hitungan": sum_of(counting.parts["register"])[:16]}
    kept = folder_of(counting.parts).is_dir() and not (place(counting) / _ABOUT).is_file()
    if kept and not Job.objects.filter(kind=KIND, args=args).exclude(state=State.DONE).exists():
        start(KIND, args, by=None)


def gather(progress: Progress) -> bool:
    """Count from the people behind the newest counting; whether there were any. The same registers are counted once."""
    newest = reading.newest()
    if newest is None or not folder_of(newest.parts).is_dir():
        return False
    folder = place(newest)
    if not (folder / _ABOUT).is_file():
        progress.step(gettext_noop("Menghitung yang belum terlindungi tiap desa"))
        panel = kept_panel(folder_of(newest.parts), columns=["orang", "nik"])
        if not panel.dates:
            return False
        _keep(newest, folder, panel)
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return True


def _keep(counting: Counting, folder: Path, panel: Panel) -> None:
    per, provinsi = panel.dates[-1], registry.settings().provinsi
    workers = people_of(counting, Asked(INDICATOR, provinsi, per))
    if workers is None:
        workers = pl.DataFrame(
            schema={**dict.fromkeys(("nik", "kode_desa", "tanda"), pl.String), "pembilang": pl.Boolean}
        )
    own = (pl.col("segmen") == panel.code("segmen", "BPU")) & (pl.col("pembayar") == panel.code("pembayar", "SENDIRI"))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with staging(folder) as draft:
        uncovered(workers).write_parquet(draft / _UNCOVERED)
        joiners((rows.filter(own) for rows in panel.rows.values()), panel.people, workers).write_parquet(
            draft / _JOINED
        )
        (draft / _ABOUT).write_text(json.dumps(_about(panel, per)), "utf-8")


def _about(panel: Panel, per: date) -> dict[str, Any]:
    whole = (per + timedelta(days=1)).month != per.month
    last = month_of(per) - (not whole)
    return {
        "per": per.isoformat(), "terakhir": last, "pertama": month_of(panel.dates[0]),
        "sumber": "register penduduk dan register peserta",
    }  # fmt: skip
