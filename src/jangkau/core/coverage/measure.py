"""All indicators, all regions, all dates, from whatever is at hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from jangkau.core.coverage.catalogue import PUBLISHED, Indicator, Parameters, indicators, parameters
from jangkau.core.coverage.denominators import chosen_name, denominators
from jangkau.core.coverage.figures import figures, whole
from jangkau.core.coverage.inputs import Inputs
from jangkau.core.coverage.members import described, tally
from jangkau.core.coverage.panel import Panel, read_panel
from jangkau.core.coverage.residents import count, residents
from jangkau.core.engine import frame, polars
from jangkau.core.identity.regions import Regions
from jangkau.core.law.book import Book
from jangkau.core.tables.figures import ANGKA
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

_GROUPS = {"cakupan": None, "cakupan_formal": "FORMAL", "cakupan_informal": "INFORMAL"}
_RESIDENT = {
    "cakupan_warga": ("aktif", "pekerja"),
    "perlindungan_penuh_warga": ("penuh", "pekerja"),
    "cakupan_rentan": ("rentan_aktif", "rentan"),
}


def measure(
    inputs: Inputs, settings: Settings, regions: Regions, book: Book, chosen: Parameters | None = None
) -> Frame:
    """Every indicator of the catalogue for every region and date that the inputs tell of: ANGKA, `asal` dihitung.

    Who is active, who is one person and what a segment is are the rules of `coverage`. What an input is missing for is
    one row of the province without a value, with what is missing in `catatan`; it is never 0. `chosen`: other choices
    than the catalogue's. Same rows whatever the order of the input rows. Raises LawUndefinedOn.
    """
    choice = chosen or parameters()
    panel = read_panel(inputs.potret, settings.provinsi, book, choice.bayar_menyusul)
    work = _Work(inputs, settings, regions, panel, choice)
    parts = [part for part in [*_of_members(work), *_of_residents(work)] if len(part)]
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

    def source(self, name: str, per: date) -> pl.Expr:
        return pl.lit(f"{self.inputs.source(name)} per {per.isoformat()}")


def _unknown(work: _Work, indicator: Indicator) -> pl.DataFrame:
    names = list(dict.fromkeys(name for source in indicator.sumber for name in source.split(" dan ")))
    have = {name: work.inputs.potret or None if name == "peserta" else getattr(work.inputs, name) for name in names}
    lacking = ", ".join(name for name in names if have[name] is None)
    row = {
        "wilayah": work.settings.provinsi,
        "per": work.panel.dates[-1] if work.panel.dates else work.settings.per,
        "sumber_pembilang": work.inputs.source(names[0]),
        "catatan": f"belum diketahui: {f'belum ada {lacking}' if lacking else 'datanya belum cukup'}",
    }
    return figures(pl.DataFrame([row]), indicator)


def _of_members(work: _Work) -> Iterator[pl.DataFrame]:
    for per in work.panel.dates:
        rows = described(work.panel, per, work.choice.umur)
        yield from _coverages(work, rows, per)
        yield from _counts(work, rows, per)


def _coverages(work: _Work, rows: pl.DataFrame, per: date) -> Iterator[pl.DataFrame]:
    """Members over published workers; a region is 0 where the register has nobody."""
    places = pl.DataFrame({"wilayah": [work.settings.provinsi, *(code for code, _ in work.kabupaten)]})
    for code, group in _GROUPS.items():
        people = rows if group is None else rows.filter(pl.col("kelompok") == group)
        segment = work.known[code].penyebut.removeprefix(PUBLISHED)
        counted = (
            places.join(tally(people, work.settings.provinsi), on="wilayah", how="left")
            .join(work.published.filter(pl.col("segmen") == segment), on="wilayah", how="left")
            .with_columns(pembilang=pl.col("orang").fill_null(0), per=per, sumber_pembilang=work.source("peserta", per))
        )
        yield figures(counted, work.known[code], work.denominator)


def _counts(work: _Work, rows: pl.DataFrame, per: date) -> Iterator[pl.DataFrame]:
    """Members, and of them the fully protected, uncut and by each cut."""
    law = rows["penuh"].null_count() == 0
    members, full = work.known["peserta_aktif"], work.known["perlindungan_penuh"]
    source = work.source("peserta", per)
    for cut in ("", *members.potongan):
        every = tally(rows, work.settings.provinsi, cut).with_columns(
            per=pl.lit(per), potongan=pl.lit(cut), sumber_pembilang=source
        )
        yield figures(every.with_columns(pembilang="orang"), members)
        safe = tally(rows.filter("penuh"), work.settings.provinsi, cut).rename({"orang": "penuh"})
        count_of = pl.col("penuh").fill_null(0) if law else pl.lit(None, pl.Int64)
        both = every.join(safe, on=["wilayah", "kelas"], how="left")
        yield figures(both.with_columns(pembilang=count_of, penyebut="orang", sumber_penyebut=source), full)


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
