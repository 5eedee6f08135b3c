"""The data dictionary: what every indicator and column means, for people (Markdown) and programs (CSV, JSON)."""

from typing import Any

import polars as pl
from pydantic_core import to_json

from jangkau.core.disclosure.formats.about import CLOSED_TEXT, LICENCE, LICENCE_TEXT, LICENCE_URL, About, Dataset
from jangkau.core.tables.open_data import TERBUKA

_OF_TERM = ("definisi", "pembilang", "penyebut", "satuan", "segmen", "frekuensi", "arah", "versi")


def pages(found: list[Dataset], about: About) -> dict[str, str]:
    """File name -> content."""
    entries = [_entry(one) for one in found]
    told = {
        "edisi": about.number, "judul": about.title, "tanggal": about.day.isoformat(), "lisensi": LICENCE,
        "alamat_lisensi": LICENCE_URL, "angka_yang_ditutup": CLOSED_TEXT, "kolom": _columns(), "indikator": entries,
    }  # fmt: skip
    flat = pl.DataFrame([{**entry, "sumber": " ".join(entry["sumber"])} for entry in entries], infer_schema_length=None)
    return {
        "kamus.json": to_json(told, indent=2).decode() + "\n",
        "kamus.csv": flat.write_csv(),
        "kamus.md": _markdown(entries, about),
    }


def _entry(one: Dataset) -> dict[str, Any]:
    """One indicator: words of the catalogue, else those that stand in its rows."""
    term = one.about.terms.get(one.code, {})
    first = one.rows.row(0, named=True)
    told = {"pembilang": first["nama_pembilang"], "penyebut": first["nama_penyebut"] or "", "satuan": one.unit}
    told |= {"versi": first["versi"]}
    words = {name: str(told.get(name) or term.get(name, "")) for name in _OF_TERM}
    sources = one.rows.select(pl.concat_list("sumber_pembilang", "sumber_penyebut").explode()).to_series()
    return {"indikator": one.code, "nama": one.name, **words, "sumber": sorted(sources.drop_nulls().unique().to_list())}


def _columns() -> list[dict[str, str]]:
    return [{"kolom": column.name, "tipe": str(column.dtype), "arti": column.meaning} for column in TERBUKA.columns]


def _markdown(entries: list[dict[str, Any]], about: About) -> str:
    text = f"# Kamus data: {about.title}\n\nEdisi {about.number}, {about.day.isoformat()}. {LICENCE_TEXT}\n\n"
    text += f"{CLOSED_TEXT}\n"
    text += "\n## Kolom\n\n| kolom | arti |\n|---|---|\n"
    text += "".join(f"| `{one['kolom']}` | {_cell(one['arti'])} |\n" for one in _columns())
    for entry in entries:
        text += f"\n## {entry['nama']} (`{entry['indikator']}`)\n\n{entry['definisi']}\n\n"
        rows = [name for name in (*_OF_TERM[1:], "sumber") if entry[name]]
        text += "| | |\n|---|---|\n" + "".join(f"| {name} | {_cell(_words(entry[name]))} |\n" for name in rows)
    return text


def _words(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
