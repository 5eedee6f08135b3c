"""A new version of a decree: who left and why, who came in whose place, and the money."""

from datetime import date

import openpyxl
import pytest
from pypdf import PdfReader

from jangkau.core.enrolment.decree import Heading, write_decree
from jangkau.core.enrolment.difference import difference, write_difference

from .conftest import fund, paid, person

FUNDS = [fund("APBD", "APBD Provinsi"), fund("CSR", "CSR PT #Contoh* $1")]
HEADING = Heading(date(2027, 1, 5), 2027 * 12, 12, "560/2/2027", date(2027, 2, 1), "Pekerja rentan")
PEOPLE = [person(1), person(2), person(3, nama="=1+1 *tebal*")]


@pytest.fixture
def versions(make_people):
    before = make_people(PEOPLE, [paid(1, "APBD"), paid(2, "APBD")], FUNDS)
    less = {"jumlah_bulan": 6, "iuran_total": 100_800}
    after = make_people(PEOPLE, [paid(1, "APBD", **less), paid(3, "CSR")], FUNDS)
    return before, after


def test_who_left_who_came_and_who_is_paid_otherwise(versions):
    found = difference(*versions, {"P000002": "meninggal dunia"}, {"P000003": "P000002"})
    assert [(row.nama, row.sebab) for row in found.left] == [
        ("Orang 1 Contoh", "dibayar lain dari sebelumnya"), ("Orang 2 Contoh", "meninggal dunia"),
    ]  # fmt: skip
    assert [(row.nama, row.jumlah_bulan, row.sebab) for row in found.came] == [
        ("Orang 1 Contoh", 6, "dibayar lain dari sebelumnya"), ("=1+1 *tebal*", 12, "menggantikan Orang 2 Contoh"),
    ]  # fmt: skip


def test_the_money_is_that_of_each_fund_before_and_after(versions):
    found = difference(*versions, {}, {})
    assert [(fund.nama, fund.before, fund.after) for fund in found.money] == [
        ("APBD Provinsi", 403_200, 100_800), ("CSR PT #Contoh* $1", 0, 201_600),
    ]  # fmt: skip
    assert found.change == -100_800


def test_a_version_does_not_differ_from_itself(versions):
    found = difference(versions[0], versions[0], {}, {})
    assert (found.left, found.came, found.change) == ([], [], 0)


def test_both_files_hold_the_lists_and_names_stay_names(versions, tmp_path):
    found = difference(*versions, {"P000002": "meninggal dunia"}, {"P000003": "P000002"})
    book, pdf = write_difference(found, HEADING, "Perubahan versi 2", tmp_path / "ubah")
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == ["Keluar", "Masuk", "Uang"]
    assert not [c for s in sheets for row in s.iter_rows() for c in row if c.data_type == "f"]
    assert next(row for row in sheets["Uang"].iter_rows(values_only=True) if row[0] == "Jumlah")[3] == -100_800
    text = "\n".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert all(word in text for word in ("560/2/2027", "meninggal dunia", "menggantikan Orang 2", "=1+1 *tebal*"))
    again = write_difference(found, HEADING, "Perubahan versi 2", tmp_path / "lagi")
    assert [p.read_bytes() for p in again] == [book.read_bytes(), pdf.read_bytes()]


def test_an_annex_bears_number_and_date_of_its_decree(versions, tmp_path):
    book, pdf = write_decree(versions[0], HEADING, tmp_path)
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert "560/2/2027" in text
    assert "1 Februari 2027" in text
    assert "Pekerja rentan" in text
    cells = [cell.value for row in openpyxl.load_workbook(book)["Lampiran"].iter_rows() for cell in row]
    assert "Lampiran keputusan nomor 560/2/2027 tanggal 1 Februari 2027" in cells
