"""How a name, a number or a date goes wrong on its way to a list. One small function a fault.

Each takes the right value and uniform numbers `u` (0-1) and gives the wrong one; where the fault cannot
happen to that value it gives the value back.
"""

from collections.abc import Callable
from datetime import date

KEYS = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
NEIGHBOUR = {row[i]: row[i + 1 if i + 1 < len(row) else i - 1] for row in KEYS for i in range(len(row))}
SHORT = {
    "MUHAMMAD": ("M.", "MUH.", "MOH.", "MHD.", "MOHAMAD", "MUHAMAD", "MOHAMMAD"),
    "ABDUL": ("ABD.", "ABD"),
    "AHMAD": ("ACHMAD", "AKHMAD", "A."),
    "SITI": ("ST.", "STI", "SITTI"),
    "SYAMSUL": ("SAMSUL", "SYAM"),
    "NUR": ("NR.", "NOOR"),
}
OLD = (("U", "OE"), ("J", "DJ"), ("C", "TJ"), ("Y", "J"))
TITLES_BEFORE = {"L": ("H. ", "DRS. ", "UST. ", "SDR. ", "BPK. "), "P": ("HJ. ", "IBU ", "DRA. ", "SDRI. ")}
TITLES_AFTER = (", S.PD", ", S.E", ", S.SOS", " S.PD.I", ", A.MD", ", S.H.")
OCR = (("I", "1"), ("O", "0"), ("RN", "M"), ("S", "5"), ("B", "8"))


def _at(text: str, u: float) -> int:
    return min(len(text) - 1, int(u * len(text)))


def keyboard(name: str, u: float, v: float) -> str:
    """One letter doubled, left out, swapped with the next or hit beside."""
    if len(name) < 4:
        return name
    i = _at(name[1:-1], u) + 1
    kind = int(v * 4)
    if kind == 0:
        return name[:i] + name[i] + name[i:]
    if kind == 1:
        return name[:i] + name[i + 1 :]
    if kind == 2:
        return name[:i] + name[i + 1] + name[i] + name[i + 2 :]
    return name[:i] + NEIGHBOUR.get(name[i], name[i]) + name[i + 1 :]


def scanned(name: str, u: float, v: float) -> str:
    """A letter that a scanner takes for another sign."""
    old, new = OCR[int(v * len(OCR))]
    return name.replace(old, new, 1)


def shortened(name: str, u: float, v: float) -> str:
    """A common first word shortened, or the last word cut to its initial."""
    words = name.split()
    for i, word in enumerate(words):
        if word in SHORT and len(words) > 1:
            words[i] = SHORT[word][int(u * len(SHORT[word]))]
            return " ".join(words)
    return " ".join([*words[:-1], words[-1][0] + "."]) if len(words) > 2 else name


def old_spelling(name: str, u: float, v: float) -> str:
    """The spelling before 1972: oe, dj, tj, j."""
    start = int(v * len(OLD))
    for old, new in OLD[start:] + OLD[:start]:
        if old in name:
            return name.replace(old, new)
    return name


def new_ending(name: str, u: float, v: float) -> str:
    """Endings written either way: -uddin and -udin, sy and s, h left out."""
    for old, new in (("UDIN", "UDDIN"), ("SY", "S"), ("KH", "H"), ("AH ", "A "), ("DH", "D"), ("TH", "T"), ("IY", "I")):
        if old in name:
            return name.replace(old, new, 1)
    return name


def swapped_words(name: str, u: float, v: float) -> str:
    """Two words in the other order."""
    words = name.split()
    if len(words) < 2:
        return name
    i = int(u * (len(words) - 1))
    words[i], words[i + 1] = words[i + 1], words[i]
    return " ".join(words)


def missing_word(name: str, u: float, v: float) -> str:
    """One word left out, of two or more."""
    words = name.split()
    if len(words) < 2:
        return name
    del words[int(u * len(words))]
    return " ".join(words)


def joined_words(name: str, u: float, v: float) -> str:
    """Two words written as one."""
    words = name.split()
    return name if len(words) < 2 else words[0] + words[1] + "".join(" " + w for w in words[2:])


NAME_FAULTS: dict[str, tuple[float, Callable[[str, float, float], str]]] = {
    "NAMA_KETIK": (0.30, keyboard),
    "NAMA_PINDAI": (0.06, scanned),
    "NAMA_SINGKAT": (0.20, shortened),
    "NAMA_EJAAN_LAMA": (0.08, old_spelling),
    "NAMA_EJAAN": (0.12, new_ending),
    "NAMA_TERBALIK": (0.07, swapped_words),
    "NAMA_KURANG": (0.12, missing_word),
    "NAMA_SAMBUNG": (0.05, joined_words),
}


def wrong_name(name: str, w: float, u: float, v: float) -> tuple[str, str]:
    """A variant and the fault's code (by `w`); a fault that does not fit the name falls back to the keyboard's."""
    for code, (share, fault) in NAME_FAULTS.items():
        w -= share
        if w < 0:
            wrong = " ".join(fault(name, u, v).split())
            if wrong != name:
                return wrong, code
            break
    wrong = " ".join(keyboard(name, u, v).split())
    return wrong, "NAMA_KETIK" if wrong != name else ""


def wrong_digit(nik: str, u: float, v: float) -> str:
    """One digit replaced."""
    i = _at(nik, u)
    return nik[:i] + str((int(nik[i]) + 1 + int(v * 9)) % 10) + nik[i + 1 :]


def transposed(nik: str, u: float, v: float) -> str:
    """Two different neighbours swapped."""
    places = [i for i in range(len(nik) - 1) if nik[i] != nik[i + 1]]
    i = places[_at("x" * len(places), u)]
    return nik[:i] + nik[i + 1] + nik[i] + nik[i + 2 :]


def short_number(nik: str, u: float, v: float) -> str:
    """Fifteen digits: one left out."""
    i = _at(nik, u)
    return nik[:i] + nik[i + 1 :]


def wrong_date(born: date, u: float, v: float) -> tuple[date, str]:
    """Day and month swapped, a year or ten off, or another day."""
    if u < 0.35 and born.day <= 12 and born.day != born.month:
        return date(born.year, born.day, born.month), "TANGGAL_TERTUKAR"
    day = min(born.day, 28)
    if u < 0.75:
        return date(born.year + (-1, 1, -2, 10)[int(v * 4)], born.month, day), "TANGGAL_TAHUN"
    return date(born.year, born.month, day % 28 + 1), "TANGGAL_HARI"
