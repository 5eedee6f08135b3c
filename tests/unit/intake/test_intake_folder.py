"""Whole folders: names of rows, order, CSV as it comes, the same answer from one process and from several."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from polars.testing import assert_frame_equal

import jangkau.core.intake.read as intake_read
from jangkau.core.identity.regions import Regions
from jangkau.core.intake import Intake, read_folder
from jangkau.core.intake.text import open_text
from jangkau.core.tables.settings import Settings

SETTINGS = Settings(provinsi="17", per=date(2026, 11, 22), mulai="2027-01")
CSV = "No;Nama;NIK;Tgl Lahir\n1;SITI AMINAH;'1706054105850001;1 Mei 1985\n2;BUDI;1,70605E+15;02-05-85\n"


def read_folder_here(folder: Path) -> Intake:
    return read_folder(folder, Regions.load("17"), SETTINGS)


def read_one(folder: Path, file: str, sheet: str, rows: list[list[object]]) -> Intake:
    """The intake of a folder with one workbook."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return read_folder_here(folder)


def test_rows_are_named_by_file_sheet_and_row_as_excel_counts(tmp_path: Path) -> None:
    (tmp_path / "kec").mkdir()
    with xlsxwriter.Workbook(tmp_path / "kec" / "b.xlsx") as book:
        for name, top, hidden in (("Satu", 4, False), ("Dua", 0, True)):
            page = book.add_worksheet(name)
            page.write_row(top, 3, ["Nama", "NIK", "Tgl Lahir"])
            page.write_row(top + 1, 3, ["SITI", "1706054105850001"])
            page.write_datetime(top + 1, 5, datetime(1985, 5, 1), book.add_format({"num_format": "dd/mm/yyyy"}))
            page.set_row(top + 1, None, None, {"hidden": True})
            if hidden:
                page.hide()
    (tmp_path / "a.CSV").write_text(CSV)
    found = read_folder_here(tmp_path)
    assert found.usulan["id_usulan"].to_list() == ["a.CSV##2", "a.CSV##3", "kec/b.xlsx#Satu#6", "kec/b.xlsx#Dua#2"]
    assert found.usulan["tanggal_lahir"].to_list() == [
        date(1985, 5, 1),
        date(1985, 5, 2),
        date(1985, 5, 1),
        date(1985, 5, 1),
    ]
    scientific = found.masalah.filter(found.masalah["kode"] == "NIK_NOTASI_ILMIAH").to_native()
    assert scientific.select("baris", "kolom").rows() == [(3, "C")]
    assert "1,70605E+15" in scientific["pesan"][0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_csv_in_any_encoding_and_with_any_separator(encoding: str, separator: str, tmp_path: Path) -> None:
    quoted = '"' if separator == "," else ""
    lines = [
        "DAFTAR USULAN",
        "No;Nama;NIK;TTL;Penghasilan",
        f"1;ANDRÉ;1706054105850001;{quoted}Ipuh, 1-5-1985{quoted};{quoted}1,5 jt{quoted}",
    ]
    text = "\r\n".join(lines).replace(";", separator)
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    row = read_folder_here(tmp_path).usulan.to_native().row(0, named=True)
    assert (row["nama"], row["tanggal_lahir"], row["penghasilan"], row["baris"]) == (
        "ANDRÉ",
        date(1985, 5, 1),
        1_500_000,
        3,
    )


def test_csv_rows_are_physical_lines(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        'sep=;\n\nNo;Nama;NIK\n1;"SITI\nAMINAH";1706054105850001\n\n2;BUDI;1706050205850002\n'
    )
    found = read_folder_here(tmp_path)
    assert found.usulan["baris"].to_list() == [4, 7]
    assert found.usulan["nama"].to_list() == ["SITI AMINAH", "BUDI"]


def test_an_open_quote_does_not_swallow_the_rest(tmp_path: Path) -> None:
    rows = "".join(f"{i};ORANG {'ABCDEFGHIJ'[i % 10]}A;;1/5/1985\n" for i in range(1, 200))
    (tmp_path / "a.csv").write_text('No;Nama;NIK;Tgl Lahir\n0;"SITI;;1/5/1985\n' + rows)
    assert len(read_folder_here(tmp_path).usulan) == 200


def test_several_processes_give_what_one_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abcde":
        (tmp_path / f"{name}.csv").write_text(CSV)
    (tmp_path / "c.xlsx").write_bytes(b"PK rusak")
    alone = read_folder_here(tmp_path)
    monkeypatch.setattr(intake_read, "MANY_FILES", 2)
    heard: list[str] = []
    together = read_folder(tmp_path, Regions.load("17"), SETTINGS, on_file=heard.append)
    for name in ("usulan", "masalah", "isi", "judul"):
        assert_frame_equal(getattr(alone, name).to_native(), getattr(together, name).to_native())
    assert heard == alone.berkas == ["a.csv", "b.csv", "c.csv", "c.xlsx", "d.csv", "e.csv"]


def test_a_folder_without_files(tmp_path: Path) -> None:
    found = read_folder_here(tmp_path / "tidak_ada")
    assert (len(found.usulan), len(found.masalah)) == (0, 0)
    assert found.usulan.to_native().schema["tanggal_lahir"] == pl.Date


def csv_rows(data: bytes) -> list[tuple[int, list[str]]]:
    return [(row.number, [str(cell) for cell in row.cells]) for row in open_text(data)[0].rows]


def test_csv_with_line_ends_of_old_macs() -> None:
    assert csv_rows(b"No;Nama;NIK\r1;Budi;17\r") == [(1, ["No", "Nama", "NIK"]), (2, ["1", "Budi", "17"])]
    assert len(csv_rows(b"No;Nama;NIK\n1;Bu\rdi;17\n2;Siti;18\n")) == 4


def test_a_stray_quote_costs_no_row() -> None:
    opened = csv_rows(b'No,Nama,NIK\n1,"Budi,17\n2,Siti,18\n3,"Ali, S.Pd",19\n')
    assert [cells for _, cells in opened[1:]] == [["1", "Budi", "17"], ["2", "Siti", "18"], ["3", "Ali, S.Pd", "19"]]
    twice = csv_rows(b'No,Nama,NIK\n1,"Budi,17\n2,"Siti",18\n')
    assert [cells for _, cells in twice[1:]] == [["1", "Budi", "17"], ["2", "Siti", "18"]]


def test_a_quoted_cell_may_go_over_lines() -> None:
    rows = csv_rows(b'No,Nama,Alamat,NIK\n1,Budi,"Jl. A, 5\nRT 1",17\n2,Siti,x,18\n')
    assert rows[1:] == [(2, ["1", "Budi", "Jl. A, 5 RT 1", "17"]), (4, ["2", "Siti", "x", "18"])]
