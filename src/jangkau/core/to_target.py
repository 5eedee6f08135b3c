"""The way to a target of coverage, from what a workspace and an earlier run know."""

from pathlib import Path
from typing import Any

import narwhals as nw

from jangkau.core import planning
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Progress
from jangkau.core.pipeline import People, Setting, coverage_with, read_people
from jangkau.core.tables import results as t
from jangkau.core.tables.schema import Frame

_LONGEST = 30


def path(folder: Path, out: Path | None, percent: float, year: int, progress: Progress) -> dict[str, Any]:
    """The cheapest mix to a coverage target by a year; OUT, an earlier run, tells how many vulnerable workers exist.

    Raises JALUR_TANPA_PENYEBUT, JALUR_TAHUN, PENGATURAN_SALAH and the problems of `open_workspace`.
    """
    s = Setting.open(folder, progress)
    progress.step("Menghitung jalur")
    today, last = month_of(s.ws.settings.per), s.ws.settings.per.year + _LONGEST
    if not today // 12 < year <= last:
        raise Problem("JALUR_TAHUN", tahun=year, dasar=today // 12, akhir=last)
    people = (
        read_people(out) if out else People(*(table.empty() for table in (t.USULAN, t.TAUTAN, t.PEKERJA, t.KELAYAKAN)))
    )
    eligible = people.kelayakan.filter(nw.col("layak")).select("id_pekerja").with_columns(dana=nw.lit("semua"))
    rows = coverage_with(s, people, eligible).filter(nw.col("wilayah") == s.ws.settings.provinsi).rows(named=True)
    covered = {(row["segmen"], row["keadaan"]): row for row in rows}
    whole = covered["SEMUA", "sebelum"]
    if not whole["penyebut"]:
        raise Problem("JALUR_TANPA_PENYEBUT")
    source = f"{whole['sumber_pembilang']}; {whole['sumber_penyebut']}"
    base = planning.Base(whole["pembilang"], whole["penyebut"], whole["nama_penyebut"], today, source, whole["wilayah"])
    known = planning.read_assumptions(folder, _figures(covered, s.ws.peserta, from_run=out is not None))
    return planning.path_to_target(base, known, percent, year, s.book)


def _figures(
    covered: dict[tuple[str, str], dict[str, Any]], peserta: Frame, *, from_run: bool
) -> dict[str, tuple[float, str]]:
    """What the workspace knows of the groups of a path: people not registered, eligible people, the usual wage."""
    figures: dict[str, tuple[float, str]] = {}
    for segment, name in (("FORMAL", "FORMAL_BELUM.orang"), ("INFORMAL", "INFORMAL_MAMPU.orang")):
        row = covered[segment, "sebelum"]
        if row["penyebut"]:
            figures[name] = (
                float(max(0, row["penyebut"] - row["pembilang"])),
                f"{row['sumber_penyebut']}, dikurangi peserta",
            )
    if from_run:
        added = covered["SEMUA", "sesudah"]["pembilang"] - covered["SEMUA", "sebelum"]["pembilang"]
        figures["RENTAN.orang"] = (float(added), "orang layak menurut keluaran jangkau run, belum aktif")
    wages = peserta.filter((nw.col("segmen") == "PU") & (nw.col("upah") > 0))["upah"]
    if len(wages):
        told = (float(wages.median()), "median upah peserta penerima upah di register/peserta")
        figures |= {"FORMAL_BELUM.upah": told, "PDS.upah": told}
    return figures
