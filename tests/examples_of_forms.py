"""Example forms, each a file of tables: the sheets of an XLSForm, lists in files, and answers as often as wanted."""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from sheets_of_forms import book

from jangkau.core.field import Built, build

FOLDER = Path(__file__).parent / "field_examples"
NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))
Rows = list[list[str]]


@dataclass(frozen=True)
class Example:
    """A form as phones load it, its lists by file name, and what is answered each time, by path without `/data/`."""

    xform: str
    lists: dict[str, str]
    answers: list[dict[str, str]]


def example(name: str) -> Example:
    """The example of a name; one that is refused fails here, with the places."""
    sheets, tables = {}, _tables((FOLDER / f"{name}.md").read_text())
    answers = [dict(rows[1:]) for rows in tables.pop("answers")]
    lists = {file: _csv(tables.pop(file)[0]) for file in [*tables] if file.endswith(".csv")}
    sheets = {sheet: rows for sheet, [rows] in tables.items()}
    built = build(book(sheets.pop("survey"), **{"settings": [["form_id", "version"], [name, "1"]]} | sheets))
    assert isinstance(built, Built), built
    return Example(built.xform.decode(), lists, answers)


def _tables(text: str) -> dict[str, list[Rows]]:
    """Tables by the name in their first cell; `\\|` is a bar within a cell."""
    found: dict[str, list[Rows]] = defaultdict(list)
    current: Rows = []
    for line in text.splitlines():
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)][1:-1]
        if cells and cells[0]:
            current = []
            found[cells[0]].append(current)
        elif cells:
            width = len(current[0]) if current else len(cells) - 1
            current.append((cells[1:] + [""] * width)[:width])
    return found


def _csv(rows: Rows) -> str:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return "\n".join(quoted) + "\n"
