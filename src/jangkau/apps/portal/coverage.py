"""How many are covered, as open data published it, with what was divided by what; nothing else is read."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from jangkau.apps.opendata import published
from jangkau.apps.opendata.published import Release

SHOWN = ("cakupan", "cakupan_informal", "cakupan_rentan", "perlindungan_penuh", "peserta_aktif")


@dataclass(frozen=True)
class Told:
    """One indicator of one region: the release it is from, and its newest row as published."""

    release: Release
    row: dict[str, Any]


def told(code: str) -> list[Told]:
    """The indicators of a region, each from its newest edition that stands; those without a row of it are left out."""
    releases = published.latest(published.editions())
    known = [(releases[name], _newest(releases[name], code)) for name in SHOWN if name in releases]
    return [Told(release, row) for release, row in known if row]


def _newest(release: Release, code: str) -> dict[str, Any] | None:
    """The newest row of everybody in a region."""
    rows = published.table(release).filter(pl.col("wilayah") == code, pl.col("potongan") == "")
    newest: list[dict[str, Any]] = rows.sort("per").tail(1).to_dicts()
    return newest[0] if newest else None
