"""Reads single cells: dates in every village style, money, sex. Each answer is a value or what is wrong with it."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from jangkau.core.intake.sheets import Cell, show
from jangkau.core.intake.words import months, words

_ERRORS = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|GETTING_DATA|SPILL!|CALC!)", re.IGNORECASE)


def is_blank(cell: Cell) -> bool:
    """Nothing, or a mark that stands for nothing: `-`, `nihil`, an Excel error."""
    if not isinstance(cell, str):
        return cell is None
    return (len(cell) <= _LONGEST_BLANK or not cell[0].isalnum()) and _is_blank_text(cell)


@lru_cache(maxsize=20_000)
def _is_blank_text(text: str) -> bool:
    bare = text.lower().strip(" '`\"").replace(" ", "-")
    return bare in words("kosong") or not text.strip(" '`\".-_") or is_error(text)


def is_error(cell: Cell) -> bool:
    """An Excel error that came through as text, `#N/A`."""
    return isinstance(cell, str) and cell.startswith("#") and _ERRORS.fullmatch(cell) is not None


class DateReading(NamedTuple):
    """A date, or none; `kode` says what is wrong or doubtful."""

    value: date | None
    kode: str | None = None


_TIME = re.compile(r"[ t]\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?( ?[ap]m)?( ?wib)?z?$")
_PREFIX = re.compile(r"^(senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|tgl|tanggal)\b[ .,:]*")
_YMD = re.compile(r"(\d{4})[-/. ]{1,2}(\d{1,2})[-/. ]{1,2}(\d{1,2})")
NUMERIC_DATE = re.compile(r"(\d{1,2})[ ]?[-/.,\\ ][ ]?(\d{1,2})[ ]?[-/.,\\ ][ ]?'?(\d{4}|\d{2})")
_DAY_NAME_YEAR = re.compile(r"(\d{1,2})[-/., ]*([a-z]{3,10})[-/.,' ]*(\d{4}|\d{2})")
_NAME_DAY_YEAR = re.compile(r"([a-z]{3,10})[-/., ]*(\d{1,2})[-/., ]+(\d{4}|\d{2})")
_LAST_DATE = re.compile(r"(?<![\d/.-])\d{1,2} ?[-/. ] ?(?:\d{1,2}|[A-Za-z]{3,10}) ?[-/. ] ?(?:\d{4}|\d{2})$")
_SERIAL = re.compile(r"(\d{4,5})([.,]\d+)?")
_LETTERS = str.maketrans("oil", "011")
_LONGEST_BLANK, _LONGEST_VALUE = 12, 80
_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_OLDEST = 115
_YOUNGEST_OF_TWO_DIGITS, _OLDEST_OF_TWO_DIGITS = 10, 105


def read_date(cell: Cell, as_of: date, *, from_1904: bool = False, month_first: bool = False) -> DateReading:
    """A birth date, day first unless that is impossible or the column is `month_first`.

    Problems TANGGAL_SALAH, TANGGAL_DEPAN, TANGGAL_BULAN_DULU.
    """
    if is_blank(cell) or isinstance(cell, bool):
        return DateReading(None)
    if isinstance(cell, date):
        return _bounded(date(cell.year, cell.month, cell.day), as_of)
    if isinstance(cell, (int, float)):
        return _from_number(float(cell), as_of, from_1904)
    return _from_text(str(cell), as_of, from_1904, month_first)


def _from_number(number: float, as_of: date, from_1904: bool) -> DateReading:
    if number == 0:
        return DateReading(None)
    if 3_000 <= number < 60_000:
        return _bounded((_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=int(number)), as_of)
    if number.is_integer() and 1e6 <= number < 1e8:
        return _from_digits(f"{number:08.0f}", as_of)
    return DateReading(None, "TANGGAL_SALAH")


@lru_cache(maxsize=200_000)
def _from_text(raw: str, as_of: date, from_1904: bool, month_first: bool) -> DateReading:
    if len(raw) > _LONGEST_VALUE:
        return DateReading(None, "TANGGAL_SALAH")
    text = _PREFIX.sub("", raw.lower().strip(" '`\".,;:"))
    text = _TIME.sub("", text).strip(" .,-/")
    if reading := _match(text, as_of, month_first):
        return reading
    if sum(letter.isdigit() for letter in text) >= 4 and (
        reading := _match(text.translate(_LETTERS), as_of, month_first)
    ):
        return reading
    if (serial := _SERIAL.fullmatch(text)) and not 1900 <= int(serial[1]) <= 2100:
        return _from_number(float(serial[1]), as_of, from_1904)
    return DateReading(None, "TANGGAL_SALAH")


def _match(text: str, as_of: date, month_first: bool) -> DateReading | None:
    if found := _YMD.fullmatch(text):
        return _dated(int(found[3]), int(found[2]), found[1], as_of)
    if found := NUMERIC_DATE.fullmatch(text):
        one, two = int(found[1]), int(found[2])
        one, two = (two, one) if month_first and one <= 12 and two <= 12 else (one, two)
        return _dated(one, two, found[3], as_of)
    if (found := _DAY_NAME_YEAR.fullmatch(text)) and (month := _month(found[2])):
        return _dated(int(found[1]), month, found[3], as_of, named=True)
    if (found := _NAME_DAY_YEAR.fullmatch(text)) and (month := _month(found[1])):
        return _dated(int(found[2]), month, found[3], as_of, named=True)
    if text.isdigit() and len(text) in (6, 7, 8):
        return _from_digits(text, as_of)
    return None


def _month(name: str) -> int | None:
    return months().get(name) or months().get(name[:3] if len(name) > 3 else "")


def _from_digits(digits: str, as_of: date) -> DateReading:
    digits = digits.zfill(8) if len(digits) == 7 else digits
    day_first = _dated(int(digits[:2]), int(digits[2:4]), digits[4:], as_of)
    if day_first.value or len(digits) == 6 or digits[:2] not in ("19", "20"):
        return day_first
    return _dated(int(digits[6:]), int(digits[4:6]), digits[:4], as_of)


def _dated(day: int, month: int, year: str, as_of: date, *, named: bool = False) -> DateReading:
    full = int(year) if len(year) == 4 else _century(int(year), as_of)
    swapped = not named and month > 12 >= day
    if swapped:
        day, month = month, day
    try:
        value = date(full, month, day)
    except ValueError:
        return DateReading(None, "TANGGAL_SALAH")
    reading = _bounded(value, as_of)
    return DateReading(value, "TANGGAL_BULAN_DULU") if swapped and reading.value else reading


def _century(year: int, as_of: date) -> int:
    """Two digits as the year of a person of ten or older; of a child only if the other century made 106 or more."""
    recent = as_of.year // 100 * 100 + year
    if recent > as_of.year:
        return recent - 100
    age = as_of.year - recent
    return recent if age >= _YOUNGEST_OF_TWO_DIGITS or age + 100 > _OLDEST_OF_TWO_DIGITS else recent - 100


def _bounded(value: date, as_of: date) -> DateReading:
    if value > as_of or value.year < as_of.year - _OLDEST:
        return DateReading(None, "TANGGAL_DEPAN")
    return DateReading(value)


def split_birth(cell: Cell) -> Cell:
    """The date part of `Bengkulu, 5 Mei 1990`; None where only a place stands."""
    if not isinstance(cell, str):
        return cell
    found = re.search(r"\d", cell)
    if not found:
        return None
    last = _LAST_DATE.search(cell)
    if last and last.start() > found.start():  # a digit in the place: `Sungai 3, 5-5-1990`
        return last[0]
    part = cell[found.start() :]
    named = re.search(r"\b([A-Za-z]{3,10}) +$", cell[: found.start()])
    return f"{named[1]} {part}" if named and months().get(named[1].lower()) else part


def read_sex(cell: Cell) -> str | None:
    """L, P, or None when it says neither."""
    word = show(cell).lower().strip(" '`\".()").replace(" ", "-")
    if word in words("laki") or word.startswith("laki"):
        return "L"
    if word in words("perempuan") or word.startswith(("peremp", "wanit", "prmp")):
        return "P"
    return None


def is_tick(cell: Cell) -> bool:
    """Something in a cell to be ticked; x, elsewhere a mark for nothing, ticks too."""
    return not is_blank(cell) or (isinstance(cell, str) and cell.lower() in ("x", "xx"))


def read_ticks(male: Cell, female: Cell) -> str | None:
    """The ticked one of two columns L and P; None when none or both are. x ticks unless the other has another mark."""
    ticks = [is_tick(cell) and cell not in (0, False, "0") for cell in (male, female)]
    if all(ticks):
        ticks = [not is_blank(cell) for cell in (male, female)]
    return {(True, False): "L", (False, True): "P"}.get((ticks[0], ticks[1]))


_PLAIN_NOISE = re.compile(
    r"rp\.?|idr|±|\+/-|\+-|kurang lebih|lebih kurang|kisaran|sekitar|kira-kira|rata-rata|rata2|[<>~=≤≥]"
    r"|(kurang|lebih) dari|di ?(bawah|atas)|,-|\.-|,00$|/ ?(bulan|bln|bl)\b|per ?(bulan|bln)|sebulan|rupiah"
)
_NOT_MONTHLY = re.compile(r"hari|minggu|tahun|thn|musim|panen|trip|jam")
_RANGE = re.compile(r"(?<=[\d a-z])\s*(?:-|–|—|s/d|s\.d\.?|sd|sampai(?: dengan)?|hingga)\s*(?=\d)")
_PART = re.compile(r"(\d[\d.,]*)\s*(jutaan|juta|jt|jta|jua|ribuan|ribu|rbu|rb|k|m)?\b")
_UNITS = {"jutaan": 10**6, "juta": 10**6, "jt": 10**6, "jta": 10**6, "jua": 10**6, "m": 10**6}
_LEAST = 10_000  # rupiah; a smaller figure is in some unit that it does not name
_MOST = 1_000_000_000


def read_money(cell: Cell) -> int | None:
    """Rupiah a month; of a range the lower end; None when it cannot be told."""
    if isinstance(cell, (bool, date)):
        return None
    if isinstance(cell, (int, float)):
        return _plausible(round(cell))
    return _money_text(cell) if cell and len(cell) <= _LONGEST_VALUE else None


@lru_cache(maxsize=50_000)
def _money_text(raw: str) -> int | None:
    text = _PLAIN_NOISE.sub(" ", raw.lower()).strip(" .,-:;'`\"")
    if _NOT_MONTHLY.search(text):
        return None
    ends = _RANGE.split(re.sub(r"(?<=\d) (?=\d{3}\b)", "", text))
    parts = _PART.findall(ends[0])
    if not parts or re.sub(r"[\d.,\s]", "", _PART.sub("", ends[0])):
        return None
    if len(ends) == 2 and not parts[-1][1] and (upper := _PART.match(ends[1])) and upper[2]:
        low = _number(parts[-1][0], bool(upper[2]))
        parts = [(parts[-1][0], upper[2])] if low is not None and low < 1_000 else parts
    return _sum(parts)


def _sum(parts: list[tuple[str, str]]) -> int | None:
    total = 0
    for number, unit in parts:
        value = _number(number, bool(unit))
        if value is None:
            return None
        total += round(value * (_UNITS.get(unit, 1_000) if unit else 1))
    return _plausible(total)


def _number(text: str, with_unit: bool) -> float | None:
    """`1.500.000`, `1,500,000.00`, `1.500.000,00`, `1500000.0`, and with a unit `1,5`."""
    text = text.strip(".,")
    if re.fullmatch(r"\d{1,3}([.]\d{3})+(,\d{1,2})?", text) and not (with_unit and text.count(".") == 1):
        return float(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d{1,2})?", text) and not (with_unit and text.count(",") == 1):
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d+([.,]\d+)?", text):
        return float(text.replace(",", "."))
    return None


def _plausible(value: int) -> int | None:
    return value if value == 0 or _LEAST <= value <= _MOST else None
