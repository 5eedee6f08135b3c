"""What a NIK cell says: 16 digits PPKKCC DDMMYY SSSS, women with DD + 40, serial from 0001.

A spreadsheet number keeps 15 digits, so a numeric NIK that ends in 0 may have lost its last digit; above 2**53
(the Papua provinces) an even number may be a rounded one.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import narwhals as nw

from jangkau.core.identity.regions import region_exists

LENGTH = 16
SHORTEST_GUESS = 10
LONGEST_CELL = 200
FEMALE = 40
MAX_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
EXACT_FLOAT = 2**53

_SEPARATORS = re.compile(r"[\s.,\-_/\\'\"`´‘’“”*:;=\u200b\u200c\u200d\ufeff]+")
_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]*))?\s*[eE]\s*\+?\s*([0-9]+)")
_FLOAT = re.compile(r"([0-9]+)[.,]0{1,6}")
_THOUSANDS = re.compile(r"([0-9]{1,3}(?:([.,])[0-9]{3})(?:\2[0-9]{3})+)(?:[.,]0{1,6})?")
_LABEL = re.compile(r"^(?:no(?:mor)?\.?\s*)?(?:nik|e-?ktp|ktp)\b\s*[:.=]?\s*", re.IGNORECASE)
_SURE_LETTERS = str.maketrans("OoIil|", "001111")
_LETTERS = str.maketrans("OoQDIilL|!SsBZzGg", "00001111115582266")
_SEQUENCES = ("0123456789" * 3, "9876543210" * 3)


@dataclass(frozen=True)
class NikReading:
    """`nik` when its 16 digits are certain, else `dugaan`, the digits read; `kode` says what is wrong."""

    nik: str | None
    dugaan: str | None = None
    kode: str | None = None


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def read_nik(cell: str, *, numeric: bool = False) -> NikReading:
    """What a raw cell tells of a NIK; never a NIK that the cell does not hold.

    `numeric`: the cell was a spreadsheet number. Problems (`kode`): the NIK_* entries of the identity catalogue.
    """
    if len(cell) == LENGTH and _is_digits(cell):
        return _digits(cell, numeric=numeric)
    text = _LABEL.sub("", unicodedata.normalize("NFKC", cell[:LONGEST_CELL]).strip().lstrip("'’‘`\"").strip())
    if match := _SCIENTIFIC.fullmatch(text):
        return _scientific(match, numeric=numeric)
    if match := _FLOAT.fullmatch(text) or _THOUSANDS.fullmatch(text):
        return _digits(_SEPARATORS.sub("", match[1]), numeric=True)
    bare = _SEPARATORS.sub("", text)
    if _is_digits(bare):
        return _digits(bare, numeric=numeric)
    return _letters(text, bare)


def _scientific(match: re.Match[str], *, numeric: bool) -> NikReading:
    """1.77E+15: a number printed in full is exact but for its zeros, anything shorter was cut or rounded."""
    digits = match[1] + (match[2] or "")
    if int(match[3]) == LENGTH - 1 and (len(digits) == LENGTH or (numeric and LENGTH - 3 <= len(digits) < LENGTH)):
        return _digits(digits.ljust(LENGTH, "0"), numeric=True)
    guess = digits[:LENGTH] if len(digits) >= SHORTEST_GUESS else None
    return NikReading(None, guess, "NIK_NOTASI_ILMIAH")


def _digits(digits: str, *, numeric: bool) -> NikReading:
    if not digits.strip("0"):
        return NikReading(None, None, "NIK_CONTOH")
    if len(digits) != LENGTH:
        return _wrong_length(digits)
    if is_placeholder(digits):
        return NikReading(None, None, "NIK_CONTOH")
    if numeric and _may_be_rounded(digits):
        return NikReading(None, digits, "NIK_DIGIT_HILANG")
    fault = structure_fault(digits)
    if fault:
        return NikReading(None, digits, fault)
    return NikReading(digits, None, None if region_exists(nik_region(digits)) else "NIK_WILAYAH_ASING")


def _wrong_length(digits: str) -> NikReading:
    if len(digits) > LENGTH:
        return NikReading(None, digits[:LENGTH], "NIK_LEBIH")
    if len(digits) == LENGTH - 1:
        return NikReading(None, digits, "NIK_15_ANGKA")
    return NikReading(None, digits if len(digits) >= SHORTEST_GUESS else None, "NIK_KURANG")


def _may_be_rounded(digits: str) -> bool:
    return digits.endswith("0") or (int(digits) > EXACT_FLOAT and digits[-1] in "2468")


def _letters(text: str, bare: str) -> NikReading:
    sure = bare.translate(_SURE_LETTERS)
    if _is_digits(sure) and len(sure) == LENGTH and sum(map(str.isdecimal, bare)) >= LENGTH // 2:
        whole = not is_placeholder(sure) and not structure_fault(sure) and region_exists(nik_region(sure))
        return NikReading(sure, None, "NIK_HURUF") if whole else NikReading(None, sure, "NIK_HURUF_RAGU")
    runs = re.findall(r"(?<![0-9])[0-9]{16}(?![0-9])", text)
    if len(runs) == 1:
        return _digits(runs[0], numeric=False)
    return _guess(bare)


def _guess(bare: str) -> NikReading:
    digits = re.sub(r"[^0-9]", "", bare.translate(_LETTERS) if len(bare) <= LENGTH + 1 else bare)
    if sum(map(str.isdecimal, bare)) < SHORTEST_GUESS // 2:
        return NikReading(None, None, "NIK_KOSONG")
    guess = digits[:LENGTH] if len(digits) >= SHORTEST_GUESS else None
    return NikReading(None, guess, "NIK_HURUF_RAGU")


def is_placeholder(nik: str) -> bool:
    """Whether the digits were typed to fill the cell: 000..., 1212..., 12345..., a region and then one digit."""
    repeated = any(nik == (nik[:period] * LENGTH)[: len(nik)] for period in (1, 2, 4))
    return repeated or len(set(nik[6:])) == 1 or any(nik in sequence for sequence in _SEQUENCES)


def structure_fault(nik: str) -> str | None:
    """The code of what no true NIK has: a birth date that does not exist, or serial 0000."""
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    day -= FEMALE if day > FEMALE else 0
    leap_fault = (day, month) == (29, 2) and year % 4 != 0
    if not 1 <= month <= 12 or not 1 <= day <= MAX_DAYS[month - 1] or leap_fault:
        return "NIK_TANGGAL_MUSTAHIL"
    return "NIK_SERI_NOL" if nik.endswith("0000") else None


def nik_sex(nik: str) -> str | None:
    """L or P from the day field (P: 41-71), or None where the field is neither."""
    day = int(nik[6:8]) if _is_digits(nik) and len(nik) == LENGTH else 0
    if 1 <= day <= 31:
        return "L"
    return "P" if FEMALE < day <= FEMALE + 31 else None


def nik_region(nik: str) -> str:
    """Six digits: the kecamatan of first issue, which need not be the domicile."""
    return nik[:6]


def disagreements(nik: str, born: date | None, sex: str | None) -> tuple[str, ...]:
    """Codes of what the NIK says otherwise than the list: NIK_BEDA_TANGGAL, NIK_BEDA_KELAMIN. Signals, not errors."""
    codes: list[str] = []
    if nik_sex(nik) is None:
        return ()
    if born and nik[8:12] + f"{(int(nik[6:8]) - 1) % FEMALE + 1:02}" != f"{born:%m%y%d}":
        codes.append("NIK_BEDA_TANGGAL")
    if sex and nik_sex(nik) != sex:
        codes.append("NIK_BEDA_KELAMIN")
    return tuple(codes)


def lost_last_digit(niks: Iterable[str | None]) -> bool:
    """Whether a text column shows that a spreadsheet took the 16th digits: nearly all of them are 0 (at least five).

    A list saved as CSV no longer shows that its NIK were numbers; by chance nine of ten do not end in 0.
    """
    whole = [nik for nik in niks if nik and len(nik) == LENGTH and _is_digits(nik) and not is_placeholder(nik)]
    zeros = sum(nik.endswith("0") for nik in whole)
    return len(whole) >= 5 and zeros >= 0.8 * len(whole)


def valid_nik_expr(column: str) -> nw.Expr:
    """Whether a text column holds 16 digits that can be a true NIK: a real date, serial not 0000, no placeholder."""
    day, month, year, whole = _fields(column)
    longest = 31 - nw.when(month.is_in([4, 6, 9, 11])).then(1).otherwise(nw.when(month == 2).then(2).otherwise(0))
    real_date = (month >= 1) & (month <= 12) & (day >= 1) & (day <= longest)
    leap_fault = (month == 2) & (day == 29) & (year % 4 != 0)
    serial = ~nw.col(column).str.ends_with("0000")
    return (whole & real_date & ~leap_fault & serial & ~_placeholder_expr(column)).fill_null(False)


def _placeholder_expr(column: str) -> nw.Expr:
    text = nw.col(column)
    quarters = [text.str.slice(start, 4) for start in (0, 4, 8, 12)]
    repeated = (quarters[0] == quarters[1]) & (quarters[1] == quarters[2]) & (quarters[2] == quarters[3])
    filled = text.str.slice(6, 10).is_in([str(digit) * 10 for digit in range(10)])
    runs = [sequence[start : start + LENGTH] for sequence in _SEQUENCES for start in range(10)]
    return repeated | filled | text.is_in(runs)


def _fields(column: str) -> tuple[nw.Expr, nw.Expr, nw.Expr, nw.Expr]:
    """Day (without the 40), month and year as integers, null unless the text is 16 digits; and whether it is."""
    whole = nw.col(column).str.contains("^[0-9]{16}$")
    digits = nw.when(whole).then(nw.col(column))
    born = digits.str.slice(6, 6).cast(nw.Int64)
    day = born // 10_000
    return day - FEMALE * (day > FEMALE).cast(nw.Int64), born // 100 % 100, born % 100, whole
