"""The files of an edition: one dataset an indicator, as CSV, JSON-stat and SDMX, and the dictionary of all."""

from pathlib import Path

import polars as pl

from jangkau.core.disclosure.formats import dictionary, jsonstat
from jangkau.core.disclosure.formats.about import LICENCE, LICENCE_TEXT, LICENCE_URL, About, Dataset

__all__ = [
    "ENDINGS", "LABELS", "LICENCE", "LICENCE_TEXT", "LICENCE_URL", "SHARED", "About", "Dataset", "datasets", "write",
]  # fmt: skip

# Ending of a dataset's file -> media type.
ENDINGS = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".sdmx.csv": "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8",
    ".sdmx.xml": "application/vnd.sdmx.data+xml; version=3.0.0; charset=utf-8",
}
LABELS = {".csv": "CSV", ".json": "JSON-stat 2.0", ".sdmx.csv": "SDMX-CSV 2.0", ".sdmx.xml": "SDMX-ML 3.0"}
# Files of all datasets together.
SHARED = {
    "struktur.xml": "application/vnd.sdmx.structure+xml; version=3.0.0; charset=utf-8",
    "kamus.md": "text/markdown; charset=utf-8",
    "kamus.csv": "text/csv; charset=utf-8",
    "kamus.json": "application/json; charset=utf-8",
}


def datasets(public: pl.DataFrame, about: About) -> list[Dataset]:
    """The indicators of an edition (TERBUKA), each with its rows."""
    groups = public.sort("indikator").group_by("indikator", maintain_order=True)
    return [Dataset(str(kode), rows, about) for (kode,), rows in groups]


def write(public: pl.DataFrame, about: About, folder: Path) -> None:
    """All files of an edition. The same edition gives the same bytes."""
    from jangkau.core.disclosure.formats import sdmx  # its library is slow to load

    found = datasets(public, about)
    for one in found:
        named = one.rows.with_columns(nama_wilayah=one.region_names)
        first = ("indikator", "wilayah", "nama_wilayah")
        named.select(*first, pl.exclude(first)).write_csv(folder / f"{one.code}.csv")
        (folder / f"{one.code}.json").write_bytes(jsonstat.dataset(one))
        (folder / f"{one.code}.sdmx.csv").write_text(sdmx.csv(one), "utf-8")
        (folder / f"{one.code}.sdmx.xml").write_text(sdmx.xml(one), "utf-8")
    (folder / "struktur.xml").write_text(sdmx.structure(found, about), "utf-8")
    for name, text in dictionary.pages(found, about).items():
        (folder / name).write_text(text, "utf-8")
