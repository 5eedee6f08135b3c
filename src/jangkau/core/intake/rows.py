"""Tells the rows that name a person from titles, sections, totals, numbering, notes, examples and signatures."""

import re
from enum import Enum
from functools import lru_cache

from jangkau.core.intake.header import Heading, field_of, is_numbering
from jangkau.core.intake.sheets import Cell, Row, filled, show
from jangkau.core.intake.values import is_blank, is_tick, read_sex
from jangkau.core.intake.words import months, starts


class Kind(Enum):
    """What a row is."""

    PERSON = "orang"
    TEXT = "teks"  # a title, a section: it may name a place
    SIGNATURE = "tanda tangan"
    NAMELESS = "tanpa nama"
    LONE = "hanya satu isi"
    NOTHING = "bukan data"


_EXAMPLE_END = re.compile(r"[(\[](contoh|cth)[^)]*[)\]]$", re.IGNORECASE)
_PLACED = r"^[a-z .'/-]+, *((tgl|tanggal)\b\.?)?[\s\d._…/-]*(({})\b)?[\s\d._…/-]*(\d|[._…-]{3}|({}))[\s._…-]*$"
_MASKED = re.compile(r"(?=.{14,17}$)\d{4,}[\d*xX]*[*xX][\d*xX]*")
_SEPARATORS = re.compile(r"[\s.\-'`’\"/,:*_]")
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?[eE]\+?1\d")
_NUMBER = re.compile(r"[(]?\d{1,5}\s*[.)]?")
_LONGEST_LINE = 80  # letters; longer text is no name and no place and date
_NO_NAME = re.compile(r" = |[@%<>{}]|\bhttps?:")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_PERSON_FIELDS = (
    "ttl",
    "tanggal_lahir",
    "jk",
    "jk_l",
    "jk_p",
    "no_hp",
    "penghasilan",
    "no_kk",
    "pekerjaan",
    "alamat",
    "tempat_lahir",
    "rtrw",
)


def is_nik_like(cell: Cell) -> bool:
    """Holds about as many digits as a NIK, however mangled, and is no civil servant's number."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return 1e13 <= cell < 1e17
    return isinstance(cell, str) and len(cell) > 7 and _nik_like_text(cell)


@lru_cache(maxsize=10_000)
def _nik_like_text(text: str) -> bool:
    bare = _SEPARATORS.sub("", text)
    digits = sum(letter.isdigit() for letter in bare)
    if _SCIENTIFIC.fullmatch(text.strip(" '")) or _MASKED.fullmatch(bare):
        return True
    return 14 <= digits <= 17 and digits * 10 >= len(bare) * 8


@lru_cache(maxsize=10_000)
def _is_placed(text: str) -> bool:
    """Place and date over a signature: `Sukamaju, 12 Maret 2026`, `Ipuh, ........ 2026`."""
    if len(text) > _LONGEST_LINE:
        return False
    return re.match(_PLACED.replace("{}", "|".join(months())), text, re.IGNORECASE) is not None


def is_name(cell: Cell) -> bool:
    """Text that can be a name: letters, no long number, no mark for nothing."""
    if not isinstance(cell, str) or is_blank(cell) or len(cell) > _LONGEST_LINE or _NO_NAME.search(cell):
        return False
    return bool(_LETTERS.search(cell)) and sum(letter.isdigit() for letter in cell) <= 4


def is_number(cell: Cell) -> bool:
    """A running number: 7, `7.`, `(7)`."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return 0 < cell < 100_000 and float(cell).is_integer()
    return isinstance(cell, str) and _NUMBER.fullmatch(cell) is not None


class Reader:
    """Decides row after row under one heading; it remembers that the signatures have begun."""

    def __init__(self, heading: Heading, *, numbered: bool) -> None:
        self.columns = heading.columns
        self.numbered = numbered
        self.closed = False

    def kind(self, row: Row) -> Kind:
        """What this row is."""
        cells = filled(row)
        name, nik = self._at(row, "nama"), self._at(row, "nik")
        if not cells or is_numbering(row):
            return Kind.NOTHING
        if self._is_example(row, name):
            return Kind.NOTHING
        if is_nik_like(nik):
            return Kind.PERSON
        texts = [(column, cell) for column, cell in cells if isinstance(cell, str)]
        if not texts or starts("jumlah").match(texts[0][1]) or (isinstance(name, str) and starts("jumlah").match(name)):
            return Kind.NOTHING
        numbered = is_number(self._at(row, "no"))
        support = self._support(row)
        if is_name(name) and (support >= 2 or (numbered and (support or not self.closed))):
            return Kind.PERSON
        return self._loose(row, texts, name, numbered, support)

    def _loose(self, row: Row, texts: list[tuple[int, str]], name: Cell, numbered: bool, support: int) -> Kind:
        """A row without NIK, number or much else."""
        first = texts[0][1]
        if starts("catatan").match(first):
            return Kind.NOTHING
        if self._is_signature(texts, name):
            self.closed = True
            return Kind.SIGNATURE
        if any(starts("bagian").match(text) for _, text in texts) and not support:
            return Kind.TEXT
        if not is_name(name):
            return Kind.NAMELESS if support >= 2 and not self.closed else Kind.TEXT
        if self.closed:
            return Kind.SIGNATURE
        return self._lone(row, support)

    def _lone(self, row: Row, support: int) -> Kind:
        others = [cell for column, cell in filled(row) if column != self.columns.get("nama") and not is_blank(cell)]
        if support or (others and not self.numbered):
            return Kind.PERSON
        if self.numbered:
            return Kind.LONE
        return Kind.PERSON

    def _is_signature(self, texts: list[tuple[int, str]], name: Cell) -> bool:
        spoken = (
            {self.columns.get(field) for field in ("pekerjaan", "keterangan", "alamat")} if is_name(name) else set()
        )
        dated = {self.columns.get(field) for field in ("ttl", "tempat_lahir")} if is_name(name) else set()
        for column, text in texts:
            if column not in spoken and starts("tanda_tangan").match(text):
                return True
            if column not in spoken | dated and _is_placed(text):
                return True
        return False

    def _is_example(self, row: Row, name: Cell) -> bool:
        cells = [self._at(row, "no"), name, self._at(row, "keterangan"), row.cells[0] if row.cells else None]
        return any(
            isinstance(cell, str) and (starts("contoh").match(cell) or _EXAMPLE_END.search(cell)) for cell in cells
        )

    def _support(self, row: Row) -> int:
        """How many other cells speak of a person."""
        count = 0
        for field in _PERSON_FIELDS:
            cell = self._at(row, field)
            if cell is None or not (is_tick(cell) if field in ("jk_l", "jk_p") else not is_blank(cell)):
                continue
            if field == "jk":
                count += read_sex(cell) is not None
            elif field in ("pekerjaan", "alamat", "tempat_lahir"):
                count += isinstance(cell, str) and not starts("tanda_tangan").match(cell)
            else:
                count += any(letter.isdigit() for letter in show(cell)) or field in ("jk_l", "jk_p")
        if is_blank(self._at(row, "nik")) is False:
            count += any(letter.isdigit() for letter in show(self._at(row, "nik")))
        return count

    def _at(self, row: Row, field: str) -> Cell:
        column = self.columns.get(field, -1)
        return row.cells[column] if 0 <= column < len(row.cells) else None


def repeats_heading(row: Row, heading: Heading) -> bool:
    """The heading once more, as printed on each page."""
    column = heading.columns.get("nama", heading.columns.get("nik", -1))
    cell = row.cells[column] if 0 <= column < len(row.cells) else None
    if not isinstance(cell, str) or field_of(cell, fuzzy=False) not in ("nama", "nik", "nama_keluarga"):
        return False
    same = [c for c, text in filled(row) if isinstance(text, str) and heading.texts.get(c, "").startswith(text)]
    return len(same) >= 2
