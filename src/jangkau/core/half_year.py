"""Half-year reports of regions from a workspace and what an earlier run wrote into OUT."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from jangkau.core import coverage, outputs
from jangkau.core.coverage.published import NATION
from jangkau.core.engine import polars
from jangkau.core.identity.regions import Regions
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Progress
from jangkau.core.kernel.semester import Semester
from jangkau.core.pipeline import Setting
from jangkau.core.publish import staging
from jangkau.core.reporting import write_semester
from jangkau.core.reporting.semester_input import Definition, FundState, Goal, Material, Rules, Stage
from jangkau.core.tables import results as t
from jangkau.core.tables.figures import ANGKA
from jangkau.core.tables.schema import Frame

FOLDER = "laporan_semester"
_SEGMENTS = {"SEMUA": "cakupan", "FORMAL": "cakupan_formal", "INFORMAL": "cakupan_informal"}
_FROM_PLAN = "Dana: menurut rencana di keluaran ini, belum dibukukan."


@dataclass(frozen=True)
class Known:
    """What all regions of one run share: figures, the people of each desa, whom the plan pays."""

    setting: Setting
    angka: Frame
    pekerja: pl.DataFrame
    kelayakan: pl.DataFrame
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
    people = [polars(outputs.read_table(out, table)) for table in (t.PEKERJA, t.KELAYAKAN, t.RENCANA)]
    return Known(s, figures(out), *people)


def figures(out: Path) -> Frame:
    """ANGKA of OUT; where the run has none, the rows of CAKUPAN as such, before the plan."""
    if any((out / f"{ANGKA.name}{ending}").is_file() for ending in (".parquet", ".csv")):
        return outputs.read_table(out, ANGKA)
    return as_figures(polars(outputs.read_table(out, t.CAKUPAN)).filter(pl.col("keadaan") == "sebelum"))


def as_figures(cakupan: pl.DataFrame) -> Frame:
    """Rows of CAKUPAN of one state as ANGKA: coverage overall, formal and informal."""
    rows = cakupan.filter(pl.col("segmen").is_in(list(_SEGMENTS)))
    known = coverage.indicators()
    words = {segment: known[code] for segment, code in _SEGMENTS.items()}

    def told(name: str) -> pl.Expr:
        return pl.col("segmen").replace_strict({segment: vars(one)[name] for segment, one in words.items()})

    return ANGKA.conform(
        rows.with_columns(
            indikator=told("kode"), potongan=pl.lit(""), kelas=pl.lit(""), nilai=pl.col("persen"),
            satuan=told("satuan"), nama_pembilang=told("pembilang"), versi=told("versi"), asal=pl.lit("dihitung"),
        )
    )  # fmt: skip


def with_published(own: Frame, codes: Iterable[str]) -> Frame:
    """The figures of these regions, with those that others published beside them."""
    said = nw.concat([own, coverage.published()])
    return said.filter(nw.col("wilayah").is_in(list(codes)))


def material(known: Known, semester: Semester, code: str) -> Material:
    """Everything that the run knows of one region."""
    s = known.setting
    parts = _parts(s.regions, code)
    codes = [code, *(place for place, _ in parts)]
    return Material(
        wilayah=code, nama=_name(s.regions, code), semester=semester, beku=s.ws.settings.per,
        angka=with_published(known.angka, codes), bagian=parts,
        sebutan_bagian={2: "kabupaten/kota", 4: "kecamatan", 6: "desa"}.get(len(code), "wilayah"),
        definisi=definitions(code), target=goals(s.ws.target, code), corong=_funnel(known, code),
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


def _within(rows: pl.DataFrame, known: Known, code: str) -> pl.DataFrame:
    """Rows of people whose desa lies in the region."""
    people = known.pekerja.filter(pl.col("kode_desa").str.starts_with(code)).select("id_pekerja")
    return rows.join(people, on="id_pekerja", how="semi")


def _funnel(known: Known, code: str) -> tuple[Stage, ...]:
    people = known.pekerja.filter(pl.col("kode_desa").str.starts_with(code))
    eligible = _within(known.kelayakan, known, code).filter(pl.col("layak"))
    paid = _within(known.rencana, known, code).filter(pl.col("dana").is_not_null())
    linked = people.filter(pl.col("status_tautan") == "cocok")
    counts: Iterable[tuple[str, int]] = (
        ("Diusulkan desa, tanpa ganda", people.height), ("Ditemukan dalam data penduduk", linked.height),
        ("Layak", eligible.height), ("Dibayar rencana ini", paid["id_pekerja"].n_unique()),
    )  # fmt: skip
    return tuple(Stage(name, count) for name, count in counts) if people.height else ()


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
