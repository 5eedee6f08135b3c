"""The annex of the decree, one a kabupaten/kota: every person selected, by fund, as a workbook and as a PDF."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import narwhals as nw
from xlsxwriter.workbook import Workbook

from jangkau.core.children import Child
from jangkau.core.engine import polars
from jangkau.core.kernel.formats import MONTHS, long_date, long_month, number, rupiah
from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.progress import Progress, Silent
from jangkau.core.pdf import compile_pdf
from jangkau.core.sheet import Writer, workbook
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

HEADINGS = (
    "No", "Nama", "NIK", "Tanggal lahir", "JK", "Desa/kelurahan", "Kecamatan", "Pekerjaan", "Bulan mulai",
    "Jumlah bulan", "Iuran per bulan (Rp)", "Jumlah iuran (Rp)",
)  # fmt: skip
_FIELDS = (
    "nama", "nik", "tanggal_lahir", "jenis_kelamin", "desa", "kecamatan", "pekerjaan", "bulan_mulai", "jumlah_bulan",
    "iuran_per_bulan", "iuran_total",
)  # fmt: skip
_WIDTHS = (6, 30, 20, 13, 5, 22, 20, 20, 12, 9, 12, 15)
# Typst keeps about 90 MB for each thousand rows it has laid out until its process ends.
_ROWS_IN_THIS_PROCESS = 1_500
_ROWS_OF_A_POOL = 12_000
_PAGE_RUN = 250

_KECAMATAN, _DESA = 5, 4
# Columns of the PDF whose texts may need two lines, and their room in em: name, desa, kecamatan, work.
_ROOM = ((1, 14.7), (5, 10.0), (6, 9.0), (7, 8.0))
# No letter of either typeface is wider than this, in em; a test measures them all.
_LETTERS = {
    0.25: "',.:; ", 0.3: "ijI!|", 0.35: "l(){}", 0.4: "frtJ*-/[\\]`", 0.5: '1z"', 0.55: "csvy<>?^_",
    0.6: "2abdehknopquxFLT+=~", 0.65: "03456789gEPYZ#", 0.7: "BCKRSVX$", 0.75: "ADGOQU&", 0.8: "wHN", 0.9: "mM@",
    1.0: "W%",
}  # fmt: skip
_WIDTH_OF = {letter: width for width, letters in _LETTERS.items() for letter in letters}
_WIDEST = 1.15
IDENTITY = "BPJS Ketenagakerjaan (kerja), bukan BPJS Kesehatan"

Person = tuple[Any, ...]


@dataclass(frozen=True)
class FundGroup:
    """The people of one kabupaten that one fund pays, in the order of `_FIELDS`."""

    nama: str
    rows: list[Person]

    @property
    def months(self) -> int:
        """Months paid, over all people."""
        return sum(row[8] for row in self.rows)

    @property
    def total(self) -> int:
        """Rupiah."""
        return sum(row[10] for row in self.rows)


@dataclass(frozen=True)
class Heading:
    """What stands above the names: as of when, which months, and of which decree, once it is known."""

    per: date
    first: int
    months: int
    nomor: str = ""
    tanggal: date | None = None
    tentang: str = ""


@dataclass(frozen=True)
class Annex:
    """What both files of a kabupaten are made of; `people` counts a person handed over between funds once."""

    nama: str
    groups: list[FundGroup]
    people: int
    heading: Heading
    warning: str | None = None

    @property
    def total(self) -> int:
        """Rupiah."""
        return sum(group.total for group in self.groups)


Job = tuple[Annex, Path]


def write_annexes(
    people: Frame, settings: Settings, out_dir: Path, *, warning: str | None = None, progress: Progress | None = None
) -> list[Path]:
    """The annexes of a plan: `write_decree` with the months of its settings, number and date left open."""
    heading = Heading(settings.per, settings.start, settings.bulan)
    people = people.with_columns(nw.col("kode_kabupaten").fill_null(f"{settings.provinsi}00"))
    return write_decree(people, heading, out_dir, warning=warning, progress=progress)


def write_decree(
    people: Frame, heading: Heading, out_dir: Path, *, warning: str | None = None, progress: Progress | None = None
) -> list[Path]:
    """`<kabupaten>.xlsx` and `.pdf` for every kabupaten where someone is paid.

    In: `people` of `roster`; `warning` stands in red above the names.
    Many rows are set in other processes, two at a time; the bytes do not depend on that.
    """
    annexes = [(code, replace(annex, warning=warning)) for code, annex in _annexes(people, heading)]
    listener = progress or Silent()
    listener.step("Lampiran SK", len(annexes))
    out_dir.mkdir(parents=True, exist_ok=True)
    jobs = [(annex, out_dir / code) for code, annex in annexes]
    for _ in _in_processes(jobs) if len(people) > _ROWS_IN_THIS_PROCESS else map(_write, jobs):
        listener.advance()
    return [stem.with_suffix(ending) for _, stem in jobs for ending in (".xlsx", ".pdf")]


def _in_processes(jobs: list[Job]) -> Iterator[None]:
    """The jobs by two children at a time, fresh ones for each batch, so that memory stays bounded."""
    for batch in _batches(jobs):
        children = [Child(f"{__name__}:_writer", None, batch[first::2]) for first in range(min(2, len(batch)))]
        try:
            for at in range(len(batch)):
                yield children[at % 2].next()
        finally:
            for child in children:
                child.close()


def _batches(jobs: list[Job]) -> Iterator[list[Job]]:
    """Jobs in order, at most `_ROWS_OF_A_POOL` rows together; a larger annex stands alone."""
    batch: list[Job] = []
    rows = 0
    for job in jobs:
        size = sum(len(group.rows) for group in job[0].groups)
        if batch and rows + size > _ROWS_OF_A_POOL:
            yield batch
            batch, rows = [], 0
        batch, rows = [*batch, job], rows + size
    if batch:
        yield batch


def _writer(_shared: object) -> Callable[[Job], None]:
    return _write


def _write(job: Job) -> None:
    annex, stem = job
    write_workbook(annex, stem.with_suffix(".xlsx"))
    template = (files("jangkau.core.enrolment") / "lampiran.typ").read_text("utf-8")
    stem.with_suffix(".pdf").write_bytes(compile_pdf(template, pdf_data(annex), annex.heading.per))


def _annexes(people: Frame, heading: Heading) -> list[tuple[str, Annex]]:
    codes = people["kode_kabupaten"].unique().sort().to_list()
    return [(code, _annex(people.filter(nw.col("kode_kabupaten") == code), heading)) for code in codes]


def _annex(people: Frame, heading: Heading) -> Annex:
    funds = people["dana"].unique(maintain_order=True).to_list()
    groups = [_group(people.filter(nw.col("dana") == fund)) for fund in funds]
    name = people["kabupaten"].to_list()[0] or "Kabupaten/kota belum diketahui"
    return Annex(name, groups, people["id_pekerja"].n_unique(), heading)


def _group(people: Frame) -> FundGroup:
    return FundGroup(people["nama_dana"].to_list()[0], polars(people.select(_FIELDS)).rows())


def write_workbook(annex: Annex, path: Path) -> None:
    """The annex as a workbook: people with a subtotal a fund, then a sheet of totals."""
    with workbook(path, annex.heading.per, _title(annex)) as book:
        _write_people(book, annex)
        sheet = book.add_worksheet("Ringkasan")
        writer = Writer(book, sheet)
        writer.write(["Dana", "Orang", "Bulan dibayar", "Jumlah iuran"], "kepala")
        for group in annex.groups:
            writer.write([group.nama, len(group.rows), group.months, group.total])
        months = sum(group.months for group in annex.groups)
        writer.write(["Jumlah (orang dihitung sekali)", annex.people, months, annex.total], "jumlah")
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 3, 16)


def _write_people(book: Workbook, annex: Annex) -> None:
    sheet = book.add_worksheet("Lampiran")
    writer = Writer(book, sheet)
    writer.write([_title(annex)], "judul")
    writer.write([_scope(annex)])
    if annex.heading.nomor:
        writer.write([_named(annex.heading)])
    writer.write([IDENTITY])
    if annex.warning:
        writer.write([annex.warning], "bahaya")
    writer.write(HEADINGS, "kepala")
    sheet.freeze_panes(writer.row, 2)
    sheet.repeat_rows(writer.row - 1)
    for group in annex.groups:
        writer.write([group.nama, *[""] * 11], "kelompok")
        for count, row in enumerate(group.rows, 1):
            writer.write([count, *row])
        totals = [group.months, None, group.total]
        writer.write([f"Jumlah {group.nama}: {number(len(group.rows))} orang", *[""] * 8, *totals], "jumlah")
    months = sum(group.months for group in annex.groups)
    writer.write([f"Jumlah seluruhnya: {number(annex.people)} orang", *[""] * 8, months, None, annex.total], "jumlah")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8" + IDENTITY + "&R&8Halaman &P dari &N")


def pdf_data(annex: Annex) -> dict[str, Any]:
    """The annex as the template reads it: texts only, people in runs that begin on a page of their own."""
    return {
        "judul": _title(annex),
        "lingkup": _scope(annex),
        "kenal": IDENTITY,
        "peringatan": annex.warning,
        **_decree(annex.heading),
        "kaki": f"{IDENTITY} · {annex.nama} · beku {long_date(annex.heading.per)}",
        "kepala": HEADINGS,
        "dana": [_group_data(group) for group in annex.groups],
        "jumlah": [
            f"{number(annex.people)} orang",
            number(sum(group.months for group in annex.groups)),
            rupiah(annex.total),
        ],
    }


def _decree(heading: Heading) -> dict[str, Any]:
    day = heading.tanggal
    return {"nomor": heading.nomor, "tanggal": long_date(day) if day else "", "tentang": heading.tentang}


def _group_data(group: FundGroup) -> dict[str, Any]:
    cells = [_cells(count, row) for count, row in enumerate(group.rows, 1)]
    return {
        "nama": group.nama,
        "jumlah": [f"{number(len(cells))} orang", number(group.months), rupiah(group.total)],
        "bagian": [_run(cells[first:last]) for first, last in pairwise(_cuts(group.rows))],
    }


def _run(cells: list[list[str]]) -> dict[str, Any]:
    """Rows, and for each whether it surely fits one line: those get a fixed height, which is a quarter faster."""
    return {"baris": cells, "satu": [all(_fits(row[at], room) for at, room in _ROOM) for row in cells]}


@cache
def _fits(text: str, room: float) -> bool:
    """Whether the text is narrower than `room` (in em) by the widths of its letters alone."""
    return sum(_WIDTH_OF.get(letter, _WIDEST) for letter in text) <= room


def _cuts(rows: list[Person]) -> list[int]:
    """Where a new page run begins: at a change of kecamatan, or of desa where a kecamatan is very large.

    Runs of pages are set in parallel, and a camat can take out the own pages.
    """
    cuts = [0]
    for i in range(1, len(rows)):
        length = i - cuts[-1]
        changed = rows[i][_KECAMATAN] != rows[i - 1][_KECAMATAN]
        if (length >= _PAGE_RUN and changed) or (length >= 2 * _PAGE_RUN and rows[i][_DESA] != rows[i - 1][_DESA]):
            cuts.append(i)
    return [*cuts, len(rows)]


def _cells(count: int, row: Person) -> list[str]:
    name, nik, born, sex, village, district, work, start, months, price, total = row
    month = month_index(start)
    return [
        number(count),
        name or "–",
        nik or "–",
        born.strftime("%d-%m-%Y") if born else "–",
        sex or "–",
        village or "–",
        district or "–",
        work,
        f"{MONTHS[month % 12][:3]} {month // 12}",
        str(months),
        number(price),
        number(total),
    ]


def _title(annex: Annex) -> str:
    return f"Pekerja yang iurannya dibayar, {annex.nama}"


def _named(heading: Heading) -> str:
    day = f" tanggal {long_date(heading.tanggal)}" if heading.tanggal else ""
    return f"Lampiran keputusan nomor {heading.nomor}{day}"


def _scope(annex: Annex) -> str:
    first, months = annex.heading.first, annex.heading.months
    return (
        f"{number(annex.people)} orang, {rupiah(annex.total)}, "
        f"{long_month(first)} sampai {long_month(first + months - 1)}; data per {long_date(annex.heading.per)}"
    )
