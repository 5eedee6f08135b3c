"""At which level two values meet: names and birth dates as lists and registers write them."""

from datetime import date

import pytest

from jangkau.core.linkage.explain import explain, meaning
from jangkau.core.linkage.linker import here
from jangkau.core.linkage.model import load

BORN = date(1980, 5, 17)
# More than a hundred of these make a word common.
CROWD = [f"{first} SAPUTRA" for first in ("AGUS", "RUDI", "HERI") for _ in range(40)]


def level(small, comparison, listed, resident, *others):
    """What the waterfall says of one comparison of a proposal and a resident of one number's first fifteen digits."""
    row = {"id_usulan": "u", "nik": None, "nik_dugaan": "330201170580000", "tanggal_lahir": BORN} | listed
    known = {"nik": "3302011705800009", "tanggal_lahir": BORN} | resident
    crowd = [
        {"nik": f"33020112019{at:05}", "nama": name, "tanggal_lahir": date(1990, 1, 12)}
        for at, name in enumerate(others)
    ]
    with here(small.usulan(row), {"penduduk": small.penduduk(known, *crowd)}, load()) as search:
        found = explain(search, "usulan", "penduduk", "penduduk")
    return next(bar.isi for bar in found[0, 0].bars if bar.kode == comparison)


@pytest.mark.parametrize(
    ("listed", "register", "label"),
    [
        ("BUDI SANTOSO", "BUDI SANTOSO", "sama"), ("BOEDI SANTOSO", "BUDI SANTOSO", "sebunyi"),
        ("SANTOSO BUDI", "BUDI SANTOSO", "sebunyi"), ("BUDISANTOSO", "BUDI SANTOSO", "huruf sama"),
        ("BUDI S", "BUDI SANTOSO", "disingkat"), ("B SANTOSO", "BUDI SANTOSO", "disingkat"),
        ("BUDI SANTOSO", "BUDI EKO SANTOSO", "termuat"), ("SANTOSO", "BUDI SANTOSO", "satu kata saja"),
        ("BUDI", "BUDI SANTOSO", "satu kata saja"), ("AMINAH", "SITI AMINAH", "satu kata saja"),
        ("BUDI SANTOSA", "BUDI SANTOSO", "mirip"), ("TENA", "TINA", "satu huruf"), ("LWIS", "LUIS", "satu huruf"),
        ("BUDI SANTOSO", "BUDI HERMAWAN", "satu kata"), ("SRI", "SRI REJEKI", "kata umum"),
        ("SITI", "SITI AMINAH", "kata umum"), ("ANI", "ANU", "lain"), ("BUDI", "HERMAWAN", "lain"),
        ("MUHAMMAD UMAR", "MUHAMMAD KASRAN", "lain"), ("SITI ANI", "SITI UMI", "lain"),
    ],
)  # fmt: skip
def test_names_meet_at(small, listed, register, label):
    assert level(small, "nama", {"nama": listed}, {"nama": register}) == meaning("nama", label)


def test_a_word_that_many_bear_is_not_a_stranger(small):
    alone = level(small, "nama", {"nama": "SAPUTRA"}, {"nama": "HERWANSYAH SAPUTRA"}, *CROWD)
    assert alone == meaning("nama", "kata umum")
    beside = level(small, "nama", {"nama": "WIRYA SAPUTRA"}, {"nama": "HERWANSYAH SAPUTRA"}, *CROWD)
    assert beside == meaning("nama", "kata umum")
    rare = level(small, "nama", {"nama": "HERWANSYAH"}, {"nama": "HERWANSYAH SAPUTRA"}, *CROWD)
    assert rare == meaning("nama", "satu kata saja")


@pytest.mark.parametrize(
    ("listed", "label"),
    [
        (BORN, "sama"), (date(1981, 5, 17), "tahun meleset"), (date(1970, 5, 17), "tahun meleset"),
        (date(1978, 5, 17), "tahun meleset"), (date(1975, 5, 17), "hari-bulan sama"),
        (date(1980, 5, 18), "satu bagian beda"), (date(1980, 6, 17), "satu bagian beda"),
        (date(1980, 1, 1), "tahun sama, hari bawaan"), (date(1980, 7, 1), "tahun sama, hari bawaan"),
        (date(1981, 7, 1), "tahun meleset satu, hari bawaan"), (date(1982, 7, 1), "lain"),
        (date(1980, 2, 3), "tahun sama"), (date(1961, 2, 3), "lain"),
    ],
)  # fmt: skip
def test_birth_dates_meet_at(small, listed, label):
    told = level(small, "lahir", {"nama": "BUDI", "tanggal_lahir": listed}, {"nama": "BUDI"})
    assert told == meaning("lahir", label)


def test_a_day_and_month_may_be_swapped(small):
    swapped = {"nama": "BUDI", "tanggal_lahir": date(1980, 3, 5)}
    told = level(small, "lahir", swapped, {"nama": "BUDI", "tanggal_lahir": date(1980, 5, 3)})
    assert told == meaning("lahir", "hari-bulan tertukar")
