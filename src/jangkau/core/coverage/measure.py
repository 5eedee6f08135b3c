"""All indicators, all regions, all dates, from whatever is at hand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial

import polars as pl

from jangkau.core.coverage import continuity, office
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

_GROUPS = {"cakupan": "SEMUA", "cakupan_formal": "FORMAL", "cakupan_informal": "INFORMAL"}
_SUMS = {
    "klaim": {"klaim_jatuh": ("jatuh", ""), "klaim_dibayar": ("dibayar", "jatuh")},
    "baris": {"nik_sah": ("nik_sah", "baris"), "baris_diperbaiki": ("diperbaiki", "bermasalah")},
}
_MONTHS = {"bulan_orang_didanai": ("didanai", ""), "bulan_orang_dibayar": ("dibayar", "")}
_MONEY = {"anggaran_dijanjikan": ("dijanjikan", "anggaran"), "anggaran_terserap": ("dibayar", "anggaran")}
_DUTIES = {"kewajiban_dipenuhi": ("pembilang", "penyebut")}
_STAYING = {"keberlanjutan_6": 6, "keberlanjutan_12": 12}
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
    parts = [
        part for part in [*_of_members(work), *_of_residents(work), *_of_time(work), *_of_the_office(work)] if len(part)
    ]
    done = {part["indikator"][0] for part in parts}
    parts += [_unknown(work, indicator) for code, indicator in work.known.items() if code not in done]
    order = {code: n for n, code in enumerate(work.known)}
    return ANGKA.check(frame(whole(sorted(parts, key=lambda part: order[part["indikator"][0]]))))


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

    def source(self, name: str, per: date) -> pl.Expr:
        return pl.lit(f"{self.inputs.source(name)} per {per.isoformat()}")


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


def _of_members(work: _Work) -> Iterator[pl.DataFrame]:
    for per in work.panel.dates:
        yield from _coverages(work, work.members(per), per)
        yield from _counts(work, work.members(per), per)


def _coverages(work: _Work, members: Members, per: date) -> Iterator[pl.DataFrame]:
    """Members over published workers; a region is 0 where the register has nobody."""
    places = pl.DataFrame({"wilayah": [work.settings.provinsi, *(code for code, _ in work.kabupaten)]})
    for code, group in _GROUPS.items():
        segment = work.known[code].penyebut.removeprefix(PUBLISHED)
        counted = (
            places.join(members.tally(among=members.group.get(group)).drop("orang"), on="wilayah", how="left")
            .join(work.published.filter(pl.col("segmen") == segment), on="wilayah", how="left")
            .with_columns(
                pembilang=pl.col("di_antara").fill_null(0), per=per, sumber_pembilang=work.source("peserta", per)
            )
        )
        yield figures(counted, work.known[code], work.denominator)


def _counts(work: _Work, members: Members, per: date) -> Iterator[pl.DataFrame]:
    """Members, and of them the fully protected, uncut and by each cut."""
    active, full = work.known["peserta_aktif"], work.known["perlindungan_penuh"]
    source = work.source("peserta", per)
    for cut in ("", *active.potongan):
        counted = members.tally(cut, members.full).with_columns(
            per=pl.lit(per), potongan=pl.lit(cut), sumber_pembilang=source
        )
        yield figures(counted.with_columns(pembilang="orang"), active)
        safe = pl.col("di_antara") if members.full is not None else pl.lit(None, pl.Int64)
        yield figures(counted.with_columns(pembilang=safe, penyebut="orang", sumber_penyebut=source), full)


def _of_residents(work: _Work) -> Iterator[pl.DataFrame]:
    inputs = work.inputs
    if inputs.penduduk is None or not work.panel.dates:
        return
    known = residents(inputs.penduduk, inputs.kesejahteraan, work.panel, work.settings.provinsi, work.choice)
    counted = count(known, work.panel, work.choice)
    if inputs.kesejahteraan is None:
        counted = counted.filter(pl.col("potongan") != "desil")
    for code, (above, below) in _RESIDENT.items():
        names = work.known[code].sumber[1].split(" dan ")
        if any(getattr(inputs, name) is None for name in names):
            continue
        day = pl.lit(" per ") + pl.col("per").cast(pl.String)
        sources = ", ".join(inputs.source(name) for name in names)
        told = counted.filter(pl.col(below) > 0).with_columns(
            pembilang=above,
            penyebut=below,
            sumber_pembilang=inputs.source("peserta") + day,
            sumber_penyebut=pl.lit(sources),
        )
        yield figures(told, work.known[code])


def _of_time(work: _Work) -> Iterator[pl.DataFrame]:
    groups = {code: partial(continuity.still_active, work.panel, months) for code, months in _STAYING.items()}
    groups["lapse"] = partial(continuity.stopped, work.panel)
    for code, kept in groups.items():
        known = work.known[code]
        for group in kept():
            members = work.members(group.since)
            sources = {f"sumber_{side}": work.source("peserta", group.per) for side in ("pembilang", "penyebut")}
            for part in continuity.shares(group, members, known.potongan):
                yield figures(part.with_columns(**sources), known)


def _of_the_office(work: _Work) -> Iterator[pl.DataFrame]:
    inputs, provinsi = work.inputs, work.settings.provinsi
    if inputs.bulan_orang is not None:
        yield from _told(work, "bulan_orang", office.months(inputs.bulan_orang, provinsi), _MONTHS)
        if inputs.dana is not None:
            yield from _told(work, "bulan_orang", office.money(inputs.bulan_orang, inputs.dana, provinsi), _MONEY)
    for name, pairs in _SUMS.items():
        given = getattr(inputs, name)
        if given is not None:
            columns = dict.fromkeys(column for pair in pairs.values() for column in pair if column)
            yield from _told(work, name, office.sums(given, tuple(columns), provinsi), pairs)
    if inputs.kewajiban is not None:
        yield from _told(work, "kewajiban", office.duties(inputs.kewajiban, provinsi), _DUTIES)


def _told(work: _Work, name: str, rows: pl.DataFrame, pairs: dict[str, tuple[str, str]]) -> Iterator[pl.DataFrame]:
    """Sums as figures of the indicators that they make (code -> numerator column, denominator column or empty)."""
    for code, (above, below) in pairs.items():
        known = work.known[code]
        day = pl.lit(" per ") + pl.col("per").cast(pl.String)
        yield figures(
            rows.with_columns(
                pembilang=pl.col(above),
                penyebut=pl.col(below) if below else pl.lit(None, pl.Float64),
                sumber_pembilang=pl.lit(work.inputs.source(name)) + day,
                sumber_penyebut=pl.lit(work.inputs.source(known.sumber[1]) if below else None, pl.String),
            ),
            known,
        )
