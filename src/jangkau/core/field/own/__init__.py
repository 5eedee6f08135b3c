"""Our own two forms, written as data and made into XLSForms that anyone may change and upload as a new version."""

import io
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import xlsxwriter

from jangkau.core.field.model import JANGKAU
from jangkau.core.kernel.formats import rupiah
from jangkau.core.kernel.yaml_text import load_yaml
from jangkau.core.law.book import Book

NAMES = ("pendataan-pekerja", "verifikasi-lapangan")
_LANGUAGES = {"id": "Indonesia (id)", "en": "English (en)"}
_SPOKEN = ("label", "hint", "constraint_message")
_PLAIN = ("type", "name", "required", "relevant", "constraint", "calculation", "choice_filter", "appearance", "default",
          "parameters", "save_to", "repeat_count")  # fmt: skip
_WIDTH, _INCOME_SHOWN = 28, 5_200_000


@cache
def source(name: str) -> dict[str, Any]:
    """The form as written: settings, survey, choices, entities."""
    loaded: dict[str, Any] = load_yaml((files(__package__) / f"{name}.yaml").read_text("utf-8"))
    return loaded


def xlsform(name: str, per: date) -> bytes:
    """The form as an Excel workbook; amounts that the law sets are those of the day `per`."""
    written = source(name)
    choices = {**written["choices"]}
    if "penghasilan" in choices:
        choices["penghasilan"] = list(_incomes(per))
    settings = {**written["settings"], "default_language": _LANGUAGES["id"], "namespaces": f'jangkau="{JANGKAU}"',
                "version": f"{written['settings']['version']}{_law_mark(choices)}"}  # fmt: skip
    sheets = {
        "survey": _table(map(_question, written["survey"])),
        "choices": _table(_choice(key, choice) for key, rows in choices.items() for choice in rows),
        "entities": _table(iter(written.get("entities", ()))),
        "settings": _table(iter([settings])),
    }
    return _workbook({name: rows for name, rows in sheets.items() if len(rows) > 1})


def _incomes(per: date) -> Iterator[dict[str, str]]:
    """The income classes of PP 44/2015, each named by its wage base: an amount within the class."""
    classes = [tuple(step) for step in Book.load().value("bpu.dasar_upah", per)]
    shown = [step for step in classes if step[0] <= _INCOME_SHOWN]
    for (low, base), following in zip(shown, [*shown[1:], None], strict=True):
        if following is None:
            words = (f"{rupiah(low)} atau lebih", f"{rupiah(low)} or more")
        elif low == 0:
            words = (f"Kurang dari {rupiah(following[0])}", f"Less than {rupiah(following[0])}")
        else:
            words = (f"{rupiah(low)} sampai kurang dari {rupiah(following[0])}",
                     f"{rupiah(low)} to less than {rupiah(following[0])}")  # fmt: skip
        yield {"name": str(base), "id": words[0], "en": words[1]}


def _law_mark(choices: dict[str, Any]) -> str:
    """What of the version follows from the law: other classes are another version."""
    amounts = [int(choice["name"]) for choice in choices.get("penghasilan", ())]
    return f"-{sum(amounts) // 1_000}" if amounts else ""


def _question(row: dict[str, Any]) -> dict[str, str]:
    cells = {name: str(row[name]) for name in _PLAIN if name in row}
    for name in _SPOKEN:
        words = row.get(name, {})
        cells |= {f"{name}::{_LANGUAGES[tongue]}": text for tongue, text in words.items()}
    return cells | {f"bind::jangkau:{name}": row[name] for name in ("usulan", "bukti") if name in row}


def _choice(key: str, row: dict[str, Any]) -> dict[str, str]:
    labels = {f"label::{_LANGUAGES[tongue]}": row[tongue] for tongue in _LANGUAGES}
    return {"list_name": key, "name": str(row["name"]), **labels}


def _table(rows: Iterator[dict[str, Any]]) -> list[list[str]]:
    """Rows with their headings on top."""
    found = list(rows)
    headings = list(dict.fromkeys(name for row in found for name in row))
    return [headings, *([str(row.get(name, "")) for name in headings] for row in found)]


def _workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": date(2026, 1, 1)})
        bold = book.add_format({"bold": True, "bottom": 1})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, len(rows[0]), _WIDTH)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row, bold if number == 0 else None)
    return file.getvalue()
