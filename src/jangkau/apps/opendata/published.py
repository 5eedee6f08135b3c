"""What everybody may read: published editions, their suppressed tables and files; nothing else of open data.

The only part of this app that public pages and the portal import.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from jangkau.apps.opendata.models import KNOWN, Edition, EditionState
from jangkau.core.disclosure.formats import ENDINGS, LABELS, SHARED


@dataclass(frozen=True)
class File:
    """A file to download."""

    name: str
    path: Path
    media: str
    label: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Release:
    """One dataset in one edition; `told` is its entry in the edition's summary."""

    edition: Edition
    told: dict[str, Any]

    @property
    def files(self) -> list[File]:
        """Its files, one a format."""
        return [one for one in (file(self.edition, self.told["kode"] + ending) for ending in ENDINGS) if one]


def editions() -> list[Edition]:
    """Published and withdrawn ones, the newest first."""
    return list(Edition.objects.filter(state__in=KNOWN).order_by("-published_at", "-number"))


def latest(known: list[Edition]) -> dict[str, Release]:
    """Dataset -> its newest release that still stands, in the order of names."""
    found: dict[str, Release] = {}
    for edition in known:
        for told in edition.datasets if edition.state == EditionState.PUBLISHED else ():
            found.setdefault(told["kode"], Release(edition, told))
    return dict(sorted(found.items(), key=lambda item: str(item[1].told["nama"])))


def releases(known: list[Edition], code: str) -> list[Release]:
    """All releases of a dataset, the newest first, withdrawn ones too."""
    return [Release(edition, told) for edition in known for told in edition.datasets if told["kode"] == code]


def shared(edition: Edition) -> list[File]:
    """Structure and dictionary of an edition."""
    return [one for one in (file(edition, name) for name in SHARED) if one]


def file(edition: Edition, name: str) -> File | None:
    """A public file of an edition by its name; None for any other name."""
    told = edition.files.get(name)
    ending = next((one for one in sorted(ENDINGS, key=len, reverse=True) if name.endswith(one)), "")
    media = SHARED.get(name) or ENDINGS.get(ending)
    if told is None or media is None or edition.state not in KNOWN:
        return None
    return File(name, edition.public / name, media, LABELS.get(ending, name), told["besar"], told["sha256"])


def table(release: Release) -> pl.DataFrame:
    """The suppressed table of a release, as its CSV has it: TERBUKA with `nama_wilayah`."""
    if release.edition.state != EditionState.PUBLISHED:
        raise LookupError(release.edition)
    text = dict.fromkeys(("wilayah", "potongan", "kelas", "versi"), pl.String)
    counts = dict.fromkeys(("pembilang", "penyebut", "nilai"), pl.Float64)
    path = release.edition.public / f"{release.told['kode']}.csv"
    rows = pl.read_csv(path, schema_overrides={**text, **counts}, try_parse_dates=True)
    return rows.with_columns(pl.col("potongan", "kelas").fill_null(""))
