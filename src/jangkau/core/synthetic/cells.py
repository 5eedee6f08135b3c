"""How one value stands in a cell: numbers as text, number or float; dates in many styles; money as people write it.

Each table maps a style to how it writes; the weights beside it say how often a list has that style.
"""

from collections.abc import Callable, Mapping
from datetime import date

from jangkau.core.kernel.formats import MONTHS

Cell = str | int | float | date | None
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
OTHER_MONTHS = ("Jan.", "Peb", "Maret", "Apr.", "Mei", "Juni", "Juli", "Agt", "Sept", "Oktb", "Nop", "Des.")
ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EXCEL_DAY_ZERO = date(1899, 12, 30)

NIK_WRITERS: dict[str, tuple[float, Callable[[str], Cell]]] = {
    "teks": (62, lambda nik: nik),
    "angka": (9, int),
    "angka_15": (6, lambda nik: float(int(nik) // 10 * 10)),
    "eksponen": (2, lambda nik: f"{float(nik):.2E}"),
    "koma_nol": (2, lambda nik: f"{nik}.0"),
    "apostrof": (7, lambda nik: f"'{nik}"),
    "spasi": (5, lambda nik: f"{nik[:4]} {nik[4:8]} {nik[8:12]} {nik[12:]}"),
    "titik": (3, lambda nik: f"{nik[:6]}.{nik[6:12]}.{nik[12:]}"),
    "strip": (2, lambda nik: f"{nik[:6]}-{nik[6:12]}-{nik[12:]}"),
    "spasi_ujung": (2, lambda nik: f" {nik} "),
}
NIK_STYLES = {style: weight for style, (weight, _) in NIK_WRITERS.items()}
MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
EXACT_FLOAT = 2**53
LOSSY = {"angka_15", "eksponen"}

DATE_WRITERS: dict[str, tuple[float, Callable[[date], Cell]]] = {
    "garis": (20, lambda d: d.strftime("%d/%m/%Y")),
    "garis_pendek": (10, lambda d: f"{d.day}/{d.month}/{d.year}"),
    "strip": (14, lambda d: d.strftime("%d-%m-%Y")),
    "strip_pendek": (9, lambda d: d.strftime("%d-%m-%y")),
    "bulan": (14, lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}"),
    "bulan_singkat": (7, lambda d: f"{d.day:02d}-{SHORT_MONTHS[d.month - 1]}-{d.year}"),
    "iso": (5, date.isoformat),
    "titik": (5, lambda d: d.strftime("%d.%m.%Y")),
    "sel_tanggal": (12, lambda d: d),
    "garis_2": (5, lambda d: d.strftime("%d/%m/%y")),
    "garis_iso": (2, lambda d: d.strftime("%Y/%m/%d")),
    "bulan_besar": (5, lambda d: f"{d.day:02d} {MONTHS[d.month - 1].upper()} {d.year}"),
    "bulan_lain": (3, lambda d: f"{d.day} {OTHER_MONTHS[d.month - 1]} {d.year}"),
    "inggris": (2, lambda d: f"{d.day:02d}-{ENGLISH_MONTHS[d.month - 1]}-{d.year % 100:02d}"),
    "iso_waktu": (2, lambda d: f"{d.isoformat()} 00:00:00"),
    "serial": (4, lambda d: (d - EXCEL_DAY_ZERO).days),
}
DATE_STYLES = {style: weight for style, (weight, _) in DATE_WRITERS.items()}

INCOME_STYLES = {
    "angka": 4.0,
    "titik": 3.0,
    "rp": 2.0,
    "kata": 1.0,
    "rapat": 1.0,
    "koma": 0.6,
    "sen": 0.5,
    "bulanan": 0.4,
}
PLACE_AND_DATE = ("{}, {}", "{}, {}", "{}, {}", "{},{}", "{} {}", "{} / {}")


def draw_key(weights: Mapping[str, float], u: float) -> str:
    """The key that `u` falls on."""
    total = sum(weights.values())
    for key, weight in weights.items():
        u -= weight / total
        if u < 0:
            return key
    return next(iter(weights))


def nik_cell(nik: str | None, style: str) -> Cell:
    """A number as its writer's program kept it; what is no 16-digit number stays text."""
    if nik is None or not (nik.isdigit() and len(nik) == 16):
        return nik
    return NIK_WRITERS[style][1](nik)


def certain_nik(nik: str | None, style: str) -> str | None:
    """The 16 digits, when the paper leaves no doubt about them."""
    if nik is None or style in LOSSY or not _well_formed(nik):
        return None
    lost = style in ("angka", "koma_nol") and nik.endswith("0")
    return None if lost or (style == "angka" and int(nik) > EXACT_FLOAT) else nik


def _well_formed(nik: str) -> bool:
    """Sixteen digits, not all alike, with a day, a month and a serial that can be."""
    if not (nik.isdigit() and len(nik) == 16) or len(set(nik)) == 1:
        return False
    day, month = int(nik[6:8]), int(nik[8:10])
    return 1 <= month <= 12 and 1 <= day % 40 <= MONTH_DAYS[month - 1] and day <= 71 and nik[12:] != "0000"


def date_cell(day: date | None, style: str) -> Cell:
    """A date in the writer's style."""
    return None if day is None else DATE_WRITERS[style][1](day)


def birth_text(place: str, day: date | None, style: str, u: float) -> str:
    """`Curup, 05-05-1990`: place and date in one cell."""
    text = date_cell(day, "strip" if style in ("sel_tanggal", "serial") else style)
    return PLACE_AND_DATE[int(u * len(PLACE_AND_DATE))].format(place, text) if text else place


def income_cell(amount: int | None, u: float, style: str) -> Cell:
    """Money as a number, with dots, with Rp, or in words for thousand and million."""
    if amount is None:
        return "-" if u < 0.3 else None
    dotted = f"{amount:,}".replace(",", ".")
    written: dict[str, Cell] = {
        "angka": amount,
        "titik": dotted,
        "rp": f"Rp {dotted},-" if u < 0.5 else f"Rp. {dotted}",
        "kata": _in_words(amount, u),
        "rapat": f"Rp{dotted}",
        "koma": f"{amount:,}",
        "sen": f"{dotted},00",
        "bulanan": f"Rp {dotted}/bln",
    }
    return written[style]


def _in_words(amount: int, u: float) -> str:
    if amount < 1_000_000:
        return f"{amount // 1000} ribu" if u < 0.5 else f"{amount // 1000}rb"
    millions = f"{amount / 1e6:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{millions} jt" if u < 0.5 else f"{millions} juta"


def phone_cell(number: str | None, u: float) -> Cell:
    """A phone number: plain, with dashes or blanks, with +62, or as a number that lost its 0."""
    if number is None:
        return "-" if u < 0.2 else None
    styles: tuple[tuple[float, Cell], ...] = (
        (0.55, number),
        (0.70, f"{number[:4]}-{number[4:8]}-{number[8:]}"),
        (0.80, f"{number[:4]} {number[4:8]} {number[8:]}"),
        (0.86, f"+62{number[1:]}"),
        (0.90, f"62{number[1:]}"),
        (0.93, f"{number[:4]}.{number[4:8]}.{number[8:]}"),
        (1.00, int(number[1:])),
    )
    return next(cell for limit, cell in styles if u < limit)


def cased(text: str, style: str) -> str:
    """Names as one list writes them."""
    return {"judul": text.title(), "kecil": text.lower()}.get(style, text)
