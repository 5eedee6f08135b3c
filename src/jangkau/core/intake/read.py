"""The intake of a folder: every proposal file, every sheet, every row that names a person."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from jangkau.core import engine
from jangkau.core.children import Child, ChildDied
from jangkau.core.identity.regions import Regions
from jangkau.core.intake.files import list_files, open_file
from jangkau.core.intake.people import SheetReading, read_sheet
from jangkau.core.intake.place import Named, Places, named_in
from jangkau.core.intake.records import Context, read_person
from jangkau.core.intake.sheets import Sheet, letter, show
from jangkau.core.kernel.problems import Problem, kind
from jangkau.core.tables.results import MASALAH, USULAN_BACA
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

CELL_MARK = "\x1f"  # between the cells of a kept row
_RAW: dict[str, Any] = {"berkas": pl.String, "lembar": pl.String, "baris": pl.Int64, "sel": pl.String}
MANY_FILES, CHILDREN = 400, 2
_WIDE, _LONGEST_WORDS = 100, 400
_MANY_BLANK = 5_000
_WEAK = frozenset({"DESA_GANDA", "DESA_TIDAK_DIKENAL", "DESA_TIDAK_DISEBUT", "DESA_BEDA_KECAMATAN"})


@dataclass(frozen=True)
class Intake:
    """What a folder gave. `usulan`: USULAN_BACA; `masalah`: MASALAH; `isi`: the rows as sent (berkas, lembar, baris,
    sel joined by CELL_MARK); `judul`: the headings, likewise; `per`: the date they were read as of."""

    usulan: Frame
    masalah: Frame
    isi: Frame
    judul: Frame
    berkas: list[str]
    per: date

    @classmethod
    def of(cls, tables: "Tables", berkas: list[str], per: date) -> "Intake":
        """What these files gave, as declared tables."""
        return cls(
            USULAN_BACA.check(engine.from_columns(_typed(USULAN_BACA, tables.usulan))),
            MASALAH.check(engine.from_columns(_typed(MASALAH, tables.masalah))),
            engine.frame(pl.DataFrame(tables.isi, schema=_RAW)),
            engine.frame(pl.DataFrame(tables.judul, schema=_RAW)),
            berkas,
            per,
        )


class Tables:
    """The columns of what was read; grows file by file."""

    def __init__(self) -> None:
        self.usulan: dict[str, list[Any]] = {name: [] for name in USULAN_BACA.names}
        self.masalah: dict[str, list[Any]] = {name: [] for name in MASALAH.names}
        self.isi: dict[str, list[Any]] = {name: [] for name in ("berkas", "lembar", "baris", "sel")}
        self.judul: dict[str, list[Any]] = {name: [] for name in self.isi}
        self.terisi = 0  # rows that hold anything, titles and headings too

    def extend(self, other: "Tables") -> None:
        """Put another's rows after these."""
        for name in ("usulan", "masalah", "isi", "judul"):
            for column, values in getattr(other, name).items():
                getattr(self, name)[column].extend(values)
        self.terisi += other.terisi

    def problem(self, where: tuple[str, str, int | None, int | None], kode: str, words: dict[str, str]) -> None:
        """Add a problem; `where` is file, sheet, row and column, the last two None for a whole file or row."""
        found = kind(kode)
        words = {name: word[:_LONGEST_WORDS] for name, word in words.items()}
        berkas, lembar, baris, kolom = where
        row = (
            berkas, lembar, baris, "" if kolom is None else letter(kolom), kode, found.tingkat,
            found.pesan.format_map(words), found.saran.format_map(words),
        )  # fmt: skip
        _append(self.masalah, dict(zip(MASALAH.names, row, strict=True)))


def read_folder(
    folder: Path,
    regions: Regions,
    settings: Settings,
    *,
    on_file: Callable[[str], None] | None = None,
    only: str | None = None,
) -> Intake:
    """Read every proposal file under `folder`; what is wrong becomes rows of `masalah`, never an exception.

    Returns USULAN_BACA and MASALAH in the order of file, sheet and row. Dates are read as of `settings.per`.
    `on_file` hears each file's name once it is done. `only`: an id_usulan, whose file alone is read.
    """
    tables, files = Tables(), [file for file in list_files(folder) if only is None or only.startswith(f"{file[0]}#")]
    for (berkas, _), part in zip(files, _read_all(files, regions, settings), strict=True):
        tables.extend(part)
        if on_file:
            on_file(berkas)
    return Intake.of(tables, [berkas for berkas, _ in files], settings.per)


def _typed(table: Any, columns: dict[str, list[Any]]) -> dict[str, pl.Series]:
    types = {"String": pl.String, "Int64": pl.Int64, "Date": pl.Date}
    return {c.name: pl.Series(c.name, columns[c.name], dtype=types[str(c.dtype)]) for c in table.columns}


def _read_all(files: list[tuple[str, Path]], regions: Regions, settings: Settings) -> Iterator[Tables]:
    """Each file's part in the given order; many files are read by two children."""
    places = Places(regions)
    if len(files) < MANY_FILES:
        yield from (read_file(berkas, path, places, settings) for berkas, path in files)
        return
    children = [Child(f"{__name__}:reader", (regions, settings), files[at::CHILDREN]) for at in range(CHILDREN)]
    try:
        for at, file in enumerate(files):
            yield _next(children[at % CHILDREN]) or read_file(*file, places, settings)
    finally:
        for child in children:
            child.close()


def _next(child: Child) -> Tables | None:
    """The child's part of its next file; None once it has died."""
    try:
        part: Tables = child.next()
    except ChildDied:
        return None
    return part


def reader(shared: tuple[Regions, Settings]) -> Callable[[tuple[str, Path]], Tables]:
    """What a child does with each file."""
    regions, settings = shared
    places = Places(regions)
    return lambda file: read_file(*file, places, settings)


def read_file(berkas: str, path: Path, places: Places, settings: Settings) -> Tables:
    """What one file gives; a file that cannot be read gives its problem."""
    try:
        return read_sheets(berkas, open_file(path), places, settings.per)
    except Problem as problem:
        return _refused(berkas, problem)
    except Exception as fault:  # one broken file among thousands must not take the others' answer with it
        return _refused(berkas, unforeseen(fault))


def unforeseen(fault: Exception) -> Problem:
    """The problem of a file that broke a reader in a way nobody thought of; the fault's own words may quote people."""
    return Problem("BERKAS_TIDAK_TERBACA", sebab=f"isinya tak terduga ({type(fault).__name__})")


def _refused(berkas: str, problem: Problem) -> Tables:
    tables, found = Tables(), problem.kind
    values = (berkas, "", None, "", found.kode, found.tingkat, problem.pesan, problem.saran)
    _append(tables.masalah, dict(zip(MASALAH.names, values, strict=True)))
    return tables


def read_sheets(berkas: str, sheets: list[Sheet], places: Places, per: date, meant: Named | None = None) -> Tables:
    """What the sheets of one file give, read as of `per`; `meant` is the place it is for where it names none."""
    tables, people = Tables(), 0
    for sheet in sheets:
        reading = read_sheet(sheet)
        _remarks(berkas, reading, tables)
        people += len(reading.people)
        tables.terisi += len(sheet.rows)
        around = _around(berkas, reading, places) if reading.people else Named()
        context = Context.of(reading.people, places, per, around.over(meant or Named()), from_1904=sheet.from_1904)
        _keep_people(berkas, reading, context, tables)
    if not people:
        tables.problem((berkas, "", None, None), "TIDAK_ADA_DAFTAR", {})
    return tables


def _remarks(berkas: str, reading: SheetReading, tables: Tables) -> None:
    sheet = reading.sheet
    for row, column, kode, words in reading.remarks:
        tables.problem((berkas, sheet.name, row, column), kode, words)
        kept = next((r for r in sheet.rows if r.number == row), None)
        if kept:
            _append(tables.isi, _raw(berkas, sheet.name, kept.number, kept.cells))
    if sheet.width > _WIDE:
        tables.problem((berkas, sheet.name, None, None), "LEMBAR_LEBAR", {"lebar": str(sheet.width)})
    blank = sheet.extent - len(sheet.rows)
    if blank > _MANY_BLANK:
        tables.problem((berkas, sheet.name, None, None), "BARIS_KOSONG_BANYAK", {"jumlah": str(blank)})


def _around(berkas: str, reading: SheetReading, places: Places) -> Named:
    """What the names of sheet, file and folders say, and at last the line over the signature."""
    *folders, name = berkas.split("/")
    sources = [
        (reading.sheet.name, False),
        (name.rsplit(".", 1)[0], False),
        *((text, True) for text in reversed(folders)),
    ]
    title = reading.people[0].place
    above, wide = Named("", title.kecamatan, title.kabupaten), Named()
    for text, _ in reversed(sources):
        wide = places.shortened(named_in(text), wide.over(above)).over(wide)
    wide = wide.over(above)
    if not wide.kecamatan:
        for text, folder in sources:
            if folder and not named_in(text):
                wide = wide.over(places.bare(text, wide, folder=True))
    if not wide.desa:
        for text, _ in sources[:2]:
            wide = wide.over(places.bare(text, wide)) if not wide.desa else wide
    named = wide
    return named.over(reading.signature)


def _keep_people(berkas: str, reading: SheetReading, context: Context, tables: Tables) -> None:
    lembar = reading.sheet.name
    for heading in reading.headings:
        texts = [heading.texts.get(column, "") for column in range(reading.sheet.width)]
        _append(tables.judul, _raw(berkas, lembar, heading.first, texts))
    shared = Counter[tuple[str, str, str]]()
    for person in reading.people:
        record = read_person(person, context)
        number = person.row.number
        again = f"#{person.block + 1}" if person.block else ""
        key = {"id_usulan": f"{berkas}#{lembar}#{number}{again}", "berkas": berkas, "lembar": lembar, "baris": number}
        _append(tables.usulan, key | record.values)
        if not again:
            _append(tables.isi, _raw(berkas, lembar, number, person.row.cells))
        for column, kode, words in record.problems:
            if kode in _WEAK and not words.get("sebaris"):
                shared[kode, words["teks"], words["kandidat"]] += 1
            else:
                tables.problem((berkas, lembar, number, column), kode, words)
    for kode, teks, kandidat in shared:
        tables.problem((berkas, lembar, None, None), kode, {"teks": teks, "kandidat": kandidat})


def _raw(berkas: str, lembar: str, number: int, cells: list[Any]) -> dict[str, Any]:
    return {"berkas": berkas, "lembar": lembar, "baris": number, "sel": CELL_MARK.join(map(show, cells))}


def _append(columns: dict[str, list[Any]], values: dict[str, Any]) -> None:
    for name, column in columns.items():
        column.append(values[name])
