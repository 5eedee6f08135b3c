"""A batch as it is sent: one reference and one signature a row, the same file for the same people."""

from datetime import date
from typing import Any

import openpyxl
import polars as pl
import pytest

from jangkau.core.engine import frame
from jangkau.core.enrolment.batch import SIGNED, arranged, signatures, write_batch
from jangkau.core.enrolment.exchange import parse_mapping, read_mapping

from .conftest import place

ON = date(2027, 1, 5)
FUND = {"urut_dana": 0, "dana": "APBD", "nama_dana": "APBD Provinsi", "jenis_dana": "APBD_PROV"}
PAID = {"bulan_mulai": "2027-01", "jumlah_bulan": 3, "iuran_per_bulan": 16_800, "iuran_total": 50_400}


def row(number: int, **changes: Any) -> dict[str, Any]:
    person = {
        "id_pekerja": str(number), "nik": f"62010110019000{number:02d}", "nama": f"Orang {number}",
        "tanggal_lahir": date(1990, 1, 10), "jenis_kelamin": "L", "kode_desa": "6201012001", "pekerjaan": "TANI",
    }  # fmt: skip
    return {**person, **FUND, **PAID, **changes}


def rows(*given: dict[str, Any]):
    return frame(pl.DataFrame(list(given), infer_schema_length=None))


def test_a_signature_is_that_of_the_row_alone():
    both = signatures(rows(row(1), row(2)))
    assert both[0] != both[1]
    assert signatures(rows(row(2), row(1))) == both[::-1]
    assert all(len(text) == 64 for text in both)


CHANGES = {
    "nik": "6201011001900099", "nama": "Orang Lain", "tanggal_lahir": date(1990, 1, 11), "jenis_kelamin": "P",
    "dana": "CSR", "bulan_mulai": "2027-02", "jumlah_bulan": 4, "iuran_total": 50_401,
}  # fmt: skip


@pytest.mark.parametrize("name", SIGNED)
def test_every_signed_field_changes_the_signature(name):
    assert signatures(rows(row(1, **{name: CHANGES[name]}))) != signatures(rows(row(1)))


def test_capitals_and_what_is_not_signed_change_nothing():
    assert signatures(rows(row(1, nama="ORANG 1", pekerjaan="LAIN"))) == signatures(rows(row(1)))


def test_fields_cannot_run_into_one_another():
    first, second = row(1, nik="1", nama='2","3'), row(1, nik='1","2', nama="3")
    assert signatures(rows(first)) != signatures(rows(second))


def test_rows_are_numbered_in_the_order_of_a_decree_whatever_order_they_come_in():
    given = [row(2, nama="Budi"), row(1, nama="Ani"), row(3, nama="Cici", kode_desa="6201010001")]
    there, back = arranged(rows(*given), "B7", place), arranged(rows(*given[::-1]), "B7", place)
    assert there.to_native().equals(back.to_native())
    assert there["kunci"].to_list() == ["B7-000001", "B7-000002", "B7-000003"]
    assert there["tanda"].to_list() == [text[:16] for text in there["tanda_tangan"].to_list()]


def test_the_file_holds_reference_and_signature_where_the_mapping_asks(tmp_path):
    columns = parse_mapping("[{judul: Ref, kolom: kunci}, {judul: NIK, kolom: nik}, {judul: T, kolom: tanda}]", "x")
    made = arranged(rows(row(1)), "B7", place)
    write_batch(made, columns, tmp_path / "a.xlsx", ON)
    body = list(openpyxl.load_workbook(tmp_path / "a.xlsx")["Peserta"].iter_rows(values_only=True))
    assert body == [("Ref", "NIK", "T"), ("B7-000001", row(1)["nik"], made["tanda"].to_list()[0])]


def test_the_same_rows_give_the_same_bytes_and_fields_that_are_not_known_stay_empty(tmp_path):
    made = arranged(rows(row(1), row(2, nama="=1+1")), "B7", place)
    sums = {write_batch(made, read_mapping(), tmp_path / name, ON) for name in ("a.xlsx", "b.xlsx")}
    assert len(sums) == 1
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Peserta"]
    head = [cell.value for cell in sheet[1]]
    assert sheet[3][head.index("No HP")].value is None
    assert sheet[2][head.index("Nama Lengkap")].data_type == "s"
