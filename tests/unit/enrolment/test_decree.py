"""Annexes: who stands in them, what they add up to, and that no name can do anything but be a name."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
import typst
from pypdf import PdfReader

from jangkau.core import pdf
from jangkau.core.enrolment import decree, write_annexes

from .conftest import fund, paid, person

NASTY = ["=1+1", "+62", "-x", "@SUM(A1)", "#set page(", "$x$", "*tebal*", "<img>", "`kode`"]
NASTY += ["Łukasz ́", "日本 😀", "\u202eterbalik", "a\x07b"]
FUNDS = [fund("APBD", "APBD Provinsi"), fund("CSR", "CSR PT #Contoh* $1")]


def sheet(path: Path, name: str = "Lampiran") -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)[name].iter_rows(values_only=True))


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_one_pair_of_files_a_kabupaten(make_people, settings, tmp_path):
    people = [person(1), person(2, "6202012001"), person(3)]
    ro = make_people(people, [paid(1, "APBD"), paid(2, "CSR"), paid(3, None)], FUNDS)
    paths = write_annexes(ro, settings, tmp_path)
    assert sorted(p.name for p in paths) == ["6201.pdf", "6201.xlsx", "6202.pdf", "6202.xlsx"]
    assert "Orang 3 Contoh" not in text_of(tmp_path / "6201.pdf")
    assert "Orang 2 Contoh" in text_of(tmp_path / "6202.pdf")


def test_rows_stand_by_fund_with_subtotals_and_the_whole(make_people, settings, tmp_path):
    half = {"jumlah_bulan": 6, "iuran_total": 100_800}
    payments = [
        paid(1, "CSR"),
        paid(2, "APBD"),
        paid(3, "APBD", **half),
        paid(3, "CSR", bulan_mulai="2027-07", **half),
    ]
    write_annexes(make_people([person(i) for i in (1, 2, 3)], payments, FUNDS), settings, tmp_path)
    rows = [row for row in sheet(tmp_path / "6201.xlsx") if row[0] is not None][4:]
    assert [row[0] for row in rows] == [
        "APBD Provinsi", 1, 2, "Jumlah APBD Provinsi: 2 orang",
        "CSR PT #Contoh* $1", 1, 2, "Jumlah CSR PT #Contoh* $1: 2 orang",
        "Jumlah seluruhnya: 3 orang",
    ]  # fmt: skip
    assert rows[0][1:] == (None,) * 11
    assert [row[11] for row in rows if "Jumlah" in str(row[0])] == [302_400, 302_400, 604_800]
    assert rows[-1][9] == 36
    assert "Rp604.800" in text_of(tmp_path / "6201.pdf")
    assert sheet(tmp_path / "6201.xlsx", "Ringkasan")[-1] == ("Jumlah (orang dihitung sekali)", 3, 36, 604_800)


def test_numbers_are_numbers_dates_are_dates_and_nik_is_text(make_people, settings, tmp_path):
    write_annexes(make_people([person(1)], [paid(1, "APBD")], FUNDS), settings, tmp_path)
    page = openpyxl.load_workbook(tmp_path / "6201.xlsx")["Lampiran"]
    cells = {cell.column: cell for cell in page[6]}
    assert (cells[3].value, cells[3].data_type) == (person(1)["nik"], "s")
    assert cells[4].is_date
    assert [cells[i].value for i in (10, 11, 12)] == [12, 16_800, 201_600]
    assert page.freeze_panes == "C5"
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert page.print_title_rows == "$4:$4"


def test_a_name_is_only_ever_text(make_people, settings, tmp_path):
    people = [person(number, nama=name) for number, name in enumerate(NASTY, start=1)]
    write_annexes(make_people(people, [paid(at, "CSR") for at in range(1, len(NASTY) + 1)], FUNDS), settings, tmp_path)
    cells = [c for row in openpyxl.load_workbook(tmp_path / "6201.xlsx")["Lampiran"].iter_rows() for c in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {name.replace("\x07", "_x0007_") for name in NASTY} - {cell.value for cell in cells} == set()
    printed = text_of(tmp_path / "6201.pdf")
    assert "CSR PT #Contoh* $1" in printed
    assert [name for name in NASTY if name.isascii() and name.isprintable() and name not in printed] == []


def test_pdf_is_tagged_indonesian_and_numbered(make_people, settings, tmp_path):
    write_annexes(make_people([person(1)], [paid(1, "APBD")], FUNDS), settings, tmp_path)
    reader = PdfReader(tmp_path / "6201.pdf")
    root = reader.trailer["/Root"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "id"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert "Kotawaringin Barat" in str(reader.metadata.title)
    assert "Halaman 1 dari 1" in text_of(tmp_path / "6201.pdf")
    assert person(1)["nik"] in text_of(tmp_path / "6201.pdf")


def test_same_people_same_bytes_here_or_in_other_processes(make_people, settings, tmp_path, monkeypatch):
    people = [person(i, f"620{1 + i % 2}012001") for i in range(8)]
    payments = [paid(i, "APBD") for i in range(8)]
    here = write_annexes(make_people(people, payments, FUNDS), settings, tmp_path / "a")
    monkeypatch.setattr(decree, "_ROWS_IN_THIS_PROCESS", 3)
    monkeypatch.setattr(decree, "_ROWS_OF_A_POOL", 4)
    there = write_annexes(make_people(people[::-1], payments[::-1], FUNDS), settings, tmp_path / "b")
    assert [p.read_bytes() for p in here] == [p.read_bytes() for p in there]


def test_nobody_paid_writes_nothing(make_people, settings, tmp_path):
    assert write_annexes(make_people([person(1)], [paid(1, None)], FUNDS), settings, tmp_path) == []
    assert write_annexes(make_people([], [], []), settings, tmp_path) == []


def test_an_unknown_village_still_has_its_annex(make_people, settings, tmp_path):
    write_annexes(make_people([person(1, None)], [paid(1, "APBD")], FUNDS), settings, tmp_path)
    assert "Orang 1 Contoh" in text_of(tmp_path / "6200.pdf")


def test_a_long_annex_breaks_at_a_kecamatan_and_numbers_on(make_people, settings, tmp_path):
    people = [person(i, f"62010{1 + i // 300}2001") for i in range(600)]
    write_annexes(make_people(people, [paid(i, "APBD") for i in range(600)], FUNDS), settings, tmp_path)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO((tmp_path / "6201.pdf").read_bytes())).pages]
    first = next(text for text in pages if "Orang 300 Contoh" in text)
    assert "lanjutan" in first
    assert "Orang 299 Contoh" not in first
    assert "600 orang" in pages[-1]


@pytest.mark.parametrize("family", ["Public Sans", "Libertinus Serif"])
def test_no_letter_is_wider_than_the_estimate(family):
    letters = [c for c in map(chr, range(0x20, 0x180)) if pdf.printable(c) == c and c.isprintable()] + list(
        "□–—‘’“”…−×"
    )
    source = f"""
    #set text(font: ("{family}", "Libertinus Serif"), size: 100pt)
    #context [#metadata(json(bytes(sys.inputs.d)).map(c => measure(c).width.pt())) <w>]
    """
    found = typst.query(
        source.encode(), "<w>", field="value", one=True, font_paths=pdf._fonts(), ignore_system_fonts=True,
        sys_inputs={"d": json.dumps(letters)},
    )  # fmt: skip
    too_wide = [c for c, w in zip(letters, json.loads(found), strict=True) if decree._fits(c, w / 100 - 0.001)]
    assert not too_wide


def test_a_plan_that_is_too_short_says_so_in_red_on_both_files(make_people, settings, tmp_path):
    ro = make_people([person(1)], [paid(1, "APBD")], FUNDS)
    words = "Hanya 2 bulan: belum ada santunan kematian penuh."
    write_annexes(ro, settings, tmp_path, warning=words)
    assert words in text_of(tmp_path / "6201.pdf").replace("\n", " ")
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "6201.xlsx")["Lampiran"] for cell in row]
    (told,) = [cell for cell in cells if cell.value == words]
    assert told.font.color.rgb == "FFB3261E"
    assert told.row < next(cell.row for cell in cells if cell.value == "Orang 1 Contoh")
    write_annexes(ro, settings, tmp_path / "cukup")
    assert "Hanya" not in text_of(tmp_path / "cukup" / "6201.pdf")
