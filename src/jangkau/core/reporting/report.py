"""laporan.pdf: what a head of region reads. Two pages of findings, then the tables behind them."""

from pathlib import Path
from typing import Any

from jangkau.core.kernel.formats import long_date, long_month
from jangkau.core.reporting.decisions import decisions
from jangkau.core.reporting.dress import dressed_pdf
from jangkau.core.reporting.figures import Figures, Run
from jangkau.core.reporting.findings import coverage_section, months_section
from jangkau.core.reporting.impact_section import impact_section
from jangkau.core.reporting.line import line_section
from jangkau.core.reporting.summary import key_figures, sentences, warning
from jangkau.core.reporting.tables import (
    cash_table,
    compared_table,
    definitions,
    funds_table,
    problems_table,
    reasons_table,
)
from jangkau.core.reporting.targets import targets_table
from jangkau.core.reporting.words import IDENTITY


def write_report(run: Run, path: Path) -> None:
    """The report of a run as a tagged PDF, dated by the settings' `per`; it names no person."""
    path.write_bytes(dressed_pdf("laporan.typ", report_data(run), run.settings.per))


def report_data(run: Run) -> dict[str, Any]:
    """Everything that the template prints, in words. A rich text is a list: plain, bold, plain, bold ..."""
    f = Figures(run)
    first, last = run.settings.start, run.settings.start + run.settings.bulan - 1
    return {
        "judul": "Perlindungan pekerja rentan",
        "wilayah": f"Provinsi {run.wilayah.removeprefix('Provinsi ')}",
        "jenis": "Laporan rencana",
        "masa": f"{long_month(first)} sampai {long_month(last)}",
        "kenal": IDENTITY,
        "kaki": f"{IDENTITY} · {run.wilayah} · beku {long_date(run.settings.per)}",
        "kalimat": sentences(f),
        "peringatan": warning(f),
        "angka": key_figures(f),
        "putusan": decisions(f),
        "cakupan": coverage_section(f),
        "bulan": months_section(f),
        "garis": line_section(list(run.garis), targets=bool(run.ringkasan.get("target"))),
        "dampak": impact_section(run.dampak),
        "dana": funds_table(f),
        "target": targets_table(f),
        "kas": cash_table(f),
        "pembanding": compared_table(f),
        "alasan": reasons_table(f),
        "masalah": problems_table(f),
        "arti": definitions(f),
    }
