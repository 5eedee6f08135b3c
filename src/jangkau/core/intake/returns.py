"""The workbook that goes back to the villages: one sheet a file, the rows to mend with their cells marked.

Column A, hidden, holds for each row where it came from and what stood in it when it was written, so that what comes
back is joined to it again, sorted or shortened as it may be (`returned.py` reads it).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jangkau.core import engine
from jangkau.core.intake.read import CELL_MARK, Intake
from jangkau.core.intake.sheets import letter, number
from jangkau.core.tables.schema import Frame

_LONGEST_NAME = 31
_LONGEST_CELL = 32_000
_INDEX = "Ringkasan"
MARK = '{"jangkau":'  # how the hidden cell of a row begins
BESIDE = 2  # columns before the village's own: the hidden one, and sheet and row in words
_TOP = 4  # rows of title above a sheet's first list
_COLOURS = {"GALAT": "#F8CBAD", "PERINGATAN": "#FFEB9C"}


class Flaw(NamedTuple):
    """One problem as it is shown."""

    kolom: str
    tingkat: str
    pesan: str
    saran: str

    @property
    def words(self) -> str:
        """What is wrong and what to do."""
        return f"{self.pesan} {self.saran}"


@dataclass
class _File:
    """What one file's sheet shows."""

    name: str
    shown: str
    whole: list[tuple[str, Flaw]] = field(default_factory=list)  # of the file or one of its sheets
    rows: dict[tuple[str, int], list[Flaw]] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COLOURS, 0))


def write_returns(intake: Intake, masalah: Frame, path: Path, shown: Mapping[str, str] | None = None) -> None:
    """Write `masalah.xlsx`: an index, then a sheet for each file that has problems.

    `masalah`: MASALAH, one row per problem, those that later stages added too. `shown`: names for files whose
    `berkas` is a key. Cells are text, never formulas; the same input gives the same bytes (its date is `intake.per`).
    """
    files = _collect(masalah, shown or {})
    contents = _contents(intake, files)
    names = sheet_names({file.name: file.shown for file in files})
    with xlsxwriter.Workbook(path, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"created": datetime.combine(intake.per, time()), "title": "Perbaikan daftar usulan"})
        styles = _styles(book)
        _write_index(book.add_worksheet(_INDEX), files, names, styles)
        headings = _headings(intake)
        for file in files:
            sheet = book.add_worksheet(names[file.name])
            _write_file(sheet, file, contents, headings, styles)


def _collect(masalah: Frame, shown: Mapping[str, str]) -> list[_File]:
    files: dict[str, _File] = {}
    wanted = ("berkas", "lembar", "baris", "kolom", "tingkat", "pesan", "saran")
    for berkas, lembar, baris, *rest in (
        engine.polars(masalah).select(wanted).sort("berkas", maintain_order=True).rows()
    ):
        file = files.setdefault(berkas, _File(berkas, shown.get(berkas, berkas)))
        flaw = Flaw(rest[0] or "", *rest[1:])
        file.levels[flaw.tingkat] += 1
        if baris is None:
            file.whole.append((lembar, flaw))
        else:
            file.rows.setdefault((lembar, baris), []).append(flaw)
    return list(files.values())


def _contents(intake: Intake, files: list[_File]) -> dict[tuple[str, str, int], list[str]]:
    keys = [(file.name, lembar, baris) for file in files for lembar, baris in file.rows]
    wanted = pl.DataFrame(keys, schema={"berkas": pl.String, "lembar": pl.String, "baris": pl.Int64}, orient="row")
    rows = engine.polars(intake.isi).join(wanted, on=["berkas", "lembar", "baris"], how="semi").rows()
    return {(berkas, lembar, baris): cells.split(CELL_MARK) for berkas, lembar, baris, cells in rows}


def _headings(intake: Intake) -> dict[tuple[str, str], list[tuple[int, list[str]]]]:
    """For each sheet its headings, with the row that each stands in."""
    found: dict[tuple[str, str], list[tuple[int, list[str]]]] = {}
    for berkas, lembar, baris, cells in engine.polars(intake.judul).rows():
        found.setdefault((berkas, lembar), []).append((baris, cells.split(CELL_MARK)))
    return found


def sheet_names(files: Mapping[str, str]) -> dict[str, str]:
    """A sheet name for each file from the name shown: allowed in Excel, at most 31 characters, unique whatever the
    case."""
    taken = {_INDEX.casefold(), "history"}
    names = {}
    for file, shown in files.items():
        stem = shown.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        base = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", stem).strip(" '") or "berkas"
        name, count = base[:_LONGEST_NAME].strip(" '"), 1
        while name.casefold() in taken:
            count += 1
            mark = f" ~{count}"
            name = base[: _LONGEST_NAME - len(mark)].strip(" '") + mark
        taken.add(name.casefold())
        names[file] = name
    return names


def _styles(book: Workbook) -> dict[str, Format]:
    plain = {"num_format": "@", "valign": "top"}
    return {
        "judul": book.add_format({"bold": True, "font_size": 13}),
        "kepala": book.add_format(
            {"bold": True, "bg_color": "#D9E1F2", "text_wrap": True, "border": 1, "valign": "top"}
        ),
        "isi": book.add_format(plain),
        "asal": book.add_format({**plain, "font_color": "#666666"}),
        "tautan": book.add_format({"font_color": "#0563C1", "underline": 1}),
        "pesan": book.add_format({**plain, "text_wrap": True}),
        **{level: book.add_format({**plain, "bg_color": colour, "border": 1}) for level, colour in _COLOURS.items()},
    }


def _write_index(sheet: Worksheet, files: list[_File], names: dict[str, str], styles: dict[str, Format]) -> None:
    sheet.write_string(0, 0, "Daftar yang perlu diperbaiki", styles["judul"])
    sheet.write_string(
        1, 0, "Klik nama lembar. Sel merah wajib diperbaiki, sel kuning perlu diperiksa; arahkan ke sel untuk petunjuk."
    )
    for column, text in enumerate(("Berkas", "Lembar di sini", "Galat", "Peringatan", "Baris")):
        sheet.write_string(3, column, text, styles["kepala"])
    for row, file in enumerate(files, start=4):
        name = names[file.name]
        target = name.replace("'", "''")
        sheet.write_string(row, 0, file.shown[:_LONGEST_CELL], styles["isi"])
        sheet.write_url(row, 1, f"internal:'{target}'!A1", styles["tautan"], name)
        for column, value in enumerate((*file.levels.values(), len(file.rows)), start=2):
            sheet.write_number(row, column, value)
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1, 34)
    sheet.freeze_panes(4, 0)


def _write_file(
    sheet: Worksheet, file: _File, contents: dict[Any, list[str]], headings: dict[Any, Any], styles: dict[str, Format]
) -> None:
    sheet.write_string(0, 1, file.shown[:_LONGEST_CELL], styles["judul"])
    sheet.write_string(
        1, 1, "Perbaiki sel berwarna lalu kirim kembali. Baris boleh diurutkan, dihapus atau ditambah di bawahnya."
    )
    sheet.write_url(2, 1, f"internal:'{_INDEX}'!A1", styles["tautan"], "Kembali ke ringkasan")
    at = _TOP - 1
    for lembar, flaw in file.whole:
        sheet.write_string(at, 1, lembar or "Seluruh berkas", styles[flaw.tingkat])
        sheet.write_string(at, 2, flaw.words[:_LONGEST_CELL], styles["isi"])
        at += 1
    at += 1
    for (lembar, first, title), group in groupby(sorted(file.rows), key=lambda key: _under(headings, file.name, key)):
        rows = list(group)
        cells = [contents.get((file.name, *key), []) for key in rows]
        width = max(map(len, [*cells, title]))
        sheet.write_string(at, 0, _origin(file.name, lembar, first, width, None))
        at = _write_heading(sheet, at, lembar, (first, title, width), styles)
        for key, values in zip(rows, cells, strict=True):
            sheet.write_string(at, 0, _origin(file.name, *key, width, values))
            _write_row(sheet, at, (key, values, file.rows[key]), styles, width)
            at += 1
        at += 1
    sheet.set_column(0, 0, None, None, {"hidden": True})
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 13, 20)
    sheet.set_comments_author("Jangkau")


def _origin(berkas: str, lembar: str, baris: int, width: int, values: list[str] | None) -> str:
    """The hidden cell of a row; of a heading, which has no `isi`. Too long a row is not joined again."""
    origin = {"jangkau": 1, "berkas": berkas, "lembar": lembar, "baris": baris, "lebar": width}
    if values is not None:
        origin["isi"] = [value[:_LONGEST_CELL] for value in values]
    words = json.dumps(origin, ensure_ascii=False, separators=(",", ":"))
    return words if len(words) < _LONGEST_CELL else ""


def _under(headings: dict[Any, Any], berkas: str, key: tuple[str, int]) -> tuple[str, int, tuple[str, ...]]:
    """The heading that a row stands under."""
    above = [(first, texts) for first, texts in headings.get((berkas, key[0]), []) if first <= key[1]]
    first, texts = above[-1] if above else (0, [])
    return key[0], first, tuple(texts)


def _write_heading(
    sheet: Worksheet, at: int, lembar: str, heading: tuple[int, tuple[str, ...], int], styles: Any
) -> int:
    _, title, width = heading
    sheet.write_string(at, 1, f"Asal: {lembar}" if lembar else "Asal", styles["kepala"])
    for column in range(width):
        text = title[column] if column < len(title) else ""
        sheet.write_string(at, column + BESIDE, text or letter(column), styles["kepala"])
    sheet.write_string(at, width + BESIDE, "Yang perlu diperbaiki", styles["kepala"])
    return at + 1


def _write_row(
    sheet: Worksheet, at: int, line: tuple[tuple[str, int], list[str], list[Flaw]], styles: Any, width: int
) -> None:
    """One row as sent; a marked cell carries its problems as a comment, all of them stand in the last column too."""
    key, values, flaws = line
    sheet.write_string(at, 1, f"{key[0]}#{key[1]}", styles["asal"])
    for column, value in enumerate(values, start=BESIDE):
        if value:
            sheet.write_string(at, column, value[:_LONGEST_CELL], styles["isi"])
    for kolom, group in groupby(sorted(flaws, key=lambda flaw: flaw.kolom), key=lambda flaw: flaw.kolom):
        found = list(group)
        level = "GALAT" if any(flaw.tingkat == "GALAT" for flaw in found) else "PERINGATAN"
        column = _index(kolom)
        text = values[column - BESIDE] if BESIDE <= column < len(values) + BESIDE else ""
        sheet.write_string(at, column, text or (f"{key[0]}#{key[1]}" if column == 1 else ""), styles[level])
        if column > 1 and not text:
            sheet.write_blank(at, column, None, styles[level])
        words = "\n".join(dict.fromkeys(flaw.words for flaw in found))
        sheet.write_comment(at, column, words[:_LONGEST_CELL], {"x_scale": 1.6, "y_scale": 0.7 + len(words) / 160})
    everything = " ".join(dict.fromkeys(flaw.words for flaw in flaws))
    sheet.write_string(at, width + BESIDE, everything[:_LONGEST_CELL], styles["isi"])


def _index(letters: str) -> int:
    """`A` -> 2 (the sheet's third column); the row's own mark stands in column 1."""
    return number(letters) + BESIDE
