"""Checks the columns of a heading against what stands under them, and finds columns where there is no heading."""

from collections.abc import Callable
from datetime import date

from jangkau.core.identity.occupation import classify
from jangkau.core.intake.header import Heading
from jangkau.core.intake.rows import is_name, is_nik_like, is_number
from jangkau.core.intake.sheets import Cell, Row, Sheet, show
from jangkau.core.intake.values import is_blank, read_date, read_sex, split_birth

_SAMPLE = 40
_FAR = date(2100, 1, 1)
_FEWEST = 2  # people before a list without heading is believed
_MOST = 0.6
_SOME = 0.3


def refine(heading: Heading, rows: list[Row]) -> Heading:
    """The heading with its columns corrected by the rows under it: shifted, missing or exchanged ones."""
    sample = rows[:_SAMPLE]
    columns = dict(heading.columns)
    for field, column in list(columns.items()):
        columns[field] = _shifted(heading, column, sample, set(columns.values()))
    if "ttl" in columns and "tanggal_lahir" not in columns:
        _split_birth_column(columns, sample)
    _exchange(columns, sample)
    _supply(columns, sample)
    return Heading(heading.first, heading.last, columns, heading.texts, heading.guessed)


def _cell(row: Row, column: int) -> Cell:
    return row.cells[column] if 0 <= column < len(row.cells) else None


def _share(rows: list[Row], column: int, test: Callable[[Cell], bool]) -> float:
    """How many of the filled cells of a column pass; 0 where none is filled."""
    cells = [cell for row in rows if not is_blank(cell := _cell(row, column))]
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _filled(rows: list[Row], column: int) -> int:
    return sum(not is_blank(_cell(row, column)) for row in rows)


def _shifted(heading: Heading, column: int, rows: list[Row], taken: set[int]) -> int:
    """Where a heading is merged over several columns, the one that holds the values."""
    text = heading.texts.get(column)
    span = [column]
    while span[-1] + 1 not in taken and text and heading.texts.get(span[-1] + 1) == text:
        span.append(span[-1] + 1)
    best = max(span, key=lambda at: (_filled(rows, at), -at))
    return best if _filled(rows, best) > 4 * _filled(rows, column) else column


def _split_birth_column(columns: dict[str, int], rows: list[Row]) -> None:
    """A place under `TTL` and the date in the column beside it."""
    column = columns["ttl"]
    beside = column + 1
    if beside not in columns.values() and _share(rows, column, _has_digit) < _SOME < _share(rows, beside, is_date):
        columns["tanggal_lahir"] = beside


def _has_digit(cell: Cell) -> bool:
    return any(letter.isdigit() for letter in show(cell))


def _exchange(columns: dict[str, int], rows: list[Row]) -> None:
    """NIK under the name's heading and the name under NIK's."""
    nik, name = columns.get("nik", -1), columns.get("nama", -1)
    if min(nik, name) < 0:
        return
    if _share(rows, name, is_nik_like) > _MOST and _share(rows, nik, is_name) > _MOST:
        columns["nik"], columns["nama"] = name, nik


def _supply(columns: dict[str, int], rows: list[Row]) -> None:
    """A name, NIK or number column whose heading is blank or unknown."""
    free = [at for at in range(max((len(row.cells) for row in rows), default=0)) if at not in columns.values()]
    if "nik" not in columns:
        found = [at for at in free if _share(rows, at, is_nik_like) > _MOST]
        if found and "no_kk" not in columns:
            columns["nik"] = found[0]
    if "nama" not in columns:
        found = sorted(free, key=lambda at: -_name_likeness(rows, at))
        if found and _name_likeness(rows, found[0]) > _MOST:
            columns["nama"] = found[0]
    if "no" not in columns:
        found = [at for at in free if at < columns.get("nama", 0) and _share(rows, at, is_number) > _MOST]
        if found and _filled(rows, found[0]) > 2:
            columns["no"] = found[0]


def _name_likeness(rows: list[Row], column: int) -> float:
    """Names are text, nearly all different, and no occupation, sex or date."""
    cells = [cell for row in rows if isinstance(cell := _cell(row, column), str) and not is_blank(cell)]
    people = [cell for row in rows if any(map(is_nik_like, row.cells)) for cell in [_cell(row, column)]]
    if not cells or sum(map(_may_be_person, people)) < _MOST * max(len(people), 1):
        return 0.0
    likely = sum(_may_be_person(cell) for cell in cells) / len(cells)
    return likely * len(set(cells)) / len(cells)


def _may_be_person(cell: Cell) -> bool:
    if not is_name(cell) or not isinstance(cell, str) or _has_digit(cell) or read_sex(cell):
        return False
    tag = classify(cell).tag
    return tag is None or tag == "LAIN"


def is_date(cell: Cell) -> bool:
    """Reads as a date."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return 5_000 < cell < 45_000
    return read_date(split_birth(cell), _FAR).value is not None


def infer(sheet: Sheet) -> Heading | None:
    """The columns of a list without heading, when its content leaves no doubt: NIKs and names."""
    people = [row for row in sheet.rows if any(map(is_nik_like, row.cells))]
    if len(people) < _FEWEST:
        return None
    columns: dict[str, int] = {}
    sample = people[:_SAMPLE]
    width = max(len(row.cells) for row in sample)
    numbers = [
        at for at in range(width) if _share(sample, at, is_nik_like) > _MOST and _filled(sample, at) * 2 > len(sample)
    ]
    names = sorted(range(width), key=lambda at: -_name_likeness(sample, at))
    if not numbers or _name_likeness(sample, names[0]) <= _MOST:
        return None
    columns["nama"] = names[0]
    columns["nik"] = min(numbers, key=lambda at: (_shared_by_household(sample, at), abs(at - names[0])))
    free = [at for at in range(width) if at not in columns.values()]
    for field, test in _TESTS.items():
        found = [at for at in free if _share(sample, at, test) > _MOST and _filled(sample, at) > 0]
        if found:
            columns[field] = found[0]
            free.remove(found[0])
    return Heading(0, people[0].number - 1, columns, guessed=True)


def _shared_by_household(rows: list[Row], column: int) -> int:
    """A family card number returns in several rows, a NIK does not."""
    cells = [show(_cell(row, column)) for row in rows if _cell(row, column) is not None]
    return len(cells) - len(set(cells))


def _is_phone(cell: Cell) -> bool:
    digits = "".join(letter for letter in show(cell) if letter.isdigit())
    return digits.startswith(("08", "628", "8")) and 10 <= len(digits) <= 14


def _is_income(cell: Cell) -> bool:
    text = show(cell).lower()
    return text.startswith("rp") or (text.isdigit() and text.endswith("000") and 6 <= len(text) <= 8)


def _is_occupation(cell: Cell) -> bool:
    return isinstance(cell, str) and classify(cell).tag not in (None, "LAIN")


_TESTS: dict[str, Callable[[Cell], bool]] = {
    "jk": lambda cell: read_sex(cell) is not None and not is_number(cell),
    "no_hp": _is_phone,
    "ttl": lambda cell: isinstance(cell, str) and cell[:1].isalpha() and _has_digit(cell) and is_date(cell),
    "tanggal_lahir": is_date,
    "penghasilan": _is_income,
    "pekerjaan": _is_occupation,
    "no": is_number,
}
