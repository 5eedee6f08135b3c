"""One person as a list of one row would have them, without a frame: comparable values, and keys to find residents by.

What `normalise.comparable` and `prepare` say of a column, said of a value; a property test holds the two equal.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.identity.name_columns import form
from jangkau.core.identity.name_reader import reader
from jangkau.core.linkage.keys import WORDS, Keys
from jangkau.core.linkage.normalise import FILLERS

Values = dict[str, Any]
_USABLE, _FILLED = re.compile(r"\d{10,16}"), re.compile(r"\d{6}(0+|1+|9+)")
# Columns that keys are made of, by the type that their hash depends on.
_HASHED: dict[Any, tuple[str, ...]] = {
    pl.String: ("awal", "akhir1", "awal3", "bunyi", "desa", "hp", "kab", "kec"),
    pl.Int64: ("huruf", "kk", "n10", "n12", "n15", "nik", "z10"),
    pl.Int32: ("tahun",),
    pl.Int16: ("hb",),
    pl.Date: ("lahir",),
}


@dataclass(frozen=True)
class Person:
    """What is known of somebody; `nik`: the digits as far as they were read, `kode_wilayah`: as far as it is known."""

    nama: str | None = None
    nik: str | None = None
    tanggal_lahir: date | None = None
    jenis_kelamin: str | None = None
    kode_wilayah: str | None = None
    no_kk: str | None = None
    no_hp: str | None = None


def values(person: Person, common: Collection[str]) -> Values:
    """The columns of a prepared list, by name; `common`: words of names that tell little."""
    born = person.tanggal_lahir
    own: Values = {"lahir": born, "jk": person.jenis_kelamin, "hp": person.no_hp}
    own |= {"tahun": born and born.year, "hb": born and born.month * 100 + born.day}
    return own | _numbers(person) | _place(person.kode_wilayah or "") | _name(person.nama, common)


def _numbers(person: Person) -> Values:
    digits = person.nik or ""
    usable = _USABLE.fullmatch(digits) and not _FILLED.fullmatch(digits) and digits not in FILLERS
    text = digits if usable else ""
    size = len(text)
    return {
        "nikt": text or None,
        "nik": int(text) if size == 16 else None,
        "n15": int(text[:15]) if size >= 15 else None,
        "n12": int(text[:12]) if size >= 12 else None,
        "n10": int(text[:10]) if size >= 10 else None,
        "z10": int(text[-10:]) if size >= 15 else None,
        "kk": int(person.no_kk) if person.no_kk and re.fullmatch(r"\d{16}", person.no_kk) else None,
    }


def _place(code: str) -> Values:
    sizes = {"kab": 4, "kec": 6, "desa": 10}
    return {level: code[:size] if len(code) >= size else None for level, size in sizes.items()}


def _name(name: str | None, common: Collection[str]) -> Values:
    told = form(name)
    words, first, last = told["kata"] or [], told["kata_pertama"], told["kata_akhir"]
    return {
        "nama": told["nama_baku"],
        "inti": told["nama_baku"] and reader().core(told["nama_baku"]),
        "bunyi": told["nama_bunyi"],
        "huruf": told["huruf"],
        "awal": first,
        "akhir": last,
        "awal3": first and first[:3],
        "akhir1": last and last[:1],
        "awal1": first and first[:1],
        "inisial": sorted({word[:1] for word in words}),
        "semua": words,
        "kata": [word for word in words if word not in common] or words,
    }


def keys(known: Values) -> Keys:
    """The keys of a record 0 that has these values."""
    columns = {kind: [known[name] for name in names] for kind, names in _HASHED.items()}
    columns[pl.String] += [word for name in WORDS for word in known[name]]
    height = max(map(len, columns.values()))
    filled = [pl.Series(str(kind), row + [None] * (height - len(row)), kind) for kind, row in columns.items()]
    told = pl.DataFrame(filled).select(pl.all().hash())
    hashed = {kind: told[str(kind)].to_numpy() for kind in columns}
    single = {
        name: (hashed[kind][at : at + 1], np.array([known[name] is not None]))
        for kind, names in _HASHED.items()
        for at, name in enumerate(names)
    }
    several, at = {}, len(_HASHED[pl.String])
    for name in WORDS:
        count = len(known[name])
        several[name] = (np.zeros(count, np.int32), hashed[pl.String][at : at + count])
        at += count
    return Keys(np.zeros(1, dtype=np.int32), single, several)
