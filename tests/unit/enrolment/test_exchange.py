"""Uploads: columns by the mapping, one row a person and fund, safe file names."""

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.enrolment import write_uploads
from jangkau.core.enrolment.exchange import read_mapping, safe_names
from jangkau.core.kernel.problems import Problem
from jangkau.core.tables.results import USULAN

from .conftest import fund, paid, person

FUNDS = [fund("APBD", "APBD Provinsi"), fund("../x", "CSR")]


def rows(path):
    return list(openpyxl.load_workbook(path)["Peserta"].iter_rows(values_only=True))


def test_default_columns_one_row_a_person_and_fund(make_people, settings, tmp_path):
    contacts = [("a", None), ("b", "081234567890")]
    rows_of = {"id_pekerja": "P000001", "lembar": "A", "baris": 1}
    listed = [{**rows_of, "id_usulan": f"{file}#A#1", "berkas": file, "no_hp": phone} for file, phone in contacts]
    usulan = USULAN.conform(pl.DataFrame(listed, infer_schema_length=None))
    people = [person(1, jenis_kelamin="P"), person(2)]
    ro = make_people(people, [paid(1, "APBD", jumlah_bulan=3), paid(1, "../x"), paid(2, None)], FUNDS, usulan)
    paths = write_uploads(ro, settings, tmp_path)
    assert [p.name for p in paths if p.name == "APBD.xlsx"]
    head, *body = rows(tmp_path / "APBD.xlsx")
    assert head[:5] == ("NIK", "Nama Lengkap", "Tanggal Lahir", "Jenis Kelamin", "No HP")
    assert len(body) == 1
    assert body[0][:5] == (person(1)["nik"], "Orang 1 Contoh", "10-01-1990", "PEREMPUAN", "081234567890")
    assert body[0][-5:] == ("01-2027", "03-2027", 3, 16_800, 201_600)


def test_files_stay_inside_the_folder(make_people, settings, tmp_path):
    out = tmp_path / "unggah"
    paths = write_uploads(make_people([person(1)], [paid(1, "../x")], FUNDS), settings, out)
    assert [p.resolve().parent for p in paths] == [out.resolve()]
    assert not list(tmp_path.glob("*.xlsx"))


@given(st.lists(st.text(min_size=1), unique=True, max_size=6))
def test_names_are_safe_and_distinct_on_any_file_system(codes):
    names = safe_names(codes)
    assert len({name.casefold() for name in names}) == len(codes)
    assert all(
        name and not set(name) & set('/\\:*?"<>|\0') and name[0] != "." and name[-1] not in " ." for name in names
    )


def test_plain_codes_name_their_files():
    assert safe_names(["APBD-17", "DBH Sawit 2027", "CSR_1"]) == ["APBD-17", "DBH Sawit 2027", "CSR_1"]
    first, second, third = safe_names(["csr", "CSR", "NUL"])
    assert first == "csr"
    assert second.startswith("CSR-")
    assert third.startswith("NUL-")


def test_a_workspace_brings_its_own_columns(make_people, settings, tmp_path):
    mapping = tmp_path / "unggah.yaml"
    columns = ["{judul: Nomor, kolom: nik}", "{judul: Jenis, isi: BPU}"]
    columns += ["{judul: Bayar, kolom: iuran_total, format: angka}"]
    mapping.write_text("".join(f"- {column}\n" for column in columns))
    people = make_people([person(1, nik="0123456789012345")], [paid(1, "APBD")], FUNDS)
    write_uploads(people, settings, tmp_path, mapping=mapping)
    assert rows(tmp_path / "APBD.xlsx") == [("Nomor", "Jenis", "Bayar"), ("0123456789012345", "BPU", 201_600)]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("- {judul: A, kolom: rahasia}", "tidak ada kolom rahasia"),
        ("- {judul: A}", "salah satu"),
        ("- {judul: A, kolom: nik, format: rumus}", "format"),
        ("- {judul: A, kolom: nik, warna: merah}", "warna"),
        ("[]", "tidak ada kolom"),
        ("judul: A", "daftar"),
        ("- {judul: [", "baris 1"),
    ],
)
def test_a_faulty_mapping_says_what_is_wrong(tmp_path, text, cause):
    path = tmp_path / "unggah.yaml"
    path.write_text(text)
    with pytest.raises(Problem) as raised:
        read_mapping(path)
    assert raised.value.kind.kode == "PEMETAAN_SALAH"
    assert cause in raised.value.pesan


def test_no_cell_is_a_formula(make_people, settings, tmp_path):
    write_uploads(make_people([person(1, nama='=HYPERLINK("x")')], [paid(1, "APBD")], FUNDS), settings, tmp_path)
    cells = [c for row in openpyxl.load_workbook(tmp_path / "APBD.xlsx")["Peserta"].iter_rows() for c in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert cells[18].value == '=HYPERLINK("x")'


def test_same_bytes_twice(make_people, settings, tmp_path):
    people = make_people([person(1), person(2)], [paid(1, "APBD"), paid(2, "APBD")], FUNDS)
    (one,), (two,) = (write_uploads(people, settings, tmp_path / name) for name in "ab")
    assert one.read_bytes() == two.read_bytes()


def test_nobody_paid_writes_nothing(make_people, settings, tmp_path):
    assert write_uploads(make_people([], [], FUNDS), settings, tmp_path) == []


def test_a_plan_that_is_too_short_says_so_in_red_beside_an_unchanged_first_sheet(make_people, settings, tmp_path):
    people = make_people([person(1)], [paid(1, "APBD")], FUNDS)
    (plain,) = write_uploads(people, settings, tmp_path / "a")
    (warned,) = write_uploads(people, settings, tmp_path / "b", warning="Hanya 2 bulan.")
    assert rows(plain) == rows(warned)
    assert openpyxl.load_workbook(plain).sheetnames == ["Peserta"]
    book = openpyxl.load_workbook(warned)
    assert book.active.title == "Peserta"
    cell = book["Peringatan"]["A1"]
    assert (cell.value, cell.font.color.rgb) == ("Hanya 2 bulan.", "FFB3261E")
