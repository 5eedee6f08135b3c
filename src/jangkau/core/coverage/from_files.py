"""What a workspace, a folder of snapshots and the tables of a run tell: the inputs of figures, funnel and forecast."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import narwhals as nw
import polars as pl

from jangkau.core.coverage.inputs import Inputs
from jangkau.core.coverage.panel import Snapshot
from jangkau.core.coverage.people import active_members, newly_covered
from jangkau.core.engine import frame, polars
from jangkau.core.kernel.month import month_index, month_text
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.outputs import read_table
from jangkau.core.register_files import read_register
from jangkau.core.tables import results as t
from jangkau.core.tables.registers import PESERTA
from jangkau.core.tables.schema import Frame, Table
from jangkau.core.workspace import Workspace

ENDINGS = (".parquet", ".csv", ".xlsx")
_DATED = re.compile(r"(20\d{2})-?(0[1-9]|1[0-2])(?:-?(0[1-9]|[12]\d|3[01]))?")


@dataclass(frozen=True)
class Run:
    """The tables of a run that figures are made from."""

    usulan: Frame
    masalah: Frame
    tautan: Frame
    pekerja: Frame
    kelayakan: Frame
    rencana: Frame

    @staticmethod
    def read(out: Path) -> "Run":
        """From OUT. Raises BERKAS_TIDAK_ADA, BERKAS_RUSAK or TABEL_SALAH."""
        tables: tuple[Table, ...] = (t.USULAN, t.MASALAH, t.TAUTAN, t.PEKERJA, t.KELAYAKAN, t.RENCANA)
        return Run(*(read_table(out, table) for table in tables))


def snapshots(ws: Workspace, folder: Path | None) -> dict[date, Snapshot]:
    """The workspace's members at its `per`, and every file of the folder at the date in its name, read when asked for.

    A name holds YYYY-MM-DD, or YYYY-MM for the month's end; dates after `per` are left out. Raises POTRET_TANGGAL.
    """
    paths = sorted(path for path in (folder.iterdir() if folder else ()) if path.suffix.lower() in ENDINGS)
    dated = {_day(path): path for path in paths if not path.name.startswith(("~$", "."))}
    earlier = {per: partial(_members, path) for per, path in dated.items() if per < ws.settings.per}
    return {**earlier, ws.settings.per: ws.peserta}


def _members(path: Path) -> Frame:
    return read_register(path, path.name, PESERTA, [])


def _day(path: Path) -> date:
    found = _DATED.search(path.stem)
    if not found:
        raise Problem("POTRET_TANGGAL", berkas=path.name)
    year, month = int(found[1]), int(found[2])
    return date(year, month, min(int(found[3] or 31), monthrange(year, month)[1]))


def of_date(potret: Mapping[date, Snapshot], asked: str) -> date:
    """The date of the snapshot asked for as YYYY-MM-DD or YYYY-MM (the last of the month). Raises POTRET_TIDAK_ADA."""
    known = [per for per in sorted(potret) if per.isoformat().startswith(asked) and len(asked) in {7, 10}]
    if not known:
        raise Problem("POTRET_TIDAK_ADA", tanggal=asked, ada=", ".join(per.isoformat() for per in sorted(potret)))
    return known[-1]


def inputs_of(ws: Workspace, potret: Mapping[date, Snapshot], run: Run | None) -> Inputs:
    """What the files tell; what they do not (ledger, claims, duties) stays missing, and so does an empty register."""
    return Inputs(
        potret=potret,
        penduduk=_some(ws.penduduk),
        kesejahteraan=_some(ws.kesejahteraan),
        angkatan_kerja=_some(ws.angkatan_kerja),
        dana=_some(ws.dana),
        baris=None if run is None else _rows(run, ws),
    )


def _some(table: Frame) -> Frame | None:
    return table if len(table) else None


def _rows(run: Run, ws: Workspace) -> Frame:
    """The rows of the lists by village: how many, with a valid NIK, with a problem. One run does not tell what was
    mended."""
    faults = polars(run.masalah).filter(tingkat="GALAT").select("berkas", "lembar", "baris").unique()
    rows = polars(run.usulan).join(faults.with_columns(salah=1), on=["berkas", "lembar", "baris"], how="left")
    place = pl.col("kode_desa")
    placed = pl.when(place.str.starts_with(ws.settings.provinsi)).then(place).otherwise(pl.lit(ws.settings.provinsi))
    counted = rows.group_by(wilayah=placed).agg(
        baris=pl.len().cast(pl.Int64),
        nik_sah=pl.col("nik").is_not_null().sum().cast(pl.Int64),
        bermasalah=pl.col("salah").is_not_null().sum().cast(pl.Int64),
    )
    return frame(counted.with_columns(per=pl.lit(ws.settings.per), diperbaiki=pl.lit(None, pl.Int64)))


def steps_of(run: Run, ws: Workspace) -> Frame:
    """What a run knows of the funnel: rows, people, eligible, planned."""
    eligible = run.kelayakan.filter(nw.col("layak"))
    paid = run.rencana.filter(~nw.col("dana").is_null())
    people = run.pekerja.select("id_pekerja", "kode_desa")
    parts = {
        "baris": run.usulan.select("kode_desa"),
        "orang": people,
        "layak": people.join(eligible.select("id_pekerja"), on="id_pekerja", how="semi"),
        "direncanakan": people.join(paid.select("id_pekerja"), on="id_pekerja", how="semi"),
    }
    place = pl.col("kode_desa").fill_null(ws.settings.provinsi).alias("wilayah")
    counted = [
        polars(part).group_by(place).agg(jumlah=pl.len().cast(pl.Int64)).with_columns(tahap=pl.lit(name))
        for name, part in parts.items()
    ]
    return frame(pl.concat(counted).with_columns(per=pl.lit(ws.settings.per)))


def planned_people(run: Run, ws: Workspace, book: Book) -> Frame:
    """`bulan`, `wilayah` (province and kabupaten), `orang`: whom the plan pays that month and who is not active now."""
    active = active_members(ws.peserta, ws.settings, book)
    new = newly_covered(
        active, pekerja=run.pekerja, usulan=run.usulan, tautan=run.tautan, rencana=run.rencana, settings=ws.settings
    )
    people = polars(new).select(pl.col("orang").str.strip_prefix("baru|").alias("id_pekerja"), "wilayah")
    paid = polars(run.rencana).filter(pl.col("dana").is_not_null()).join(people, on="id_pekerja")
    rows = paid.select("id_pekerja", "wilayah", "bulan_mulai", "jumlah_bulan").rows()
    spans = [(who, place, month_index(first), count) for who, place, first, count in rows]
    months = pl.DataFrame(
        [(p, month_text(first + k), place) for p, w, first, n in spans for k in range(n) for place in {w[:2], w[:4]}],
        schema={"id_pekerja": pl.String, "bulan": pl.String, "wilayah": pl.String},
        orient="row",
    )
    return frame(months.group_by("bulan", "wilayah").agg(orang=pl.col("id_pekerja").n_unique().cast(pl.Int64)))
