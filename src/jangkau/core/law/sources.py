"""Which parameters a price used, so that a bill or a report can cite them; and what changed between two dates."""

from dataclasses import dataclass

from jangkau.core.kernel.month import month_text
from jangkau.core.law.book import Book, Citation, On, day_of
from jangkau.core.law.rates import RELIEF, RELIEF_BY_PAYER
from jangkau.core.law.schema import Value
from jangkau.core.tables.common import SCALES


@dataclass(frozen=True)
class Asked:
    """What a price was asked for, in the words of `contributions`."""

    segment: str
    month: int
    payer: str = "SENDIRI"
    sector: str = "LAIN"
    mode: str = "AUTO"
    jht: bool = False
    scale: str = "MENENGAH"
    by_wage: bool = False


def sources(asked: Asked, book: Book | None = None) -> tuple[Citation, ...]:
    """Every parameter that decides the price, with reference and confidence. Raises LawUndefinedOn."""
    book = book or Book.load()
    names = {"BPU": _bpu, "PU": _pu, "JAKON": _jakon, "PMI": _pmi}[asked.segment](asked, book)
    return tuple(book.cite(name, asked.month) for name in names)


def _bpu(asked: Asked, book: Book) -> list[str]:
    names = ["bpu.dasar_upah", "bpu.jkk", "bpu.jkm", *["bpu.jht"] * asked.jht, RELIEF]
    relief = book.value(RELIEF, asked.month)
    if asked.mode == "AUTO" and relief["ANGKUTAN" if asked.sector == "ANGKUTAN" else "SELAINNYA"]:
        names += [name for name in RELIEF_BY_PAYER if _names_payer(book, name, asked)]
    return names


def _names_payer(book: Book, name: str, asked: Asked) -> bool:
    if book[name].form == "pilihan":
        return asked.payer == "DANA_DESA"
    return asked.payer in book.value(name, asked.month)


def _pu(asked: Asked, book: Book) -> list[str]:
    month, place = asked.month, SCALES.index(asked.scale)
    needs = book.value("pu.skala_wajib", month)
    names = ["pu.skala_wajib", "pu.jkk", "pu.jkm"]
    names += ["pu.jht"] * (place >= SCALES.index(needs["JHT"]))
    names += ["pu.jp", "pu.jp_batas_upah"] * (place >= SCALES.index(needs["JP"]))
    in_jkp = place >= SCALES.index(book.value("pu.skala_jkp", month)["JKP"])
    if in_jkp and book.value("pu.jkp_dari_jkk", month):
        names += ["pu.skala_jkp", "pu.jkp_dari_jkk", "pu.jkp_dari_jkm", "pu.jkp_negara", "pu.jkp_batas_upah"]
    return names


def _jakon(asked: Asked, _book: Book) -> list[str]:
    return ["jakon.jkk_upah", "jakon.jkm_upah"] if asked.by_wage else ["jakon.jkk", "jakon.jkm"]


def _pmi(_asked: Asked, _book: Book) -> list[str]:
    return ["pmi.iuran"]


@dataclass(frozen=True)
class Change:
    """One parameter that is not the same on two dates; None where the law is not known."""

    parameter: str
    before: Value | None
    after: Value | None
    steps: tuple[Value, ...]


def diff(first: On, second: On, book: Book | None = None) -> tuple[Change, ...]:
    """Every parameter whose value differs between two dates, with the values that came in between.

    A parameter that changed and changed back has no difference and is not listed.
    """
    book = book or Book.load()
    early, late = day_of(first), day_of(second)
    changes = []
    for name in sorted(book.parameters):
        before, after = book[name].on(early), book[name].on(late)
        if (before and before.content) != (after and after.content) or (before is None) != (after is None):
            steps = tuple(value for value in book[name].values if min(early, late) < value.since <= max(early, late))
            changes.append(Change(name, before, after, steps))
    return tuple(changes)


def months_text(months: list[int]) -> list[str]:
    """Month indexes as `YYYY-MM`."""
    return [month_text(month) for month in months]
