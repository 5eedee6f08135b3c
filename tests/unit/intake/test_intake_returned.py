"""The workbook that comes back: changes and new rows are found, whatever was sorted, deleted or copied."""

import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from jangkau.core.intake import read_returned, write_returns
from jangkau.core.intake.files import open_bytes
from jangkau.core.intake.returned import Added, Change, Returned
from jangkau.core.intake.sheets import Row, Sheet
from tests.unit.intake.test_intake_folder import read_one

HEAD = ["No", "Nama", "NIK", "Tgl Lahir"]
ROWS: list[list[object]] = [
    ["DESA MEDAN JAYA KEC IPUH"], HEAD,
    [1, "SITI", "170605410585000", "31/02/1985"],
    [2, "BUDI", "170605020585000", "2/5/1985"],
    [3, "=1+1", "17060502058500", "3/5/1985"],
]  # fmt: skip
FIRST = 6  # row of the workbook with the first village row


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    found = read_one(tmp_path, "Usulan A.xlsx", "Data", ROWS)
    write_returns(found, found.masalah, tmp_path / "masalah.xlsx")
    return openpyxl.load_workbook(tmp_path / "masalah.xlsx")


def back(book: Workbook, tmp_path: Path) -> Returned:
    book.save(tmp_path / "kembali.xlsx")
    found = read_returned(open_bytes((tmp_path / "kembali.xlsx").read_bytes()))
    assert found is not None
    return found


def lines(page: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=FIRST, max_row=FIRST + 2)]


def test_the_first_column_is_hidden_and_what_is_unchanged_says_nothing(book: Workbook, tmp_path: Path) -> None:
    assert book["Usulan A"].column_dimensions["A"].hidden
    assert back(book, tmp_path) == Returned(rows=3, berkas={"Usulan A.xlsx"})


def test_changed_cells_are_found_after_sorting_and_deleting(book: Workbook, tmp_path: Path) -> None:
    page = book["Usulan A"]
    page.cell(FIRST, 5).value = "1706054105850001"
    kept = [line for line in lines(page) if line[3] != "BUDI"]
    random.Random(1).shuffle(kept)
    page.delete_rows(FIRST, 3)
    for line in reversed(kept):
        page.append(line)
    found = back(book, tmp_path)
    change = Change("Usulan A.xlsx", "Data", 3, 2, "170605410585000", "1706054105850001")
    assert (found.rows, found.changes, found.added) == (2, [change], [])


def test_a_new_row_and_a_copied_one_are_added(book: Workbook, tmp_path: Path) -> None:
    page = book["Usulan A"]
    copied = lines(page)[0]
    page.append([None, None, 4, "DEWI", "1706054305850004", "3/5/1985"])
    page.append([*copied[:3], "SITI KEDUA", *copied[4:]])
    page.append(copied)
    found = back(book, tmp_path)
    assert found.changes == []
    assert found.added == [
        Added("Usulan A.xlsx", "Data", ("4", "DEWI", "1706054305850004", "3/5/1985")),
        Added("Usulan A.xlsx", "Data", ("1", "SITI KEDUA", "170605410585000", "31/02/1985")),
    ]


def test_a_list_of_a_village_is_no_returned_workbook(tmp_path: Path) -> None:
    assert read_returned([Sheet("Data", [Row(1, ["No", "Nama"]), Row(2, [1.0, "SITI"])])]) is None


@pytest.mark.parametrize(
    "mark",
    [
        '{"jangkau":',
        '{"jangkau":1}',
        '{"jangkau":1,"berkas":"a","lembar":"b","baris":[],"lebar":1}',
        '{"jangkau":1,"berkas":"a","lembar":"b","baris":1,"lebar":1000000000}',
        '{"jangkau":1,"berkas":"a","lembar":"b","baris":1,"lebar":1,"isi":[1,2]}',
    ],
)
def test_a_damaged_hidden_cell_is_no_key(mark: str) -> None:
    assert read_returned([Sheet("x", [Row(1, [mark, "Data#1", "SITI", "1"])])]) is None
