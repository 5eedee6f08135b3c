"""Half-year reports of regions from a workspace and what an earlier run wrote into OUT."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from jangkau.core import coverage, outputs
from jangkau.core.coverage.from_files import Run, inputs_of, snapshots, steps_of
from jangkau.core.coverage.published import NATION
from jangkau.core.engine import polars
from jangkau.core.identity.regions import Regions
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Progress
from jangkau.core.kernel.semester import Semester
from jangkau.core.pipeline import Setting
from jangkau.core.publish import staging
from jangkau.core.reporting.semester import write_semester
from jangkau.core.reporting.semester_input import Definition, FundState, Goal, Material, Rules, Stage
from jangkau.core.tables.figures import ANGKA
from jangkau.core.tables.schema import Frame

FOLDER = "laporan_semester"
_FROM_PLAN = "Dana: menurut rencana di keluaran ini, belum dibukukan."


@dataclass(frozen=True)
class Known:
    """What all regions of one run share: figures, the funnel, whom the plan pays."""

    setting: Setting
    angka: Frame
    corong: Frame
    rencana: pl.DataFrame


def write_half_year(
    folder: Path,
    out: Path,
    semester: Semester | None,
    progress: Progress,
    *,
    region: str = "",
    kinds: tuple[str, ...] = (),
) -> list[Path]:
    """The documents of the province and each kabupaten/kota, or of one `region`, in OUT/laporan_semester/<code>/.

    `semester`: by default that of the settings' `per`. Raises LAPORAN_WILAYAH and the problems of reading OUT.
    """
    known = _known(Setting.open(folder, progress), out)
    settings, regions = known.setting.ws.settings, known.setting.regions
    codes = [region] if region else [settings.provinsi, *(place.code for place in regions.kabupaten)]
    if region and not (
        region.startswith(settings.provinsi) and (region == settings.provinsi or regions.exists(region))
    ):
        raise Problem("LAPORAN_WILAYAH", wilayah=region)
    chosen = semester or Semester.of(settings.per)
    progress.step("Membuat laporan semester", len(codes))
    written: list[Path] = []
    for code in codes:
        written += _write(known, chosen, code, out / FOLDER / code, kinds)
        progress.advance()
    return written


def _write(known: Known, semester: Semester, code: str, folder: Path, kinds: tuple[str, ...]) -> list[Path]:
    with staging(folder) as draft:
        made = write_semester(material(known, semester, code), draft, *([kinds] if kinds else []))
    return [folder / path.name for path in made.values()]


def _known(s: Setting, out: Path) -> Known:
    run = Run.read(out)
    funnel = coverage.funnel(steps_of(run, s.ws), s.ws.settings.provinsi)
    return Known(s, figures(s, out, run), funnel, polars(run.rencana))


def figures(s: Setting, out: Path, run: Run) -> Frame:
    """ANGKA as `jangkau coverage` wrote it into OUT; where it has not, as the workspace alone tells it."""
    if any((out / outputs.FIGURES / f"{ANGKA.name}{ending}").is_file() for ending in (".parquet", ".csv")):
        return outputs.read_table(out / outputs.FIGURES, ANGKA)
    s.progress.step("Menghitung indikator")
    return coverage.measure(inputs_of(s.ws, snapshots(s.ws, None), run), s.ws.settings, s.regions, s.book)


def with_published(own: Frame, codes: Iterable[str]) -> Frame:
    """The figures of these regions, with those that others published beside them."""
    said = nw.concat([own, coverage.published()]).filter(nw.col("wilayah").is_in(list(codes)))
    return ANGKA.check(said.unique(list(ANGKA.key), keep="first", maintain_order=True))


def material(known: Known, semester: Semester, code: str) -> Material:
    """Everything that the run knows of one region."""
    s = known.setting
    parts = _parts(s.regions, code)
    codes = [code, *(place for place, _ in parts)]
    return Material(
        wilayah=code, nama=_name(s.regions, code), semester=semester, beku=s.ws.settings.per,
        angka=with_published(known.angka, codes), bagian=parts,
        sebutan_bagian={2: "kabupaten/kota", 4: "kecamatan", 6: "desa"}.get(len(code), "wilayah"),
        definisi=definitions(code), target=goals(s.ws.target, code), corong=funnel(known.corong, code, semester.last),
        dana=_funds(known, code), aturan=Rules.of(s.book, month_of(semester.last)), catatan=(_FROM_PLAN,),
    )  # fmt: skip


def definitions(code: str) -> tuple[Definition, ...]:
    """The indicators that are counted for a region of this level, as the annex explains them."""
    return tuple(
        Definition(
            one.kode, one.nama, one.definisi, one.satuan, one.arah, ", ".join(dict.fromkeys(one.sumber)), one.versi
        )
        for one in coverage.indicators().values() if len(code) in one.lengths
    )  # fmt: skip


def _name(regions: Regions, code: str) -> str:
    name = regions.name(code)
    return f"Provinsi {name.removeprefix('Provinsi ')}" if len(code) == 2 else name


def _parts(regions: Regions, code: str) -> tuple[tuple[str, str], ...]:
    below = {2: lambda: regions.kabupaten, 4: lambda: regions.kecamatan(code), 6: lambda: regions.villages(code)}
    return tuple((place.code, place.name) for place in below[len(code)]()) if len(code) in below else ()


def goals(own: Frame, code: str) -> tuple[Goal, ...]:
    """The targets of coverage that hold for a region: its own of TARGET, then every published series from above."""
    named = {word.lower(): one.kode for one in coverage.indicators().values() for word in (one.kode, one.nama)}
    rows = own.filter((nw.col("wilayah") == code) & ~nw.col("tahun").is_null()).rows(named=True)
    found = [(named.get(row["indikator"].strip().lower(), ""), row) for row in rows]
    mine = tuple(
        Goal(
            kode or "cakupan", row["tahun"], row["persen"], row["sumber"] or row["indikator"],
            row["indikator"], row["jumlah"], row["nama_penyebut"] or "",
        )
        for kode, row in found if kode or row["indikator"].strip().lower().startswith("cakupan")
    )  # fmt: skip
    series = coverage.targets().rows(named=True)
    return mine + tuple(
        Goal(
            row["indikator"], row["tahun"], row["persen"], _series(row), row["sumber"] or "", row["jumlah"],
            row["nama_penyebut"] or "",
        )
        for row in series if row["tahun"] and (row["wilayah"] == NATION or code.startswith(row["wilayah"]))
    )  # fmt: skip


def _series(row: dict[str, Any]) -> str:
    return f"{row['nama']} (nasional)" if row["wilayah"] == NATION else str(row["nama"])


def funnel(corong: Frame, code: str, until: date) -> tuple[Stage, ...]:
    """The stages of CORONG that are known of a region on its newest day up to `until`."""
    rows = corong.filter((nw.col("wilayah") == code) & (nw.col("per") <= until) & ~nw.col("jumlah").is_null())
    newest = rows.filter(nw.col("per") == rows["per"].max()).sort("urut").rows(named=True)
    return tuple(Stage(row["nama"], row["jumlah"], row["satuan"]) for row in newest)


def _funds(known: Known, code: str) -> tuple[FundState, ...]:
    """Funds that pay in the region and nowhere else, with what the plan promises of them."""
    funds = polars(known.setting.ws.dana).filter(pl.col("wilayah").str.starts_with(code))
    used = known.rencana.filter(pl.col("dana").is_not_null()).group_by("dana").agg(
        pl.col("iuran_total").sum(), pl.col("id_pekerja").n_unique().alias("orang"), pl.col("jumlah_bulan").sum()
    )  # fmt: skip
    rows = funds.join(used, left_on="kode", right_on="dana", how="left", maintain_order="left").with_columns(
        pl.col("iuran_total", "orang", "jumlah_bulan").fill_null(0)
    )
    return tuple(
        FundState(
            row["nama"] or row["kode"], row["anggaran"], row["iuran_total"], 0, 0, row["orang"], row["jumlah_bulan"]
        )
        for row in rows.iter_rows(named=True)
    )
