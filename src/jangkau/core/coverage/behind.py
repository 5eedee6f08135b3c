"""Who stands behind a figure: the people of its numerator and denominator, kept as they were counted."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from jangkau.core.coverage import continuity
from jangkau.core.coverage.ages import NO_DAY, UNKNOWN, band_names, day_numbers
from jangkau.core.coverage.catalogue import Parameters
from jangkau.core.coverage.change import EVERY, change, in_group, steps
from jangkau.core.coverage.members import Flags, Members, described
from jangkau.core.coverage.panel import Panel
from jangkau.core.coverage.residents import ACTIVE, FLAGS, FULL, LEFT_OUT, NEVER, VULNERABLE, Residents, states, workers
from jangkau.core.coverage.whereabouts import Whereabouts
from jangkau.core.engine import polars
from jangkau.core.tables.schema import Frame

GROUPS = {"cakupan": "SEMUA", "cakupan_formal": "FORMAL", "cakupan_informal": "INFORMAL"}
STAYING = {"keberlanjutan_6": 6, "keberlanjutan_12": 12}
MEMBERS = (*GROUPS, "peserta_aktif", "perlindungan_penuh", *STAYING, "lapse")
RESIDENTS = {
    "cakupan_warga": (0, ACTIVE), "perlindungan_penuh_warga": (0, FULL),
    "cakupan_rentan": (VULNERABLE, VULNERABLE | ACTIVE),
}  # fmt: skip
_WORKERS, _PEOPLE, _WORDS, _KNOWN = "warga.parquet", "orang.parquet", "kata.json", "keterangan.parquet"
_LISTED, _AWAY = "terdaftar-", "luar-"
_GROUP = 20_000  # rows that are read or passed over together


@dataclass(frozen=True)
class Asked:
    """A figure: its indicator, region, date, and class of a cut; empty is the whole."""

    kode: str
    wilayah: str
    per: date
    potongan: str = ""
    kelas: str = ""


@dataclass(frozen=True)
class Moved:
    """A step of the change between two dates (`langkah` of PERUBAHAN), of a region and group."""

    langkah: str
    wilayah: str
    sejak: date
    sampai: date
    segmen: str = EVERY


def keep(  # noqa: PLR0917
    folder: Path, panel: Panel, known: Whereabouts, penduduk: Frame | None, kesejahteraan: Frame | None, provinsi: str
) -> None:
    """Write whom the figures of this panel and these registers are made of."""
    panel.people.write_parquet(folder / _PEOPLE)
    _told(known).write_parquet(folder / _KNOWN)
    (folder / _WORDS).write_text(json.dumps(panel.words), "utf-8")
    for per, rows in panel.rows.items():
        rows.sort("wilayah", "orang").write_parquet(folder / _of(per), row_group_size=_GROUP)
    if penduduk is not None:
        rows = workers(penduduk, kesejahteraan, panel, provinsi)
        rows.sort("kode_desa", "nama", "nik").with_row_index("nomor").write_parquet(
            folder / _WORKERS, row_group_size=_GROUP
        )


def _of(per: date) -> str:
    return f"potret-{per.isoformat()}.parquet"


def _told(known: Whereabouts) -> pl.DataFrame:
    columns = {"pertama": known.first, "meninggal": known.died, "pindah": known.moved}
    for prefix, told in ((_LISTED, known.listed), (_AWAY, known.away)):
        columns |= {f"{prefix}{per.isoformat()}": flags for per, flags in told.items()}
    return pl.DataFrame(columns)


def kept_days(folder: Path) -> list[date]:
    """The dates of the snapshots that were kept."""
    return sorted(date.fromisoformat(path.stem.removeprefix("potret-")) for path in folder.glob("potret-*.parquet"))


def kept_whereabouts(folder: Path, days: Iterable[date]) -> Whereabouts:
    """What was kept of the people of the panel, at the dates wanted."""
    wanted = list(days)
    names = {(kind, per): f"{kind}{per.isoformat()}" for kind in (_LISTED, _AWAY) for per in wanted}
    rows = pl.read_parquet(folder / _KNOWN, columns=["pertama", "meninggal", "pindah", *names.values()])
    listed, away = ({per: rows[names[kind, per]].to_numpy() for per in wanted} for kind in (_LISTED, _AWAY))
    return Whereabouts(
        rows["pertama"].to_numpy(), rows["meninggal"].to_numpy(), rows["pindah"].to_numpy(), listed, away
    )


def kept_change(folder: Path, since: date, until: date, provinsi: str, kabupaten: Sequence[str]) -> pl.DataFrame | None:
    """PERUBAHAN between two dates that were kept; None where one was not."""
    if not (folder / _KNOWN).is_file() or not {since, until} <= {*kept_days(folder)}:
        return None
    known = kept_whereabouts(folder, (since, until))
    told = change(
        kept_panel(folder, (since, until), ["orang"]), known, since, until, provinsi=provinsi, kabupaten=kabupaten
    )
    return polars(told)


def behind_change(folder: Path, asked: Moved, provinsi: str) -> pl.DataFrame | None:
    """The people of one step, with what was known of their membership at the second date, or, of those who left and of
    the first count, at the first date. Columns as of members (`behind`). None where they were not kept."""
    days = (asked.sejak, asked.sampai)
    if not (folder / _KNOWN).is_file() or not {*days} <= {*kept_days(folder)}:
        return None
    panel, known = kept_panel(folder, days), kept_whereabouts(folder, days)
    step = steps(panel, known, *days, provinsi, asked.wilayah, asked.segmen).get(asked.langkah)
    if step is None:
        return None
    per = asked.sejak if step.sign < 0 or asked.langkah == "awal" else asked.sampai
    here = in_group(panel, per, asked.wilayah, asked.segmen, provinsi)
    return _persons(panel, per, here & step.who[panel.rows[per]["orang"].to_numpy()], here)


def kept_panel(folder: Path, wanted: Iterable[date] | None = None, columns: list[str] | None = None) -> Panel:
    """The panel that was kept, with the dates wanted alone, and of its people the columns named."""
    days = kept_days(folder)
    chosen = days if wanted is None else sorted({*days} & {*wanted})
    words = json.loads((folder / _WORDS).read_text("utf-8"))
    return Panel(
        pl.read_parquet(folder / _PEOPLE, columns=columns),
        {per: pl.read_parquet(folder / _of(per)) for per in chosen},
        words,
    )


def behind(folder: Path, asked: Asked, provinsi: str, choice: Parameters) -> pl.DataFrame | None:
    """The people of a figure, each once, in the order of names, with `pembilang` (counted above) and what is known.

    Members: `nomor`, `nik`, `nama`, `tanggal_lahir`, `wilayah`, `segmen`, `pembayar`, `mulai`, `akhir` (month indexes).
    Residents: `nomor`, `nik`, `nama`, `tanggal_lahir`, `kode_desa`, `tanda`, `desil`. Those of the denominator are
    there too, unless it is a published number. None where such a figure is not made of people, or nothing was kept.
    """
    if not (folder / _PEOPLE).is_file():
        return None
    if asked.kode in RESIDENTS and (folder / _WORKERS).is_file():
        return _of_residents(folder, asked, choice)
    return _of_members(folder, asked, provinsi, choice) if asked.kode in MEMBERS else None


def _of_members(folder: Path, asked: Asked, provinsi: str, choice: Parameters) -> pl.DataFrame | None:
    follows = asked.kode in STAYING or asked.kode == "lapse"
    panel = kept_panel(folder, None if follows else [asked.per])
    kept = _kept(panel, asked)
    if kept is None:
        return None
    since, group, counted = kept
    members = described(panel, since, provinsi, choice.umur)
    if asked.kode in GROUPS:
        group = members.group.get(GROUPS[asked.kode], group)
    if asked.kode == "perlindungan_penuh":
        counted = members.full if members.full is not None else ~group
    return _persons(panel, since, group & _where(members, asked), counted)


def _kept(panel: Panel, asked: Asked) -> tuple[date, Flags, Flags] | None:
    """The date whose memberships are followed, which of them, and which are counted above."""
    if asked.kode == "lapse" or asked.kode in STAYING:
        months = STAYING.get(asked.kode)
        told = continuity.still_active(panel, months) if months else continuity.stopped(panel)
        found = next((kept for kept in told if kept.per == asked.per), None)
        return (found.since, found.group, found.counted) if found else None
    if asked.per not in panel.rows:
        return None
    everyone = np.ones(len(panel.rows[asked.per]), np.bool_)
    return asked.per, everyone, everyone


def _where(members: Members, asked: Asked) -> Flags:
    """Memberships of the region and class."""
    here = np.ones_like(members.single)
    if asked.wilayah != members.provinsi:
        places = [code == asked.wilayah for code in members.words["wilayah"]]
        here &= np.array(places, np.bool_)[members.codes["wilayah"]]
    if asked.potongan:
        classes = [word == asked.kelas for word in members.words[asked.potongan]]
        here &= np.array(classes, np.bool_)[members.codes[asked.potongan]]
    return here


def _persons(panel: Panel, since: date, which: Flags, counted: Flags) -> pl.DataFrame:
    rows = panel.rows[since].with_columns(pembilang=pl.Series(counted)).filter(pl.Series(which))
    words = {
        name: pl.Series(panel.words[name], dtype=pl.String).gather(rows[name].cast(pl.UInt32))
        for name in ("wilayah", "segmen", "pembayar")
    }
    told = rows.with_columns(**words).sort("orang", "wilayah", "segmen", "mulai", nulls_last=True)
    facts = [pl.col(name).first() for name in (*words, "mulai", "akhir")]
    each = told.group_by("orang", maintain_order=True).agg(pl.col("pembilang").any(), *facts)
    named = panel.people.select("orang", "nik", "nama", "tanggal_lahir")
    return (
        each.with_columns(pl.col("orang").cast(pl.UInt32))
        .join(named, on="orang", how="left", maintain_order="left")
        .rename({"orang": "nomor"})
    )


def _of_residents(folder: Path, asked: Asked, choice: Parameters) -> pl.DataFrame | None:
    panel = kept_panel(folder, [asked.per])
    if asked.per not in panel.rows:
        return None
    inside = pl.col("kode_desa").is_between(pl.lit(asked.wilayah), pl.lit(asked.wilayah + ":"))  # ":" follows "9"
    rows = pl.scan_parquet(folder / _WORKERS).filter(inside).collect()
    flags, band = np.divmod(states(_residents(rows, panel, choice), panel, asked.per, choice), FLAGS)[::-1]
    below, above = RESIDENTS[asked.kode]
    counted = ((flags & (LEFT_OUT | below)) == below) & _in_class(rows, band, asked, choice)
    told = rows.with_columns(pembilang=pl.Series((flags & above) == above)).filter(pl.Series(counted))
    return told.select("nomor", "nik", "nama", "tanggal_lahir", "kode_desa", "tanda", "desil", "pembilang").sort(
        "nama", "nomor"
    )


def _residents(rows: pl.DataFrame, panel: Panel, choice: Parameters) -> Residents:
    of_person = np.full(len(panel.people), -1, np.int32)
    known = rows["orang"].is_not_null()
    of_person[rows["orang"].drop_nulls().to_numpy()] = np.flatnonzero(known.to_numpy())
    decile = rows["desil"].fill_null(0)
    poor = (decile > 0) & (decile <= choice.desil_rentan) & ~rows["aparatur"]
    born, died = day_numbers(rows["tanggal_lahir"], NO_DAY), day_numbers(rows["tanggal_meninggal"], NEVER)
    return Residents(born, died, poor.to_numpy(), {}, {}, {}, of_person)


def _in_class(
    rows: pl.DataFrame, band: "np.ndarray[tuple[int], np.dtype[np.int16]]", asked: Asked, choice: Parameters
) -> Flags:
    if asked.potongan == "umur":
        return np.asarray(band == band_names(choice.umur).index(asked.kelas))
    columns = {"jenis_kelamin": "jenis_kelamin", "desil": "desil", "pekerjaan": "tanda"}
    if asked.potongan not in columns:
        return np.ones(len(rows), np.bool_)
    classes = rows[columns[asked.potongan]].cast(pl.String).fill_null(UNKNOWN)
    return np.asarray((classes == asked.kelas).to_numpy())
