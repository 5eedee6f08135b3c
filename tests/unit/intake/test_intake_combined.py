"""Columns that hold two things."""

from datetime import date

import pytest

from jangkau.core.intake.combined import split_cell
from jangkau.core.intake.files import clean
from jangkau.core.intake.header import parts_of
from jangkau.core.intake.people import read_sheet
from jangkau.core.intake.sheets import Row, Sheet
from tests.unit.intake.grid import read, records

SITI, BUDI = "1706054105850001", "1706050205850002"
KK = "1706051010100001"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Nama / NIK", ("nama", "nik")),
        ("NIK & Nama Lengkap", ("nik", "nama")),
        ("Nama, Tempat Tanggal Lahir", ("nama", "ttl")),
        ("Nama, Tempat, Tgl Lahir", ("nama", "ttl")),
        ("No. KK dan NIK", ("no_kk", "nik")),
        ("Pekerjaan/Penghasilan", ("pekerjaan", "penghasilan")),
        ("TTL/Umur", ("ttl", "umur")),
        ("Desa/Kecamatan", ("desa", "kecamatan")),
        ("Tempat/Tgl. Lahir", ()),
        ("Kel/Desa", ()),
        ("L/P", ()),
        ("Jenis Usaha/Pekerjaan", ()),
        ("Nama Suami/Istri", ()),
        ("Nama dan Gelar", ()),
        ("Alamat, Desa, Kecamatan", ()),
    ],
)
def test_headings_of_two(text: str, fields: tuple[str, ...]) -> None:
    assert parts_of(text) == fields


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        (f"Siti Aminah / {SITI}", {"nama": "Siti Aminah", "nik": SITI}),
        (f"Siti (alm) - {SITI}", {"nama": "Siti (alm)", "nik": SITI}),
        (f"Siti Aminah, S.Pd ({SITI})", {"nama": "Siti Aminah, S.Pd", "nik": SITI}),
        (f"{SITI} Siti", {"nama": "Siti", "nik": SITI}),
        ("Siti / 1706054105O50", {"nama": "Siti", "nik": "1706054105O50"}),
        ("Siti / 170605", {"nama": "Siti", "nik": "170605"}),
        ("Siti", {"nama": "Siti"}),
        (1706054105850001.0, {"nik": 1706054105850001.0}),
        (None, {}),
    ],
)
def test_name_and_nik(cell: str | float | None, parts: dict[str, object]) -> None:
    assert split_cell(cell, ("nama", "nik")) == parts


@pytest.mark.parametrize(
    ("cell", "fields", "parts"),
    [
        ("Siti, Ipuh, 5 Mei 1990", ("nama", "ttl"), {"nama": "Siti", "ttl": "5 Mei 1990"}),
        ("Ipuh, 5-5-1990 / 36", ("ttl", "umur"), {"ttl": "5-5-1990", "umur": "36"}),
        ("L/35", ("jk", "umur"), {"jk": "L", "umur": "35"}),
        ("Siti (P)", ("nama", "jk"), {"nama": "Siti", "jk": "P"}),
        (f"{KK} {SITI}", ("no_kk", "nik"), {"no_kk": KK, "nik": SITI}),
        (
            "Tani 2 ha / Rp 900.000",
            ("pekerjaan", "penghasilan"),
            {"pekerjaan": "Tani 2 ha", "penghasilan": "Rp 900.000"},
        ),
        ("500.000 - 1 jt / Tani", ("penghasilan", "pekerjaan"), {"penghasilan": "500.000 - 1 jt", "pekerjaan": "Tani"}),
        ("Medan Jaya, Ipuh", ("desa", "kecamatan"), {"desa": "Medan Jaya", "kecamatan": "Ipuh"}),
    ],
)
def test_other_pairs(cell: str, fields: tuple[str, ...], parts: dict[str, str]) -> None:
    assert split_cell(cell, fields) == parts


def test_lines_part_a_cell() -> None:
    assert split_cell(clean("Siti Aminah\nKota Manna, 5/5/1990"), ("nama", "ttl")) == {
        "nama": "Siti Aminah",
        "ttl": "5/5/1990",
    }


def test_a_list_of_combined_columns() -> None:
    drawing = f"""
No|Nama / NIK|JK / Umur|Pekerjaan / Penghasilan
1|Siti Aminah / {SITI}|P / 41|Petani / Rp 900.000
2|Budi / 170605|L / 41|Nelayan / 1,5 juta
"""
    siti, budi = (record.values for record in records(drawing))
    assert (siti["nama"], siti["nik"], siti["jenis_kelamin"], siti["penghasilan"]) == (
        "Siti Aminah",
        SITI,
        "P",
        900_000,
    )
    assert (budi["nama"], budi["nik"], budi["pekerjaan"], budi["penghasilan"]) == ("Budi", None, "NELAYAN", 1_500_000)
    assert [(column, kode) for column, kode, _ in records(drawing)[1].problems if kode.startswith("NIK")] == [
        (1, "NIK_KURANG")
    ]
    person = read(drawing).people[0]
    assert person.row.cells == ["1", f"Siti Aminah / {SITI}", "P / 41", "Petani / Rp 900.000"]  # as it goes back


def test_a_name_column_that_also_holds_the_nik() -> None:
    drawing = f"No|Nama|Tanggal Lahir\n1|Siti Aminah ({SITI})|1-5-1985\n2|Budi ({BUDI})|2-5-1985\n"
    assert [record.values["nik"] for record in records(drawing)] == [SITI, BUDI]
    assert records(drawing)[0].values["tanggal_lahir"] == date(1985, 5, 1)


def test_headings_and_cells_on_two_lines() -> None:
    cells = [["No", "Nama\nNIK", "Tgl Lahir"], ["1", f"Siti\n{SITI}", "1/5/1985"], ["2", f"Budi\n{BUDI}", "2/5/1985"]]
    sheet = Sheet("", [Row(at, [clean(cell) for cell in row]) for at, row in enumerate(cells, start=1)])
    assert [(person.cells["nama"], person.cells["nik"]) for person in read_sheet(sheet).people] == [
        ("Siti", SITI),
        ("Budi", BUDI),
    ]


def test_a_nik_of_sixteen_cells() -> None:
    drawing = "\n".join(
        [
            "No|Nama|NIK" + "|" * 15 + "|JK",
            *(f"{n}|{name}|{'|'.join(nik)}|P" for n, name, nik in [(1, "Siti", SITI), (2, "Budi", BUDI)]),
        ]
    )
    assert [record.values["nik"] for record in records(drawing)] == [SITI, BUDI]
