"""All indicators, all regions, all dates, from whatever is at hand."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from itertools import chain

import polars as pl

from jangkau.core.coverage import continuity, office
from jangkau.core.coverage.behind import GROUPS, STAYING
from jangkau.core.coverage.catalogue import PUBLISHED, Indicator, Parameters, indicators, parameters
from jangkau.core.coverage.denominators import chosen_name, denominators
from jangkau.core.coverage.figures import figures, whole
from jangkau.core.coverage.inputs import Inputs
from jangkau.core.coverage.members import Members, described
from jangkau.core.coverage.panel import Panel, read_panel
from jangkau.core.coverage.residents import count, residents
from jangkau.core.engine import frame, polars
from jangkau.core.identity.regions import Regions
from jangkau.core.law.book import Book
from jangkau.core.tables.figures import ANGKA
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

_SUMS = {
    "klaim": {"klaim_jatuh": ("jatuh", ""), "klaim_dibayar": ("dibayar", "jatuh")},
    "baris": {"nik_sah": ("nik_sah", "baris"), "baris_diperbaiki": ("diperbaiki", "bermasalah")},
}
_MONTHS = {"bulan_orang_didanai": ("didanai", ""), "bulan_orang_dibayar": ("dibayar", "")}
_MONEY = {"anggaran_dijanjikan": ("dijanjikan", "anggaran"), "anggaran_terserap": ("dibayar", "anggaran")}
_DUTIES = {"kewajiban_dipenuhi": ("pembilang", "penyebut")}
_RESIDENT = {
    "cakupan_warga": ("aktif", "pekerja"),
    "perlindungan_penuh_warga": ("penuh", "pekerja"),
    "cakupan_rentan": ("rentan_aktif", "rentan"),
}


def measure(
    inputs: Inputs, settings: Settings, regions: Regions, book: Book, *,
    chosen: Parameters | None = None, panel: Panel | None = None,
) -> Frame:  # fmt: skip
    """Every indicator of the catalogue for every region and date that the inputs tell of: ANGKA, `asal` dihitung.

    Who is active, who is one person and what a segment is are the rules of `coverage`. What an input is missing for is
    one row of the province without a value, with what is missing in `catatan`; it is never 0. `chosen`: other choices
    than the catalogue's. `panel`: the snapshots, where they are read already. Same rows whatever the order of the
    input rows. Raises LawUndefinedOn.
    """
    choice = chosen or parameters()
    if panel is None:
        panel = read_panel(inputs.potret, settings.provinsi, book, choice.bayar_menyusul)
    work = _Work(inputs, settings, regions, panel, choice)
    counted: dict[str, list[pl.DataFrame]] = {code: [] for code in work.known}
    with ThreadPoolExecutor(len(_PARTS)) as threads:
        for rows in threads.map(lambda part: list(part(work)), _PARTS):
            for code, table in rows:
                counted[code].append(table)
    return ANGKA.check(frame(whole([_worded(work, work.known[code], parts) for code, parts in counted.items()])))


_Counted = Iterator[tuple[str, pl.DataFrame]]


@dataclass(frozen=True)
class _Work:
    """What every part of the counting is given."""

    inputs: Inputs
    settings: Settings
    regions: Regions
    panel: Panel
    choice: Parameters
    described: dict[date, Members] = field(default_factory=dict)

    @cached_property
    def known(self) -> dict[str, Indicator]:
        return indicators(self.choice)

    @cached_property
    def kabupaten(self) -> list[tuple[str, str]]:
        return [(region.code, region.name) for region in self.regions.kabupaten]

    @cached_property
    def published(self) -> pl.DataFrame:
        """`wilayah`, `segmen`, `penyebut`, `sumber_penyebut` of the denominator chosen; no rows without one."""
        given = self.inputs.angkatan_kerja
        if given is None:
            text = dict.fromkeys(("wilayah", "segmen", "sumber_penyebut"), pl.String)
            return pl.DataFrame(schema=text | {"penyebut": pl.Int64})
        return polars(denominators(given, self.kabupaten, self.settings))

    @property
    def denominator(self) -> str:
        """The name of the published denominator; empty where there is none."""
        given = self.inputs.angkatan_kerja
        return "" if given is None else chosen_name(given, self.settings)

    def members(self, per: date) -> Members:
        """Who is active at a date, described once."""
        if per not in self.described:
            self.described[per] = described(self.panel, per, self.settings.provinsi, self.choice.umur)
        return self.described[per]


def _worded(work: _Work, indicator: Indicator, parts: list[pl.DataFrame]) -> pl.DataFrame:
    """All counts of an indicator as figures with their sources; without any, one row that says what is missing."""
    rows = pl.concat(parts) if parts else pl.DataFrame()
    if not len(rows):
        return _unknown(work, indicator)
    day = pl.lit(" per ") + pl.col("per").cast(pl.String)
    above, *below = (
        ", ".join(work.inputs.source(name) for name in source.split(" dan ")) for source in indicator.sumber
    )
    sources = {"sumber_pembilang": pl.lit(above) + day}
    if below and "sumber_penyebut" not in rows.columns:
        sources["sumber_penyebut"] = pl.lit(below[0]) + day if below[0] == above else pl.lit(below[0])
    published = indicator.penyebut.startswith(PUBLISHED)
    return figures(rows.with_columns(**sources), indicator, work.denominator if published else None)


def _unknown(work: _Work, indicator: Indicator) -> pl.DataFrame:
    names = list(dict.fromkeys(name for source in indicator.sumber for name in source.split(" dan ")))
    have = {name: work.inputs.potret or None if name == "peserta" else getattr(work.inputs, name) for name in names}
    lacking = ", ".join(work.inputs.source(name) for name in names if have[name] is None)
    row = {
        "wilayah": work.settings.provinsi,
        "per": work.panel.dates[-1] if work.panel.dates else work.settings.per,
        "sumber_pembilang": work.inputs.source(names[0]),
        "catatan": f"belum diketahui: {f'belum ada {lacking}' if lacking else 'datanya belum cukup'}",
    }
    return figures(pl.DataFrame([row]), indicator)


def _of_members(work: _Work) -> _Counted:
    for per in work.panel.dates:
        yield from _coverages(work, work.members(per), per)
        yield from _counts(work, work.members(per), per)


def _coverages(work: _Work, members: Members, per: date) -> _Counted:
    """Members over published workers; a region is 0 where the register has nobody."""
    places = pl.DataFrame({"wilayah": [work.settings.provinsi, *(code for code, _ in work.kabupaten)]})
    for code, group in GROUPS.items():
        segment = work.known[code].penyebut.removeprefix(PUBLISHED)
        people = members.tally(among=members.group.get(group)).select("wilayah", pembilang="di_antara")
        below = work.published.filter(pl.col("segmen") == segment)
        rows = places.join(people, on="wilayah", how="left").join(below, on="wilayah", how="left")
        yield code, rows.with_columns(pl.col("pembilang").fill_null(0), per=pl.lit(per))


def _counts(work: _Work, members: Members, per: date) -> _Counted:
    """Members, and of them the fully protected, uncut and by each cut."""
    safe = pl.col("di_antara") if members.full is not None else pl.lit(None, pl.Int64)
    for cut in ("", *work.known["peserta_aktif"].potongan):
        rows = members.tally(cut, members.full).with_columns(per=pl.lit(per), potongan=pl.lit(cut))
        yield "peserta_aktif", rows.select("wilayah", "potongan", "kelas", "per", pembilang="orang")
        both = {"pembilang": safe, "penyebut": pl.col("orang")}
        yield "perlindungan_penuh", rows.select("wilayah", "potongan", "kelas", "per", **both)


def _of_residents(work: _Work) -> _Counted:
    inputs = work.inputs
    if inputs.penduduk is None or not work.panel.dates:
        return
    known = residents(inputs.penduduk, inputs.kesejahteraan, work.panel, work.settings.provinsi, work.choice)
    counted = count(known, work.panel, work.choice)
    if inputs.kesejahteraan is None:
        counted = counted.filter(pl.col("potongan") != "desil")
    for code, (above, below) in _RESIDENT.items():
        if all(getattr(inputs, name) is not None for name in work.known[code].sumber[1].split(" dan ")):
            yield code, counted.filter(pl.col(below) > 0).with_columns(pembilang=above, penyebut=below)


def _of_time(work: _Work) -> _Counted:
    groups = {code: partial(continuity.still_active, work.panel, months) for code, months in STAYING.items()}
    groups["lapse"] = partial(continuity.stopped, work.panel)
    for code, kept in groups.items():
        for group in kept():
            for part in continuity.shares(group, work.members(group.since), work.known[code].potongan):
                yield code, part


def _of_the_office(work: _Work) -> _Counted:
    inputs, provinsi = work.inputs, work.settings.provinsi
    if inputs.bulan_orang is not None:
        yield from _sides(office.months(inputs.bulan_orang, provinsi), _MONTHS)
        if inputs.dana is not None:
            yield from _sides(office.money(inputs.bulan_orang, inputs.dana, provinsi), _MONEY)
    for name, pairs in _SUMS.items():
        given = getattr(inputs, name)
        if given is not None:
            columns = dict.fromkeys(column for pair in pairs.values() for column in pair if column)
            yield from _sides(office.sums(given, tuple(columns), provinsi), pairs)
    if inputs.kewajiban is not None:
        yield from _sides(office.duties(inputs.kewajiban, provinsi), _DUTIES)


def _sides(rows: pl.DataFrame, pairs: dict[str, tuple[str, str]]) -> _Counted:
    """Sums as counts of the indicators that they make (code -> numerator column, denominator column or empty)."""
    for code, (above, below) in pairs.items():
        both = {"pembilang": pl.col(above), "penyebut": pl.col(below) if below else pl.lit(None, pl.Float64)}
        yield code, rows.with_columns(**both)


def _of_members_and_the_office(work: _Work) -> _Counted:
    return chain(_of_members(work), _of_time(work), _of_the_office(work))


# What is counted at the same time: nothing of one part is needed by another.
_PARTS: tuple[Callable[[_Work], _Counted], ...] = (_of_residents, _of_members_and_the_office)
