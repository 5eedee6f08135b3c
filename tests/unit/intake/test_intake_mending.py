"""Mends laid over a list: what they change is read as if it had been written so."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.identity.regions import Regions
from jangkau.core.intake import mend, read_sheets
from jangkau.core.intake.mending import beyond
from jangkau.core.intake.place import Named, Places
from jangkau.core.intake.sheets import Row, Sheet
from tests.unit.intake.grid import sheet

PER = date(2026, 11, 22)
PLACES = Places(Regions.load("17"))
DRAWING = """
DESA MEDAN JAYA KEC IPUH
No | Nama | NIK | Tgl Lahir | Pekerjaan
#1 | SITI | 170605410585000 | 31/02/1985 | petani
#2 | BUDI | 1706050205850002 | 2/5/1985 | idem
#3 | ANI | 1706054205850003 | 2/5/1985 | idem

Mengetahui, | Kepala Desa
"""


def read(sheets: list[Sheet], meant: Named | None = None) -> tuple[list[dict], list[tuple]]:
    tables = read_sheets("a.xlsx", sheets, PLACES, PER, meant)
    names = list(tables.usulan)
    rows = [dict(zip(names, values, strict=True)) for values in zip(*tables.usulan.values(), strict=True)]
    problems = zip(*(tables.masalah[name] for name in ("baris", "kolom", "kode")), strict=True)
    return rows, sorted(problems, key=str)


def test_a_mended_cell_is_read_and_its_problem_gone() -> None:
    rows, problems = read(mend([sheet(DRAWING)], {("Sheet1", 3, 2): "1706054105850001", ("Sheet1", 3, 3): "1/5/1985"}))
    assert rows[0]["nik"] == "1706054105850001"
    assert [problem for problem in problems if problem[0] == 3] == []


def test_a_cell_speaks_for_those_below_it() -> None:
    rows, _ = read(mend([sheet(DRAWING)], {("Sheet1", 3, 4): "nelayan"}))
    assert [row["pekerjaan"] for row in rows] == ["NELAYAN"] * 3


def test_an_added_row_joins_the_list_before_the_signature() -> None:
    drawn = sheet(DRAWING)
    number = beyond(drawn)
    cells = {("Sheet1", number, 1): "DEWI CONTOH", ("Sheet1", number, 2): "1706054305850004"}
    rows, _ = read(mend([drawn], cells))
    assert [(row["baris"], row["nama"], row["nik"]) for row in rows][-1] == (number, "DEWI CONTOH", "1706054305850004")


def test_a_row_made_empty_is_no_row_and_an_unknown_sheet_is_passed_over() -> None:
    rows, _ = read(mend([sheet(DRAWING)], {("Sheet1", 4, column): " " for column in range(5)} | {("X", 1, 1): "a"}))
    assert [row["nama"] for row in rows] == ["SITI", "ANI"]


def test_the_place_it_is_meant_for_holds_where_the_list_names_none() -> None:
    nameless = sheet(DRAWING.replace("DESA MEDAN JAYA KEC IPUH", "DAFTAR"))
    assert read([nameless], Named(desa="1706052005"))[0][0]["kode_desa"] == "1706052005"
    assert (
        read([sheet(DRAWING)], Named(desa="1706052005"))[0][0]["kode_desa"] == read([sheet(DRAWING)])[0][0]["kode_desa"]
    )


CELLS = st.tuples(st.integers(3, 5), st.integers(0, 4))
WORDS = st.sampled_from(["", "SITI", "1706054105850001", "5/5/1990", "petani", "idem", "x", "12", "L"])


@given(st.dictionaries(CELLS, WORDS, max_size=6))
def test_a_mended_list_is_read_as_one_written_so(changes: dict[tuple[int, int], str]) -> None:
    drawn = sheet(DRAWING)
    written = []
    for row in drawn.rows:
        cells = list(row.cells) + [None] * (5 - len(row.cells))
        for (number, column), content in changes.items():
            if number == row.number:
                cells[column] = content or None
        if any(cell is not None for cell in cells):
            written.append(Row(row.number, cells))
    overlaid = mend([drawn], {("Sheet1", *cell): content for cell, content in changes.items()})
    assert read(overlaid) == read([Sheet("Sheet1", written)])
    assert read([drawn]) == read([sheet(DRAWING)])
