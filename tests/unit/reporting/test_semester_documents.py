"""The four documents of a half year: tagged PDFs with the right words, a workbook with real numbers."""

import json

import half_years as h
import openpyxl
import pytest
from pypdf import PdfReader

from jangkau.core.kernel.semester import KINDS
from jangkau.core.reporting.semester import key_numbers, write_semester
from jangkau.core.reporting.semester_figures import Picked
from jangkau.core.reporting.semester_input import FundState
from jangkau.core.reporting.semester_tables import change_table, children_table, series_table, tables

NASTY = '=HYPERLINK("http://x")'


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    made = h.material(dana=(*h.material().dana, FundState(NASTY, 5, 0, 0, 0, 0, 0)), catatan=("+cmd|' /C calc'!A0",))
    return write_semester(made, tmp_path_factory.mktemp("semester"))


def text_of(path):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def nodes(node):
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for kid in node:
            yield from nodes(kid)
    elif isinstance(node, dict):
        yield node
        yield from nodes(node.get("/K", []))


def test_the_report_tells_in_order_and_ends_with_its_sources(whole):
    text = text_of(whole["laporan"])
    marks = (
        "Perlindungan pekerja Kabupaten Contoh", "8.940 dari 21.300", "Ringkasan Kabupaten Contoh",
        "Terlalu sedikit bulan", "Yang perlu diputuskan", "Angka utama dan asalnya",
        "Semua 8 kecamatan naik. Terendah Air Jernih, 20,9%.", "Apa yang mengubahnya", "Dari daftar sampai klaim",
        "Rapor", "Angka berdampingan", "Target 2026", "Perkiraan ke depan", "Tindak lanjut",
        "Lampiran: definisi dan sumber", "Sakernas BPS, Agustus 2025",
    )  # fmt: skip
    at = 0
    for mark in marks:
        at = text.index(mark, at)
    assert h.material().sidik[:8] not in text  # another material: its own print
    assert text.count("beku 3 Juli 2026") >= len(PdfReader(whole["laporan"]).pages) - 1


@pytest.mark.parametrize("kind", ["laporan", "ringkas", "poster"])
def test_pdfs_are_tagged_indonesian_with_fonts_inside_and_pictures_described(whole, kind):
    reader = PdfReader(whole[kind])
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "id"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    kinds = list(nodes(root["/StructTreeRoot"]))
    assert [n for n in kinds if n.get("/S") == "/Figure" and "Air Jernih" in n.get("/Alt", "")]
    assert {"/H1"} <= {n.get("/S") for n in kinds}
    fonts = {f.get_object() and f.get_object()["/BaseFont"] for f in reader.pages[0]["/Resources"]["/Font"].values()}
    assert all("+PublicSans" in font for font in fonts)
    for font in reader.pages[0]["/Resources"]["/Font"].values():
        below = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(below)


def test_the_brief_has_two_pages_and_the_poster_one_wide_one(whole):
    assert len(PdfReader(whole["ringkas"]).pages) == 2
    (page,) = PdfReader(whole["poster"]).pages
    assert float(page.mediabox.width) / float(page.mediabox.height) == pytest.approx(16 / 9, abs=0.01)


def test_the_workbook_has_a_sheet_a_table_with_real_numbers(whole):
    book = openpyxl.load_workbook(whole["excel"])
    assert book.sheetnames[0] == "Ringkasan"
    assert {"Angka utama", "Dana", "Rapor", "Tindak lanjut", "Definisi", "Semua angka", "Sumber"} <= set(
        book.sheetnames
    )
    sheet = book["Cakupan pekerja rentan menurut"]
    head = [cell.value for cell in sheet[3]]
    row = dict(zip(head, sheet[4], strict=True))
    assert row["Kini"].value == 2120
    assert row["Kini (%)"].value == pytest.approx(2120 / 3420)
    assert row["Kini (%)"].number_format == "0.0%"
    assert len(sheet._charts) == 1
    assert any("sha256" in str(row[0].value) for row in book["Ringkasan"])


def test_nothing_in_the_workbook_is_a_formula(whole):
    book = openpyxl.load_workbook(whole["excel"])
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [cell for cell in cells if cell.value == NASTY and cell.quotePrefix]


def test_same_material_same_bytes_and_the_print_follows_the_data(tmp_path):
    first, again = (write_semester(h.material(), tmp_path / name) for name in "ab")
    assert all(first[kind].read_bytes() == again[kind].read_bytes() for kind in KINDS)
    shuffled = h.material(angka=h.frame(h.rows()[::-1]))
    assert shuffled.sidik == h.material().sidik
    assert h.material(nama="Lain").sidik != shuffled.sidik
    assert h.material(angka=h.frame(h.rows()[:-1])).sidik != shuffled.sidik


@pytest.mark.parametrize(
    "given",
    [
        {"angka": h.frame([]), "dana": None, "rapor": (), "corong": (), "perubahan": None, "akhir": None, "target": ()},
        {"bagian": (), "dana": (), "nama": "Desa #Uji $x$ *y* <z> 日本", "definisi": ()},
        {"angka": h.frame([h.figure(whole=None), *(h.figure(c, whole=None) for c in h.PLACES)]), "aturan": None},
        {"bagian": tuple((f"17{at:04d}", f"Wilayah {at}") for at in range(40))},
    ],
)
def test_every_region_has_its_documents(tmp_path, given):
    made = h.material(**given)
    found = write_semester(made, tmp_path)
    assert made.nama[:4] in text_of(found["laporan"])
    assert len(PdfReader(found["poster"]).pages) == 1
    if made.angka.is_empty():
        assert "Belum ada data" in text_of(found["ringkas"])


def test_the_steps_of_a_change_add_up():
    table = change_table(Picked(h.material()))
    assert sum(row[1] for row in table.baris) == table.jumlah[1] == 8940


def test_children_without_a_comparable_past_have_no_change():
    rows = [h.figure(), h.figure("170501", h.BEFORE, 5, 10, versi="0"), h.figure("170501", part=7, whole=10)]
    table = children_table(Picked(h.material(angka=h.frame(rows))))
    assert table.baris[0][:5] == ("Muara Baru", 10, None, 7, None)
    assert table.baris[1][1:] == (None,) * 6


def test_a_series_break_is_marked_in_its_row():
    rows = [h.figure(per=h.BEFORE, part=6420, versi="0"), h.figure()]
    table = series_table(Picked(h.material(angka=h.frame(rows))))
    assert [row[-1] for row in table.baris] == ["", "deret putus: definisi atau penyebut lain"]


def test_key_numbers_begin_with_the_main_one_and_are_plain():
    first, *rest = key_numbers(h.material())
    assert (first["indikator"], first["pembilang"], first["angka"], first["per"]) == (
        "cakupan_rentan", 8940, "42,0%", "2026-06-30"
    )  # fmt: skip
    assert [row["indikator"] for row in rest] == ["perlindungan_penuh", "cakupan"]
    assert json.loads(json.dumps(first)) == first


def test_no_table_repeats_the_name_of_another():
    names = [grid.judul for grid in tables(Picked(h.material()))]
    assert len(names) == len(set(names))
