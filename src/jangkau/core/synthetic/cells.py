"""How one value stands in a cell: numbers as text, number or float; dates in eight styles; money as people write it."""

from datetime import date

from jangkau.core.kernel.formats import MONTHS

Cell = str | int | float | date | None
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
EXCEL_DAY_ZERO = date(1899, 12, 30)

# Style -> weight; a list keeps to one style, as its writer does.
NIK_STYLES = {
    "teks": 62, "angka": 9, "angka_15": 6, "apostrof": 7, "spasi": 5, "titik": 3, "strip": 2, "eksponen": 2, "koma_nol": 2,
    "spasi_ujung": 2,
}  # fmt: skip
LOSSY = {"angka_15", "eksponen"}
DATE_STYLES = {
    "garis": 20, "garis_pendek": 10, "strip": 14, "strip_pendek": 9, "bulan": 14, "bulan_singkat": 7, "iso": 5, "titik": 5,
    "sel_tanggal": 12, "serial": 4,
}  # fmt: skip


def nik_cell(nik: str | None, style: str) -> Cell:
    """A number as its writer's program kept it; what is no 16-digit number stays text."""
    if nik is None or style == "teks":
        return nik
    if not (nik.isdigit() and len(nik) == 16):
        return nik
    return _nik_written(nik, style)


def _nik_written(nik: str, style: str) -> Cell:
    match style:
        case "angka":
            return int(nik)
        case "angka_15":
            return float(int(nik) // 10 * 10)
        case "eksponen":
            return f"{float(nik):.2E}".replace("E+", "E+")
        case "koma_nol":
            return f"{nik}.0"
        case "apostrof":
            return f"'{nik}"
        case "spasi":
            return f"{nik[:4]} {nik[4:8]} {nik[8:12]} {nik[12:]}"
        case "titik":
            return f"{nik[:6]}.{nik[6:12]}.{nik[12:]}"
        case "strip":
            return f"{nik[:6]}-{nik[6:12]}-{nik[12:]}"
        case _:
            return f" {nik} "


def certain_nik(nik: str | None, style: str) -> str | None:
    """The 16 digits, when the paper leaves no doubt about them."""
    if nik is None or style in LOSSY or not (nik.isdigit() and len(nik) == 16):
        return None
    return None if style == "angka" and nik.endswith("0") else nik


def date_cell(day: date | None, style: str) -> Cell:
    """A date in the writer's style."""
    if day is None:
        return None
    match style:
        case "sel_tanggal":
            return day
        case "serial":
            return (day - EXCEL_DAY_ZERO).days
        case "garis":
            return f"{day.day:02d}/{day.month:02d}/{day.year}"
        case "garis_pendek":
            return f"{day.day}/{day.month}/{day.year}"
        case "strip":
            return f"{day.day:02d}-{day.month:02d}-{day.year}"
        case "strip_pendek":
            return f"{day.day:02d}-{day.month:02d}-{day.year % 100:02d}"
        case "bulan":
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        case "bulan_singkat":
            return f"{day.day:02d}-{SHORT_MONTHS[day.month - 1]}-{day.year}"
        case "titik":
            return f"{day.day:02d}.{day.month:02d}.{day.year}"
        case _:
            return day.isoformat()


def birth_text(place: str, day: date | None, style: str) -> str:
    """`Curup, 05-05-1990`: place and date in one cell."""
    text = date_cell(day, "strip" if style in ("sel_tanggal", "serial") else style)
    return f"{place}, {text}" if text else place


def income_cell(amount: int | None, u: float, style: str) -> Cell:
    """Money as a number, with dots, with Rp, or in words for thousand and million."""
    if amount is None:
        return "-" if u < 0.3 else None
    dotted = f"{amount:,}".replace(",", ".")
    match style:
        case "angka":
            return amount
        case "titik":
            return dotted
        case "rp":
            return f"Rp {dotted},-" if u < 0.5 else f"Rp. {dotted}"
        case "kata":
            return _in_words(amount, u)
        case _:
            return f"Rp{dotted}"


def _in_words(amount: int, u: float) -> str:
    if amount < 1_000_000:
        return f"{amount // 1000} ribu" if u < 0.5 else f"{amount // 1000}rb"
    millions = f"{amount / 1e6:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{millions} jt" if u < 0.5 else f"{millions} juta"


def phone_cell(number: str | None, u: float) -> Cell:
    """A phone number: plain, with dashes or blanks, with +62, or as a number that lost its 0."""
    if number is None:
        return "-" if u < 0.2 else None
    if u < 0.55:
        return number
    if u < 0.70:
        return f"{number[:4]}-{number[4:8]}-{number[8:]}"
    if u < 0.80:
        return f"{number[:4]} {number[4:8]} {number[8:]}"
    if u < 0.90:
        return f"+62{number[1:]}"
    return int(number[1:])


def cased(text: str, style: str) -> str:
    """Names as one list writes them."""
    if style == "judul":
        return text.title().replace("S.Pd", "S.Pd")
    return text.lower() if style == "kecil" else text
