"""Layouts that villages really send, drawn as text."""

from datetime import date
from time import perf_counter

import pytest

from jangkau.core.intake.header import field_of
from jangkau.core.intake.sheets import Merge
from tests.unit.intake.grid import read, records

SITI, BUDI, JOKO = "1706054105850001", "1706050205850002", "1706050305850003"


def names(drawing: str, *, merges: list[Merge] | None = None) -> list[str | None]:
    return [record.values["nama"] for record in records(drawing, merges=merges)]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("NIK", "nik"),
        ("No. KTP", "nik"),
        ("N I K", "nik"),
        ("Nomor Induk Kependudukan (16 digit)", "nik"),
        ("NO.NIK/KTP", "nik"),
        ("No KK", "no_kk"),
        ("Nomor Kartu Keluarga", "no_kk"),
        ("Nama", "nama"),
        ("NAMA LENGKAP (Sesuai KTP)", "nama"),
        ("Nama Penerima Bantuan Iuran", "nama"),
        ("NMAA LENGKPA", "nama"),
        ("TTL", "ttl"),
        ("Tempat/Tgl. Lahir", "ttl"),
        ("Tempat, Tanggal\nLahir", "ttl"),
        ("TGL LAHR", "tanggal_lahir"),
        ("JK", "jk"),
        ("L/P", "jk"),
        ("Jns. Kelamin", "jk"),
        ("RT/RW", "rtrw"),
        ("Kel/Desa", "desa"),
        ("Desa/Kelurahan", "desa"),
        ("Kec.", "kecamatan"),
        ("Jenis Usaha/Pekerjaan", "pekerjaan"),
        ("Mata Pencaharian", "pekerjaan"),
        ("Penghasilan/bln (Rp)", "penghasilan"),
        ("No HP/WA", "no_hp"),
        ("Ket", "keterangan"),
        ("Nama Ibu Kandung", "lain"),
        ("Nama Kepala Keluarga", "nama_keluarga"),
        ("Nama Desa", "desa"),
        ("Tanggal Pendataan", "lain"),
        ("NIK Ahli Waris", "lain"),
        ("Identitas", "grup"),
        ("Siti Aminah", None),
    ],
)
def test_headings(text: str, field: str | None) -> None:
    assert field_of(text) == field


def test_two_heading_rows_with_a_numbering_row() -> None:
    drawing = f"""
DAFTAR USULAN
NO|IDENTITAS|||LAHIR||JK
 |NO KK|NAMA|NIK|TEMPAT|TANGGAL|
(1)|(2)|(3)|(4)|(5)|(6)|(7)
1|1706051234560001|SITI|{SITI}|Ipuh|1-5-1985|P
"""
    values = records(drawing, merges=[(2, 1, 2, 3), (2, 4, 2, 5)])[0].values
    assert (values["nama"], values["nik"], values["no_kk"]) == ("SITI", SITI, "1706051234560001")
    assert (values["tanggal_lahir"], values["jenis_kelamin"]) == (date(1985, 5, 1), "P")


def test_place_and_date_under_one_heading_without_a_second_row() -> None:
    found = records(f"No|Nama|NIK|TTL||JK\n1|SITI|{SITI}|Ipuh|1/5/1985|P")
    assert found[0].values["tanggal_lahir"] == date(1985, 5, 1)


def test_ticked_sex_and_three_column_dates() -> None:
    drawing = f"""
No|Nama|NIK|Tanggal Lahir|||Jenis Kelamin|
 | | |Tgl|Bln|Thn|L|P
1|SITI|{SITI}|#1|#5|#1985||v
2|BUDI|{BUDI}|02|Mei|85|√|
"""
    values = [record.values for record in records(drawing, merges=[(1, 3, 1, 5), (1, 6, 1, 7)])]
    assert [v["jenis_kelamin"] for v in values] == ["P", "L"]
    assert [v["tanggal_lahir"] for v in values] == [date(1985, 5, 1), date(1985, 5, 2)]


def test_names_and_niks_under_each_others_heading() -> None:
    found = records(f"No|Nama|NIK\n1|{SITI}|SITI AMINAH\n2|{BUDI}|BUDI SANTOSO")
    assert [(r.values["nama"], r.values["nik"]) for r in found] == [("SITI AMINAH", SITI), ("BUDI SANTOSO", BUDI)]


def test_several_lists_on_one_sheet_each_with_its_columns_and_village() -> None:
    drawing = f"""
DESA MEDAN JAYA KEC IPUH
No|Nama|NIK|JK
1|SITI|{SITI}|P
Jumlah|1

DESA AIR BULUH KEC IPUH
NIK|Nama|Pekerjaan
{BUDI}|BUDI|tani
"""
    values = [record.values for record in records(drawing)]
    assert [(v["nama"], v["kode_desa"], v["pekerjaan"]) for v in values] == [
        ("SITI", "1706052007", None),
        ("BUDI", "1706052004", "TANI"),
    ]


def test_two_lists_side_by_side() -> None:
    assert names(f"No|Nama|NIK||No|Nama|NIK\n1|SITI|{SITI}||2|BUDI|{BUDI}\n3|JOKO|{JOKO}||||") == [
        "SITI",
        "BUDI",
        "JOKO",
    ]


def test_a_list_without_heading_is_read_by_its_content_and_said_so() -> None:
    reading = read(f"1|SITI AMINAH|{SITI}|P|petani\n2|BUDI SANTOSO|{BUDI}|L|nelayan\n3|JOKO WIDODO|{JOKO}|L|petani")
    assert [(p.cells["nama"], p.cells["jk"]) for p in reading.people] == [
        ("SITI AMINAH", "P"),
        ("BUDI SANTOSO", "L"),
        ("JOKO WIDODO", "L"),
    ]
    assert [kode for _, _, kode, _ in reading.remarks] == ["TANPA_TAJUK"]


def test_a_form_that_cannot_be_understood_is_a_problem_and_nobody_is_invented() -> None:
    reading = read(f"FORMULIR\nNama|: SITI AMINAH\nNIK|: {SITI}\nLahir|: Ipuh, 1 Mei 1985")
    assert not reading.people
    assert [kode for _, _, kode, _ in reading.remarks] == ["TAJUK_TIDAK_DITEMUKAN"]


@pytest.mark.parametrize(
    "drawing",
    [
        "Isi kolom nama dan NIK sesuai KTP",
        "No|Nama Desa|Jumlah Usulan\n1|Medan Jaya|20\nJumlah||20",
        "No|Nama Desa|Nama Petugas|No HP\n1|Medan Jaya|AMIR|081234567890",
    ],
)
def test_sheets_without_a_list_are_passed_over(drawing: str) -> None:
    reading = read(drawing)
    assert (reading.people, reading.remarks) == ([], [])


def test_what_is_no_person_is_left_out() -> None:
    drawing = f"""
No|Nama|NIK|JK|Pekerjaan|Ket
Contoh|Fulan bin Fulan|1234567890123456|L||
1|SITI AMINAH|{SITI}|P|Kepala Desa|
DUSUN II
2|NIHIL|||||
|Sub Total|||#2|
3||{BUDI}|L||
4|||||
5|JOKO|-|L|Sekretaris Desa|
No|Nama|NIK|JK|Pekerjaan|Ket
6|KADES SUKMA|||Petani|
*) sesuai KTP
Jumlah Penerima : 4 orang
|Mengetahui,||||Ipuh, 12 Maret 2026
|Camat Ipuh||||Kepala Desa Medan Jaya
|DRS. AMIR||||SUKARDI
|NIP. 196705051990031001||||
"""
    found = records(drawing)
    assert [record.values["nama"] for record in found] == ["SITI AMINAH", None, "JOKO", "KADES SUKMA"]
    assert [kode for record in found for _, kode, _ in record.problems if kode.startswith("NAMA")] == ["NAMA_KOSONG"]


def test_duplicates_and_rows_without_nik_are_kept() -> None:
    assert names(f"Nama|NIK|JK\nSITI|{SITI}|P\nSITI|{SITI}|P\nEdi||\nUJANG|-|L") == ["SITI", "SITI", "Edi", "UJANG"]


def test_a_line_that_may_be_a_person_is_not_dropped_silently() -> None:
    reading = read(f"No|Nama|NIK\n1|SITI|{SITI}\n2|BUDI|{BUDI}\n|Rombongan Bahari|\n3|JOKO|{JOKO}")
    assert len(reading.people) == 3
    assert [(row, kode) for row, _, kode, _ in reading.remarks] == [(4, "BARIS_TIDAK_DIBACA")]


def test_numeric_niks_that_kept_their_last_digit_are_certain() -> None:
    rows = "\n".join(f"{i}|ORANG {'ABCDEFGHIJKL'[i]}|#17060541058{i:02d}001" for i in range(12))
    found = records(f"No|Nama|NIK\n{rows}\n13|LAIN|#1706054105850010")
    assert found[-1].values["nik"] == "1706054105850010"


def test_numeric_niks_that_end_in_zero_are_uncertain() -> None:
    found = records(f"No|Nama|NIK\n1|SITI|#{SITI}\n2|BUDI|#1706050205850000\n3|JOKO|#1706050305850010")
    assert [r.values["nik"] for r in found] == [SITI, None, None]
    assert found[2].values["nik_dugaan"] == "1706050305850010"
    column, kode, words = found[1].problems[0]
    assert (column, words["teks"]) == (2, "1706050205850000")
    assert kode.startswith("NIK_")


def test_nik_that_disagrees_with_the_list_is_a_warning_not_a_refusal() -> None:
    found = records(f"Nama|NIK|JK|Tgl Lahir\nSITI|{SITI}|L|2/5/1985")[0]
    assert found.values["nik"] == SITI
    assert {"NIK_BEDA_TANGGAL", "NIK_BEDA_KELAMIN"} <= {kode for _, kode, _ in found.problems}


@pytest.mark.parametrize("piece", [".", "(", "1", "a ", "Desa ", "- ", "Rp", "\t/"])
def test_cells_of_great_length_cost_little(piece: str) -> None:
    long = (piece * 32_000)[:32_000]
    rows = "\n".join(f"{i}|{long}|{long}|{long}|{long}|{long}" for i in range(3))
    began = perf_counter()
    records(f"No|Nama|NIK|TTL|Penghasilan|No HP\n1|SITI|{SITI}|Ipuh, 1/5/1985|1 jt|-\n{rows}\nSukamaju, {long}\n{long}")
    assert perf_counter() - began < 5
