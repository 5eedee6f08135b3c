"""Finds the heading of a list, in one or two rows, and says which column holds what."""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from rapidfuzz import fuzz, process

from jangkau.core.intake.sheets import Cell, Lines, Row, Sheet
from jangkau.core.kernel.yaml_text import load_yaml

PERSON = frozenset({"nik", "nama", "nama_keluarga"})
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_COLUMN_NUMBER = re.compile(r"[(\[]?\s*(\d{1,2})\s*[)\].]?")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_PARTING = re.compile(r"[/&,;+|\n]| - |\bdan\b", re.IGNORECASE)
_COMBINED = PERSON - {"nama_keluarga"} | {
    "no_kk", "ttl", "tempat_lahir", "tanggal_lahir", "jk", "pekerjaan", "penghasilan", "no_hp", "alamat", "desa",
    "kecamatan", "kabupaten",
}  # fmt: skip
_LONGEST = 60
_SHORTEST, _LONG, _SURE = 4, 6, 88  # letters to compare by, letters of a long heading, percent alike


@dataclass
class Heading:
    """Where a list's heading stands and which column (from 0) holds which field."""

    first: int
    last: int
    columns: dict[str, int]
    texts: dict[int, str] = field(default_factory=dict)
    guessed: bool = False


@cache
def _words() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    book = load_yaml((files("jangkau.core.intake") / "synonyms.yaml").read_text("utf-8"))
    exact = {word: name for name, entry in book.items() for word in entry["tepat"]}
    patterns = [(re.compile(p), name) for name, entry in book.items() for p in entry.get("pola", ())]
    return exact, patterns


def plain(text: str) -> str:
    """Lower-case words only; spaced-out letters closed up: `N I K` -> `nik`."""
    lower = text.lower()
    words = _NOT_WORD.sub(" ", _BRACKETS.sub(" ", lower)).strip() or _NOT_WORD.sub(" ", lower).strip()
    letters = words.split(" ")
    return "".join(letters) if len(letters) > 2 and all(len(w) == 1 for w in letters) else words


@lru_cache(maxsize=100_000)
def field_of(text: str, *, fuzzy: bool = True) -> str | None:
    """The field that a heading names, or None. `lain` is a known column of no use to us."""
    if len(text) > _LONGEST:
        return None
    words = plain(text)
    exact, patterns = _words()
    if words in exact:
        return exact[words]
    if parts := parts_of(text):
        return parts[0]
    if fuzzy and len(words) >= _LONG and (name := _closest(words, _SURE)):
        return name
    for pattern, name in patterns:
        if pattern.search(words):
            return name
    return _closest(words, 75 if len(words) < _LONG else 82) if fuzzy and len(words) >= _SHORTEST else None


@lru_cache(maxsize=20_000)
def parts_of(text: str) -> tuple[str, ...]:
    """The fields of a heading that names several, `Nama / NIK`, in its order; none where it names one or others too."""
    bare = _BRACKETS.sub(" ", text)
    if len(text) > _LONGEST or plain(text) in _words()[0] or not _PARTING.search(bare):
        return ()
    names = [_part(piece) for piece in _PARTING.split(bare) if _NOT_WORD.sub("", piece.lower())]
    if None in names:
        return ()
    found = dict.fromkeys(name for name in names if name)
    if "tempat_lahir" in found:
        found = dict.fromkeys("ttl" if name in ("tempat_lahir", "tanggal_lahir") else name for name in found)
    only_place = "alamat" in found and found.keys() <= {"alamat", "desa", "kecamatan", "kabupaten"}
    return tuple(found) if len(found) > 1 and not only_place else ()


def _part(text: str) -> str | None:
    words = plain(text)
    if words in ("umur", "usia"):
        return "umur"
    exact, patterns = _words()
    name = exact.get(words) or next((name for pattern, name in patterns if pattern.search(words)), None)
    return {"jk_l": "jk", "jk_p": "jk"}.get(name or "", name if name in _COMBINED else None)


def _closest(words: str, at_least: int) -> str | None:
    exact, _ = _words()
    best = process.extractOne(words, _long_words(), scorer=fuzz.ratio, score_cutoff=at_least)
    return exact[best[0]] if best else None


@cache
def _long_words() -> list[str]:
    return [word for word in _words()[0] if len(word) >= _SHORTEST]


def heading_fields(row: Row, *, fuzzy: bool = True) -> dict[int, str]:
    """Column -> field for the cells of a row that are headings."""
    found = {}
    for column, cell in enumerate(row.cells):
        if isinstance(cell, str) and not cell.isdigit() and (name := field_of(cell, fuzzy=fuzzy)):
            found[column] = name
    return found


def mentions_person(row: Row) -> bool:
    """Whether some cell is, spelled right, the heading of a name or NIK column; cheap, for rows far down."""
    return any(isinstance(cell, str) and len(cell) <= _LONGEST and plain(cell) in _person_words() for cell in row.cells)


@cache
def _person_words() -> frozenset[str]:
    return frozenset(word for word, name in _words()[0].items() if name in PERSON)


def is_heading(row: Row, *, fuzzy: bool = True) -> bool:
    """A row that names a person's column and at least one more, and holds little else."""
    texts = [cell for cell in row.cells if cell is not None]
    if len(texts) < 2 or any(_is_long_number(cell) for cell in texts):
        return False
    fields = heading_fields(row, fuzzy=False)
    if not fields:
        return False
    fields = heading_fields(row) if fuzzy else fields
    names = set(fields.values())
    ours, both = names - {"lain", "grup"}, {"nama", "nik"} <= names
    return bool(names & PERSON) and len(ours) >= 2 and (len(fields) * 2 >= len(texts) or len(ours) > 3 or both)


def _is_long_number(cell: Cell) -> bool:
    if isinstance(cell, str):
        return sum(letter.isdigit() for letter in cell) > 8
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) > 1_000_000


def read_heading(sheet: Sheet, at: int) -> tuple[list[Heading], int]:
    """The heading whose main row is `sheet.rows[at]` and the index of the first row after it.

    Usually one; two where two lists stand side by side. A second heading row (`TTL` over `Tempat | Tanggal`) is
    joined in, a row that numbers the columns is passed over.
    """
    row = sheet.rows[at]
    start = at - 1 if at and _stands_over(sheet.rows[at - 1], row) else at
    fields, texts, upper = _level(_own(sheet.rows[start]), {}), _spread(sheet, sheet.rows[start]), {}
    last, after = sheet.rows[start].number, start + 1
    upper = dict(texts)
    while after < len(sheet.rows) and after <= at + 2 and (after == at or _continues(sheet.rows[after], fields)):
        lower = sheet.rows[after]
        own = _own(lower)
        fields |= _level(own, upper)
        texts |= {column: f"{upper[column]} {text}" if column in upper else text for column, text in own.items()}
        last, after = lower.number, after + 1
    if after < len(sheet.rows) and is_numbering(sheet.rows[after]):
        last, after = sheet.rows[after].number, after + 1
    headings = [Heading(sheet.rows[start].number, last, columns, texts) for columns in _blocks(fields)]
    return headings, after


def _level(own: dict[int, str], upper: dict[int, str]) -> dict[int, str]:
    """Column -> field of one heading row, in the light of the one above."""
    named = {column: _joined(upper.get(column, ""), text) if upper else field_of(text) for column, text in own.items()}
    return {column: name for column, name in named.items() if name}


def _stands_over(above: Row, row: Row) -> bool:
    """Whether the row above the one that names the person's columns belongs to the same heading."""
    own, below = _own(above), _own(row)
    if above.number != row.number - 1 or any(_is_long_number(cell) for cell in above.cells) or len(own) < 2:
        return False
    open_columns = [column for column in own if column not in below]
    return any(field_of(own[column], fuzzy=False) for column in open_columns)


def _own(row: Row) -> dict[int, str]:
    return {column: _parted(cell) for column, cell in enumerate(row.cells) if isinstance(cell, str)}


def _parted(cell: str) -> str:
    """`Nama / NIK` for a heading that has the two on lines of their own."""
    parted = " / ".join(cell.lines) if isinstance(cell, Lines) else ""
    return parted if parted and parts_of(parted) else cell


def _spread(sheet: Sheet, row: Row) -> dict[int, str]:
    """The row's texts, merged ones over all their columns, others over the blanks to their right."""
    own = _own(row)
    spread, merged = {}, {}
    for top, left, bottom, right in sheet.merges:
        if top <= row.number <= bottom and left in own:
            merged.update(dict.fromkeys(range(left, right + 1), own[left]))
    current = ""
    for column in range(sheet.width):
        current = own.get(column, current)
        if column in merged or (current and not sheet.merges):
            spread[column] = merged.get(column, current)
    return {**spread, **own}


def _continues(row: Row, fields: dict[int, str]) -> bool:
    """A row that still belongs to the heading: words under it, nothing where the name and NIK will stand."""
    own = _own(row)
    person = [column for column, name in fields.items() if name in PERSON]
    if not own or any(_is_long_number(cell) for cell in row.cells) or is_numbering(row):
        return False
    if any(column in own and field_of(own[column], fuzzy=False) not in PERSON for column in person):
        return False
    number = min((column for column, name in fields.items() if name == "no"), default=-1)
    if field_of(own.get(number, "no"), fuzzy=False) != "no":
        return False
    known = [column for column, text in own.items() if field_of(text, fuzzy=False) or _is_date_part(text)]
    return len(known) * 2 > len(own) or (len(known) * 2 >= len(own) and len(own) > 2)


def _is_date_part(text: str) -> bool:
    return plain(text) in {"tgl", "bln", "thn", "hari", "bulan", "tahun", "tanggal"}


def _joined(upper: str, lower: str) -> str:
    """The field of a lower heading in the light of the one above it."""
    above, own = field_of(upper) if upper else None, field_of(lower)
    words = plain(lower)
    if above in {"ttl", "tanggal_lahir"}:
        if words in {"hari", "tgl", "tanggal"}:
            return "tanggal_lahir"
        if words in {"bln", "bulan"}:
            return "bulan_lahir"
        if words in {"thn", "tahun"}:
            return "tahun_lahir"
    if above == "lain" and not (own in ("jk_l", "jk_p") and plain(upper) in ("umur", "usia")):
        return "lain"
    if own in {None, "no", "lain"} and upper:
        return field_of(f"{upper} {lower}", fuzzy=False) or own or (above if above != "grup" else None) or "lain"
    return own or "lain"


def is_numbering(row: Row) -> bool:
    """A row that numbers the columns: 1 2 3 4, (1) (2) (3)."""
    numbers: list[int] = []
    for cell in row.cells:
        if cell is None:
            continue
        if (number := _small(cell)) is None:
            return False
        numbers.append(number)
    if len(numbers) < 3:
        return False
    steps = [b - a for a, b in pairwise(numbers)]
    return all(0 <= step <= 3 for step in steps) and sum(steps) >= len(steps) // 2 and numbers[0] in (0, 1)


def _small(cell: Cell) -> int | None:
    if isinstance(cell, str):
        found = _COLUMN_NUMBER.fullmatch(cell) if len(cell) < 6 else None
        return int(found[1]) if found else None
    return int(cell) if isinstance(cell, (int, float)) and 0 <= cell < 100 and cell == int(cell) else None


def _blocks(fields: dict[int, str]) -> list[dict[str, int]]:
    """Field -> column; where name columns come twice with the same neighbours, two lists side by side."""
    kept = [(column, name) for column, name in sorted(fields.items()) if name not in ("lain", "grup")]
    starts = _block_starts(kept)
    blocks: list[dict[str, int]] = [{} for _ in starts]
    for column, name in kept:
        block = max((i for i, start in enumerate(starts) if start <= column), default=0)
        blocks[block].setdefault(name, column)
    return [_settle(block) for block in blocks]


def _block_starts(kept: list[tuple[int, str]]) -> list[int]:
    by_name: dict[str, list[int]] = {}
    for column, name in kept:
        by_name.setdefault(name, []).append(column)
    twice = len(by_name.get("nama", ())) > 1 and (len(by_name.get("nik", ())) > 1 or len(by_name.get("no", ())) > 1)
    first = kept[0][1] if kept else ""
    return by_name[first] if twice and len(by_name[first]) == len(by_name["nama"]) else [0]


def _settle(block: dict[str, int]) -> dict[str, int]:
    if "nama_keluarga" in block:
        column = block.pop("nama_keluarga")
        block.setdefault("nama", column)
    if not {"jk_l", "jk_p"} <= block.keys():
        lone = block.pop("jk_l", None)
        lone = block.pop("jk_p", lone)
        if lone is not None:
            block.setdefault("jk", lone)
    return block
