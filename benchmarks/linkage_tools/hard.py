"""Lists that hurt, one kind at a time: what clerks really write, each against the residents of `world.py`.

A kind is a function of a person and of those who live with them; it says how the list writes that person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count

import numpy as np
import polars as pl
import world as world_maker

Row = dict
House = list[Row]
Rng = np.random.Generator
MORE = ("H. ", "Hj. ", "Drs. H. ", "Bpk. ", "Ibu ", "Ust. ", "dr. ")
BEHIND = (", S.Pd", ", S.Pd.I", " SE", ", A.Md.Keb", ", S.H., M.H.", " (alm)")
SHORT = {
    "MUHAMMAD": ("M.", "M", "Muh.", "Moh", "Mhd.", "Mochamad", "Mohamad", "Muhamad"),
    "ABDUL": ("Abd.", "A.", "Abdoel", "Abd"), "SITI": ("St.", "Sitti", "S."), "NUR": ("Nr.", "Noer", "N."),
    "ABDUL RAHMAN": ("Abdurrahman", "Abdurahman", "Abd. Rachman"),
}  # fmt: skip


def pick(rng: Rng, some) -> str:
    return str(some[int(rng.integers(len(some)))])


def titled(row: Row, house: House, rng: Rng) -> Row:
    """Title before, degree behind, words in another order, no NIK."""
    words = row["nama"].split()
    name = " ".join(words[1:] + words[:1])
    return row | {"nama": pick(rng, MORE) + name.title() + pick(rng, BEHIND), "nik": None}


def child_of(row: Row, house: House, rng: Rng) -> Row:
    """bin or binti and the head's first name, no NIK."""
    link = "bin" if row["jenis_kelamin"] == "L" else pick(rng, ("binti", "bt.", "Bt"))
    return row | {"nama": f"{row['nama']} {link} {house[0]['nama'].split()[0]}", "nik": None}


def shortened(row: Row, house: House, rng: Rng) -> Row:
    """Every word that has an abbreviation abbreviated, else the last word to its initial; no NIK."""
    name = row["nama"]
    for whole, ways in SHORT.items():
        if f"{whole} " in name:
            return row | {"nama": name.replace(whole, pick(rng, ways), 1), "nik": None}
    words = name.split()
    return row | {"nama": " ".join([*words[:-1], words[-1][0]]) if len(words) > 1 else name, "nik": None}


def one_name(row: Row, house: House, rng: Rng) -> Row:
    """One word of the name, whichever; no NIK."""
    return row | {"nama": pick(rng, row["nama"].split()), "nik": None}


def head_nik(row: Row, house: House, rng: Rng) -> Row:
    """The number of the head of the household stands at everyone."""
    return row | {"nik": house[0]["nik"]}


def swapped(row: Row, house: House, rng: Rng) -> Row:
    """Day and month swapped where that is a date, no NIK."""
    day = row["tanggal_lahir"]
    return row | {"tanggal_lahir": dt.date(day.year, min(day.day, 12), min(day.month, 28)), "nik": None}


def plus_forty(row: Row, house: House, rng: Rng) -> Row:
    """40 forgotten in a woman's number, added to a man's."""
    nik = row["nik"]
    day = int(nik[6:8])
    return row | {"nik": f"{nik[:6]}{day - 40 if day > 40 else day + 40:02d}{nik[8:]}"}


def plus_forty_only(row: Row, house: House, rng: Rng) -> Row:
    """The same where no date is written."""
    return plus_forty(row, house, rng) | {"tanggal_lahir": None}


def one_day(row: Row, house: House, rng: Rng) -> Row:
    """The whole village was born on 1 July or 31 December; no NIK."""
    month, day = (7, 1) if int(row["kode_desa"][-1]) % 2 else (12, 31)
    return row | {"tanggal_lahir": dt.date(row["tanggal_lahir"].year, month, day), "nik": None}


def of_age(row: Row, house: House, rng: Rng) -> Row:
    """A year reckoned from an age, one off at times; 1 July; no NIK."""
    year = row["tanggal_lahir"].year + int(rng.integers(-1, 2))
    return row | {"tanggal_lahir": dt.date(year, 7, 1), "nik": None}


def no_date(row: Row, house: House, rng: Rng) -> Row:
    """Name and village only."""
    return row | {"tanggal_lahir": None, "nik": None}


def next_row(row: Row, house: House, rng: Rng) -> Row:
    """Numbers slipped by a line: that of somebody else of the village (filled in by `rows`)."""
    return row | {"nik": "slipped"}


def wife_of(row: Row, house: House, rng: Rng) -> Row:
    """The head's name behind her own; no NIK."""
    return row | {"nama": f"{row['nama'].split()[0]} {house[0]['nama'].split()[0]}", "nik": None}


def moved(row: Row, house: House, rng: Rng) -> Row:
    """Another kecamatan and village, no NIK."""
    return row | {"kode_desa": row["kode_desa"][:4] + "992001", "nik": None}


def typed(row: Row, house: House, rng: Rng) -> Row:
    """Two letters wrong, no NIK."""
    name = list(row["nama"])
    for at in rng.integers(len(name), size=2):
        name[at] = chr(65 + int(rng.integers(26)))
    return row | {"nama": "".join(name), "nik": None}


def also_known(row: Row, house: House, rng: Rng) -> Row:
    """A nickname first, the name behind `alias` or in brackets; no NIK."""
    nick = pick(rng, ("Mbah Mo", "Ucok", "Butet", "Kacong", "Mas Pur", "Cak No"))
    shown = f"{nick} alias {row['nama']}" if rng.random() < 0.5 else f"{nick} ({row['nama']})"
    return row | {"nama": shown, "nik": None}


def first_digits(row: Row, house: House, rng: Rng) -> Row:
    """A spreadsheet turned the number into 3,20101E+15: the first six digits are right."""
    return row | {"nik": None, "nik_dugaan": row["nik"][:6] + "0" * 10}


def stranger(row: Row, house: House, rng: Rng) -> Row:
    """Somebody whom the register lacks: the brother or sister of a resident, a year apart."""
    day = row["tanggal_lahir"]
    pool = world_maker.MALE if row["jenis_kelamin"] == "L" else world_maker.FEMALE
    words = row["nama"].split()
    born = dt.date(day.year + 1, (day.month + 5) % 12 + 1, min(day.day, 28))
    return row | {"nama": " ".join([pick(rng, pool), *words[1:]]), "tanggal_lahir": born, "nik": None, "benar": None}


def twin(row: Row, house: House, rng: Rng) -> Row:
    """One of two twins whose names differ by a letter (made by `world`), no NIK."""
    return row | {"nik": None}


def twin_nik(row: Row, house: House, rng: Rng) -> Row:
    """One of two twins with the number of the other."""
    other = next(one for one in house if one.get("kembar") == row["kembar"] and one["nik"] != row["nik"])
    return row | {"nik": other["nik"]}


KINDS: tuple[Callable[[Row, House, Rng], Row], ...] = (
    titled, child_of, shortened, one_name, head_nik, swapped, plus_forty, plus_forty_only, one_day, of_age, no_date,
    next_row, wife_of, moved, typed, also_known, first_digits, stranger, twin, twin_nik,
)  # fmt: skip


def with_twins(people: House, rng: Rng) -> House:
    """Some residents get a twin: one letter of the name apart, the next serial, the same house."""
    more = []
    for number, row in enumerate(people):
        if row["tanggal_lahir"].year < 2006 and rng.random() < 0.02:
            words = row["nama"].split()
            at = int(rng.integers(1, len(words[0]))) if len(words[0]) > 1 else 0
            words[0] = words[0][:at] + pick(rng, [one for one in "AEIOU" if one != words[0][at]]) + words[0][at + 1 :]
            nik = f"{row['nik'][:12]}{int(row['nik'][12:]) + 500:04d}"
            row["kembar"] = number
            more.append(row | {"nama": " ".join(words), "nik": nik})
    return people + more


def make(people: int, seed: int, each: int = 400) -> tuple[world_maker.World, dict[str, str]]:
    """A province, a list of every kind, and the kind of each `id_usulan`."""
    rng = np.random.default_rng(seed)
    truth = with_twins(world_maker._people(people, rng), rng)
    houses: dict[str, House] = {}
    for row in truth:
        houses.setdefault(row["no_kk"], []).append(row)
    kinds, rows, number = dict[str, str](), list[Row](), count(5)
    adults = [row for row in truth if row["tanggal_lahir"].year < 2006]
    for kind in KINDS:
        some = [row for row in adults if fits(kind, row, houses[row["no_kk"]])]
        written = []
        for at in sorted(rng.permutation(len(some))[:each]):
            row = some[at]
            written.append(kind(row | {"benar": row["nik"]}, houses[row["no_kk"]], rng))
        slipped = [row["benar"] for row in written]
        for at, row in enumerate(written):
            if row["nik"] == "slipped":
                row["nik"] = slipped[at - 1]
            key = f"{kind.__name__}.xlsx#A#{next(number)}"
            kinds[key] = kind.__name__
            rows.append(row | {"id_usulan": key})
    return _world(truth, rows), kinds


def fits(kind: Callable[[Row, House, Rng], Row], row: Row, house: House) -> bool:
    if kind in (twin, twin_nik):
        return "kembar" in row
    if kind in (head_nik, wife_of, child_of):
        return row is not house[0]
    return "kembar" not in row


def _world(truth: House, rows: House) -> world_maker.World:
    empty = world_maker.make(60, 1)
    fixed = {"berkas": "a.xlsx", "lembar": "A", "baris": 1, "no_hp": None, "no_kk": None, "pekerjaan": None}
    listed = [
        {name: (row | fixed | {"kode_wilayah": row["kode_desa"]}).get(name) for name in empty.usulan.columns}
        for row in rows
    ]
    penduduk = [row | {"pekerjaan": "PETANI/PEKEBUN", "tanggal_meninggal": None} for row in truth]
    usulan = pl.DataFrame(listed, schema=empty.usulan.schema).with_columns(baris=pl.int_range(pl.len()))
    answers = pl.DataFrame(
        [(row["id_usulan"], row["benar"]) for row in rows],
        schema={"id_usulan": pl.String, "nik": pl.String},
        orient="row",
    )
    residents = pl.DataFrame(penduduk, schema=empty.penduduk.schema)
    return world_maker.World(usulan, residents, empty.peserta.clear(), empty.kesejahteraan.clear(), {"usulan": answers})
