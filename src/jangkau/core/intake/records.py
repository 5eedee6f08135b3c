"""From a person's cells to one row of USULAN_BACA and its problems."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from jangkau.core.identity.nik import EXACT_FLOAT, NikReading, disagreements, read_nik
from jangkau.core.identity.occupation import classify
from jangkau.core.identity.phone import normalise_phone
from jangkau.core.intake.habits import cut_columns, exact_columns, month_first_columns
from jangkau.core.intake.people import Person
from jangkau.core.intake.place import Named, Placed, Places, combine, named_in
from jangkau.core.intake.rows import is_name
from jangkau.core.intake.sheets import Cell, show
from jangkau.core.intake.values import (
    DateReading,
    is_blank,
    is_error,
    read_date,
    read_money,
    read_sex,
    read_ticks,
    split_birth,
)
from jangkau.core.kernel.formats import long_date

_LONGEST_NIK = 80
_UNIT, _THOUSANDS = re.compile(r"\b(ribu|juta)", re.IGNORECASE), re.compile(r"[.,](?=\d{3}\b)")
_FLOAT_CODE = re.compile(r"^'?(\d{10})(?:[.,]0+)?$")
_RUNNING_NUMBER = re.compile(r"^\d{1,4}\s*[.)]\s*(?=[A-Za-z])")


@dataclass
class Record:
    """One proposal row: the values of USULAN_BACA by column, and (column or None, code, words) of its problems."""

    values: dict[str, Any]
    problems: list[tuple[int | None, str, dict[str, str]]] = field(default_factory=list)


@dataclass(frozen=True)
class Context:
    """What holds for a whole sheet."""

    places: Places
    as_of: date
    from_1904: bool
    around: Named  # the sheet's, file's and folders' names
    exact_columns: frozenset[int] = frozenset()  # whose numeric NIKs kept all digits
    cut_columns: frozenset[int] = frozenset()  # whose NIKs, now text, lost their last digit before
    month_first: frozenset[int] = frozenset()  # whose dates are month/day/year

    @classmethod
    def of(cls, people: list[Person], places: Places, as_of: date, around: Named, *, from_1904: bool) -> "Context":
        """With what the columns of these people show."""
        habits = exact_columns(people), cut_columns(people), month_first_columns(people)
        return cls(places, as_of, from_1904, around, *habits)


def read_person(person: Person, context: Context) -> Record:
    """The values of one row and what is wrong with them."""
    record = Record({})
    born = _birth(person, context, record)
    sex = _sex(person, record)
    nik = _nik(person, context, record)
    if nik.nik:
        for code in disagreements(nik.nik, born, sex):
            _note(record, person, "tanggal_lahir" if "TANGGAL" in code else "jk", code, teks=nik.nik)
    placed = _place(person, context, record)
    occupation = _occupation(person, record)
    record.values = {
        "nik": nik.nik,
        "nik_dugaan": nik.dugaan,
        "nama": _name(person, record),
        "tanggal_lahir": born,
        "jenis_kelamin": sex,
        "kode_desa": placed.kode_desa,
        "kode_wilayah": placed.kode_wilayah,
        "pekerjaan": occupation[0],
        "status_kerja": occupation[1],
        "penghasilan": _income(person, record),
        "no_hp": _phone(person, record),
        "no_kk": _household(person, record),
    }
    _errors(person, record)
    return record


def _note(record: Record, person: Person, name: str, code: str, **words: str) -> None:
    record.problems.append((person.heading.columns.get(name), code, words))


def _errors(person: Person, record: Record) -> None:
    for name, cell in person.cells.items():
        if isinstance(cell, str) and cell.startswith("#") and is_error(cell):
            _note(record, person, name, "SEL_GALAT_EXCEL", teks=show(cell))


def _name(person: Person, record: Record) -> str | None:
    cell = person.cells.get("nama")
    if not is_name(cell):
        _note(record, person, "nama", "NAMA_KOSONG")
        return None
    return _RUNNING_NUMBER.sub("", show(cell)).strip(" '`\"")


def _nik(person: Person, context: Context, record: Record) -> NikReading:
    cell = person.cells.get("nik")
    if cell is None or is_blank(cell):
        reading = NikReading(None, None, "NIK_KOSONG")
    else:
        numeric = isinstance(cell, (int, float)) and not isinstance(cell, bool)
        kept = numeric and person.heading.columns["nik"] in context.exact_columns and float(show(cell)) < EXACT_FLOAT
        reading = read_nik(show(cell)[:_LONGEST_NIK], numeric=numeric and not kept)
        whole = (reading.dugaan if reading.kode == "NIK_SERI_NOL" else reading.nik) or ""
        if whole.endswith("0") and person.heading.columns["nik"] in context.cut_columns:
            reading = NikReading(None, whole, "NIK_DIGIT_HILANG")
    if reading.kode:
        _note(record, person, "nik", reading.kode, teks=show(cell))
    return reading


def _birth(person: Person, context: Context, record: Record) -> date | None:
    for name in ("tanggal_lahir", "ttl", "tempat_lahir"):
        cell = _whole_date(person.cells) if name == "tanggal_lahir" else person.cells.get(name)
        if cell is None or is_blank(cell):
            continue
        part = split_birth(cell) if isinstance(cell, str) and cell[:1].isalpha() else cell
        if part is None:
            continue
        month_first = person.heading.columns.get(name) in context.month_first
        reading = read_date(part, context.as_of, from_1904=context.from_1904, month_first=month_first)
        if reading.kode:
            _note_date(record, person, name, reading, cell)
        return reading.value
    return None


def _note_date(record: Record, person: Person, name: str, reading: DateReading, cell: Cell) -> None:
    read_as = long_date(reading.value) if reading.value else ""
    _note(record, person, name, reading.kode or "", teks=show(cell), dibaca=read_as)


def _whole_date(cells: dict[str, Cell]) -> Cell:
    """Day, month and year from three columns where they stand apart."""
    day, month, year = (cells.get(name) for name in ("tanggal_lahir", "bulan_lahir", "tahun_lahir"))
    if month is None or year is None or len(show(day)) > 2:
        return day
    return f"{show(day)} {show(month)} {show(year)}"


def _sex(person: Person, record: Record) -> str | None:
    cells = person.cells
    if "jk" in cells and not is_blank(cells["jk"]):
        sex = read_sex(cells["jk"])
        if sex is None:
            _note(record, person, "jk", "KELAMIN_SALAH", teks=show(cells["jk"]))
        return sex
    return read_ticks(cells.get("jk_l"), cells.get("jk_p"))


def _occupation(person: Person, record: Record) -> tuple[str | None, str | None]:
    cell = person.cells.get("pekerjaan")
    if cell is None or is_blank(cell):
        return None, None
    found = classify(show(cell))
    return found.tag, found.status


def _income(person: Person, record: Record) -> int | None:
    cell = person.cells.get("penghasilan")
    if cell is None or is_blank(cell):
        return None
    value = read_money(cell)
    unit = _UNIT.search(person.heading.texts.get(person.heading.columns["penghasilan"], ""))
    if value is None and unit and re.fullmatch(r"[\d.,]+", figure := show(cell)):
        value = read_money(f"{_THOUSANDS.sub('', figure)} {unit[1]}")
    if value is None:
        _note(record, person, "penghasilan", "PENGHASILAN_SALAH", teks=show(cell))
    return value


def _phone(person: Person, record: Record) -> str | None:
    cell = person.cells.get("no_hp")
    if cell is None or is_blank(cell):
        return None
    value = normalise_phone(show(cell))
    if value is None:
        _note(record, person, "no_hp", "NO_HP_SALAH", teks=show(cell))
    return value


def _household(person: Person, record: Record) -> str | None:
    cell = person.cells.get("no_kk")
    if cell is None or is_blank(cell):
        return None
    digits = re.sub(r"[\s.,\-'`’]", "", show(cell))
    numeric = not isinstance(cell, str)
    if len(digits) == 16 and digits.isdecimal() and not (numeric and digits.endswith("0")):
        return digits
    _note(record, person, "no_kk", "NO_KK_SALAH", teks=show(cell))
    return None


def _place(person: Person, context: Context, record: Record) -> Placed:
    own = _own_place(person)
    above = _tidy(context.places, person.place, context.around)
    placed = context.places.settle(combine((own, above, context.around)))
    if placed.kode_desa is None and own.desa and (own.kecamatan or own.kabupaten):
        second = context.places.settle(own)
        placed = second if second.kode_desa else placed
    if placed.kode:
        name = "desa" if own.desa else "kecamatan"
        place = person.heading.columns.get(name) if own else None
        record.problems.append(
            (place, placed.kode, {"teks": placed.teks, "kandidat": placed.calon, "sebaris": "ya" * bool(own)})
        )
    return placed


def _own_place(person: Person) -> Named:
    names = [
        show(cell) if not is_blank(cell := person.cells.get(name)) else ""
        for name in ("desa", "kecamatan", "kabupaten")
    ]
    names[0] = _FLOAT_CODE.sub(r"\1", names[0])
    own = Named(*names)
    if own.desa and not own.kecamatan:
        within = named_in(own.desa if own.desa.lower().startswith(("desa", "kel", "ds")) else f"desa {own.desa}")
        own = within.over(own) if within.kecamatan else own
    address = person.cells.get("alamat")
    return own.over(named_in(address)) if isinstance(address, str) else own


@lru_cache(maxsize=4_000)
def _tidy(places: Places, named: Named, around: Named) -> Named:
    return places.shortened(named, around) if named else named
