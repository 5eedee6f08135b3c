"""The workbook that goes back: marked cells, comments, rows that can be joined again, no formulas, same bytes."""

from pathlib import Path

import openpyxl
import polars as pl

from jangkau.core.engine import frame
from jangkau.core.intake import Intake, write_returns
from jangkau.core.intake.returns import sheet_names
from tests.unit.intake.test_intake_folder import read_one

ROWS: list[list[object]] = [
    ["DESA MEDAN JAYA KEC IPUH"],
    ["No", "Nama", "NIK", "Tgl Lahir"],
    [1, "SITI", "170605410585000", "31/02/1985"],
    [2, "BUDI", "1706050205850002", "2/5/1985"],
    [3, "'=HYPERLINK(1)", "", "3/5/1985"],
]


def made(folder: Path) -> Intake:
    (folder / "kosong.xlsx").write_bytes(b"")
    return read_one(folder, "kec/Usulan A.xlsx", "Data", ROWS)


def test_problem_cells_are_marked_and_explained(tmp_path: Path) -> None:
    found = made(tmp_path)
    write_returns(found, found.masalah, tmp_path / "masalah.xlsx")
    book = openpyxl.load_workbook(tmp_path / "masalah.xlsx")
    assert book.sheetnames == ["Ringkasan", "Usulan A", "kosong"]
    page = book["Usulan A"]
    rows = {
        row[1].value: row
        for row in page.iter_rows()
        if isinstance(row[1].value, str) and row[1].value.startswith("Data#")
    }
    assert list(rows) == ["Data#3", "Data#5"]
    nik, born = rows["Data#3"][4], rows["Data#3"][5]
    assert (nik.value, born.value) == ("170605410585000", "31/02/1985")
    assert nik.fill.fgColor.rgb == "FFF8CBAD"
    assert "15 angka" in nik.comment.text
    assert "31/02/1985" in born.comment.text
    assert rows["Data#5"][3].data_type == "s"
    assert "kosong" in str(book["kosong"].cell(4, 3).value).lower()


def test_problems_of_later_stages_and_the_index(tmp_path: Path) -> None:
    found = made(tmp_path)
    twice = pl.DataFrame(
        {
            "berkas": ["kec/Usulan A.xlsx"],
            "lembar": ["Data"],
            "baris": [4],
            "kolom": [""],
            "kode": ["GANDA"],
            "tingkat": ["PERINGATAN"],
            "pesan": ["Orang ini sudah diusulkan."],
            "saran": ["Hapus salah satunya."],
        }
    )
    masalah = frame(pl.concat([found.masalah.to_native(), twice]))
    write_returns(found, masalah, tmp_path / "masalah.xlsx")
    book = openpyxl.load_workbook(tmp_path / "masalah.xlsx")
    marks = [row[1] for row in book["Usulan A"].iter_rows() if row[1].value == "Data#4"]
    assert "sudah diusulkan" in marks[0].comment.text
    index = [[cell.value for cell in row] for row in book["Ringkasan"].iter_rows(min_row=5)]
    assert [(row[0], row[1]) for row in index] == [("kec/Usulan A.xlsx", "Usulan A"), ("kosong.xlsx", "kosong")]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    found = made(tmp_path)
    for name in ("a", "b"):
        write_returns(found, found.masalah, tmp_path / f"{name}.out")
    assert (tmp_path / "a.out").read_bytes() == (tmp_path / "b.out").read_bytes()


def test_sheet_names_are_allowed_short_and_unique() -> None:
    long = "Usulan Desa Yang Namanya Panjang Sekali Kecamatan"
    files = ["Ringkasan.xlsx", f"{long} 1.xlsx", f"{long} 2.xlsx", "a/[x]*?.csv", "b/x.csv", "'history'.csv", "...xls"]
    names = sheet_names({file: file for file in files})
    assert len({name.casefold() for name in names.values()} | {"ringkasan", "history"}) == len(names) + 2
    assert all(0 < len(name) <= 31 and not set("[]:*?/\\") & set(name) for name in names.values())
