"""Every fault of a law file is a problem that names the file and the line."""

from decimal import Decimal

import polars as pl
import pytest

from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.law.contributions import contributions
from jangkau.core.law.schema import read_parameter

GOOD = """judul: Iuran
arti: Sesuatu.
satuan: rupiah
bentuk: angka
nilai:
  - dari: 2020-01
    nilai: 1_000
    rujukan: PP 1/2020
    keyakinan: tinggi
  - dari: 2021-02-07
    sampai: 2022-03
    nilai: 2.5
    rujukan: PP 2/2021
    keyakinan: rendah
    catatan: lemah
"""


def fault(text: str) -> str:
    with pytest.raises(Problem) as caught:
        read_parameter("a.b", "a/b.yaml", text)
    assert caught.value.kind.kode == "HUKUM_BERKAS_SALAH"
    return caught.value.pesan


def test_a_good_file_is_read_with_its_dates() -> None:
    first, second = read_parameter("a.b", "a/b.yaml", GOOD).values
    assert (str(first.since), str(first.until), first.content) == ("2020-01-01", "2021-02-06", 1000)
    assert (str(second.since), str(second.until), second.content) == ("2021-02-07", "2022-03-31", Decimal("2.5"))
    assert second.note == "lemah"


@pytest.mark.parametrize(
    ("old", "new", "line", "cause"),
    [
        ("satuan: rupiah", "satuan: rupiah\nwarna: biru", 4, "kunci 'warna' tidak dikenal"),
        ("satuan: rupiah\n", "", 1, "kunci satuan tidak ada"),
        ("satuan: rupiah", "satuan: rupiah\nsatuan: rupiah", 4, "tertulis dua kali"),
        ("satuan: rupiah", "satuan: ''", 3, "satuan kosong"),
        ("bentuk: angka", "bentuk: gambar", 4, "bentuk 'gambar' tidak dikenal"),
        ("    rujukan: PP 1/2020\n", "", 6, "kunci rujukan tidak ada"),
        ("rujukan: PP 1/2020", "rujukan: ''", 8, "rujukan kosong"),
        ("keyakinan: tinggi", "keyakinan: pasti", 9, "keyakinan 'pasti' tidak dikenal"),
        ("dari: 2020-01\n", "dari: Januari\n", 6, "tanggal ditulis"),
        ("dari: 2020-01\n", "dari: 2020-13\n", 6, "tanggal ditulis"),
        ("nilai: 1_000", "nilai: seribu", 7, "'seribu' bukan angka"),
        ("dari: 2021-02-07", "dari: 2019-01", 10, "tumpang tindih"),
        ("dari: 2020-01\n", "dari: 2020-01\n    sampai: 2021-03\n", 11, "tumpang tindih"),
        ("dari: 2020-01\n", "dari: 2020-01\n    sampai: 2020-12\n", 11, "ada sela"),
        ("sampai: 2022-03", "sampai: 2021-01", 10, "sampai lebih awal"),
        ("sampai: 2022-03", "hingga: 2022-03", 11, "kunci 'hingga' tidak dikenal"),
        ("judul: Iuran", "judul: [", 3, "bukan YAML yang sah"),
        ("judul: Iuran", "peringatan: awas\njudul: Iuran", 1, "hanya untuk bentuk pilihan"),
    ],
)
def test_a_fault_names_its_line(old: str, new: str, line: int, cause: str) -> None:
    assert old in GOOD
    said = fault(GOOD.replace(old, new, 1))
    assert "a/b.yaml" in said
    assert f"baris {line} salah" in said
    assert cause in said


def test_an_empty_file_and_a_list_are_faults() -> None:
    assert "harus berisi kunci" in fault("")
    assert "harus berisi kunci" in fault("- a\n- b\n")


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("[[0, 1], [5]]", "jenjang ditulis"),
        ("[[1, 1]]", "mulai dari 0"),
        ("[[0, 1], [0, 2]]", "selalu naik"),
        ("3", "harus daftar"),
        ("[]", "harus daftar"),
    ],
)
def test_steps_rise_from_zero(content: str, cause: str) -> None:
    text = GOOD.replace("bentuk: angka", "bentuk: jenjang").replace("nilai: 1_000", f"nilai: {content}")
    assert cause in fault(text)


def test_a_table_needs_entries() -> None:
    text = GOOD.replace("bentuk: angka", "bentuk: peta")
    assert "harus peta" in fault(text)
    assert "nilai kosong" in fault(text.replace("nilai: 1_000", "nilai: {A: [1]}"))


def test_a_setting_needs_options_and_a_warning() -> None:
    text = GOOD.replace("bentuk: angka", "bentuk: pilihan")
    assert "perlu kunci 'pilihan'" in fault(text)
    text = text.replace("judul:", "pilihan: [A, B]\njudul:")
    assert "perlu kunci 'peringatan'" in fault(text)
    assert "bukan salah satu pilihan" in fault(text.replace("judul:", "peringatan: Belum tegas.\njudul:"))


def test_a_table_that_lacks_what_a_price_needs_names_file_and_line() -> None:
    text = GOOD.replace("bentuk: angka", "bentuk: peta").replace("nilai: 1_000", "nilai: {1: 0.24}")
    table = read_parameter("pu.jkk", "pu/jkk.yaml", text.replace("nilai: 2.5", "nilai: {1: 1}"))
    book = Book({**Book.load().parameters, "pu.jkk": table})
    with pytest.raises(Problem, match=r"pu/jkk\.yaml baris 6 .*'2' tidak ada"):
        contributions(pl.DataFrame({"bulan": [24300]}), book)
