"""The insurer's upload: one workbook a fund, its columns set by a mapping file that can be edited."""

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import narwhals as nw
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from jangkau.core.engine import polars
from jangkau.core.enrolment.mapping import read_yaml
from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Progress, Silent
from jangkau.core.sheet import Writer, workbook
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

FIELDS = (
    "nik", "nama", "tanggal_lahir", "jenis_kelamin", "kode_desa", "desa", "kecamatan", "kode_kabupaten", "kabupaten",
    "pekerjaan", "no_hp", "penghasilan", "dana", "nama_dana", "jenis_dana", "bulan_mulai", "bulan_selesai",
    "jumlah_bulan", "iuran_per_bulan", "iuran_total", "id_pekerja", "kunci", "tanda",
)  # fmt: skip
_UNSAFE = re.compile(r"[^\w .()-]")
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}


class ExchangeColumn(BaseModel):
    """One column of the upload: a field, or a fixed text, under a heading."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    judul: str = Field(min_length=1)
    kolom: str | None = None
    isi: str | None = None
    format: Literal["teks", "angka", "tanggal", "bulan"] = "teks"
    nilai: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_source(self) -> "ExchangeColumn":
        if (self.kolom is None) == (self.isi is None):
            raise ValueError(f"{self.judul}: isi salah satu, kolom atau isi")
        if self.kolom is not None and self.kolom not in FIELDS:
            raise ValueError(f"{self.judul}: tidak ada kolom {self.kolom}")
        return self


_COLUMNS = TypeAdapter(list[ExchangeColumn])
_WORDS = {
    "list_type": "isinya harus daftar, satu baris tiap kolom",
    "model_type": "isinya harus judul, kolom, format",
    "literal_error": "pilih teks, angka, tanggal, atau bulan",
}


def read_mapping(path: Path | None = None) -> list[ExchangeColumn]:
    """The columns of the upload; without a path, ours. Raises PEMETAAN_SALAH, naming what is wrong."""
    source = path or files("jangkau.core.enrolment") / "pemetaan.yaml"
    try:
        text = source.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Problem("PEMETAAN_SALAH", berkas=source.name, sebab="bukan teks YAML") from None
    return parse_mapping(text, source.name)


def parse_mapping(text: str, name: str) -> list[ExchangeColumn]:
    """The columns that a mapping names, `name` being its file. Raises PEMETAAN_SALAH."""
    columns = read_yaml(text, _COLUMNS, "PEMETAAN_SALAH", name, **_WORDS)
    if not columns:
        raise Problem("PEMETAAN_SALAH", berkas=name, sebab="tidak ada kolom")
    return columns


def write_uploads(
    people: Frame,
    settings: Settings,
    out_dir: Path,
    *,
    mapping: Path | None = None,
    warning: str | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """`<dana>.xlsx` for every fund that pays someone: one row per person, with the months that this fund pays.

    In: `people` of `roster`. `mapping` is the workspace's own `unggah.yaml`; `warning` stands in red on a second sheet,
    so that the first stays what the insurer reads. Raises PEMETAAN_SALAH.
    """
    columns = read_mapping(mapping)
    funds = sorted(people["dana"].unique().to_list())
    listener = progress or Silent()
    listener.step("Berkas unggah", len(funds))
    out_dir.mkdir(parents=True, exist_ok=True)
    paths = [out_dir / f"{name}.xlsx" for name in safe_names(funds)]
    for fund, path in zip(funds, paths, strict=True):
        write_upload(people.filter(nw.col("dana") == fund), columns, path, settings.per, warning)
        listener.advance()
    return paths


def safe_names(codes: Iterable[str]) -> list[str]:
    """A file name for each code: itself where safe on every system, else cleaned and marked."""
    taken: set[str] = set()
    names = []
    for code in codes:
        name = _UNSAFE.sub("_", code).strip(" .")[:80].rstrip(" .")
        if name != code or not name or name.casefold() in taken or name.split(".")[0].upper() in _RESERVED:
            name = f"{name.split('.')[0] or 'dana'}-{hashlib.sha256(code.encode()).hexdigest()[:8]}"
        taken.add(name.casefold())
        names.append(name)
    return names


def write_upload(
    people: Frame, columns: list[ExchangeColumn], path: Path, on: date, warning: str | None = None
) -> None:
    """One workbook with these people as the columns say; a field that they do not have stays empty."""
    with workbook(path, on, "Unggah peserta") as book:
        sheet = book.add_worksheet("Peserta")
        writer = Writer(book, sheet)
        writer.write([column.judul for column in columns], "kepala")
        for cells in zip(*(_cells(people, column) for column in columns), strict=True):
            writer.write(cells)
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, max(12, len(column.judul) + 2, 28 if column.kolom == "nama" else 0))
        if warning:
            second = book.add_worksheet("Peringatan")
            second.set_tab_color("#b3261e")
            Writer(book, second).write([warning], "bahaya")


def _cells(people: Frame, column: ExchangeColumn) -> list[Any]:
    if column.kolom is None or column.kolom not in people.columns:
        return [column.isi] * len(people)
    as_cell = _FORMATS[column.format]
    values = polars(people.select(column.kolom))[column.kolom].to_list()
    return [None if v is None else column.nilai.get(str(v), as_cell(v)) for v in values]


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(value: Any) -> int | str:
    return value if isinstance(value, int) else _text(value)


def _day(value: Any) -> str:
    return value.strftime("%d-%m-%Y") if isinstance(value, date) else str(value)


def _month(value: Any) -> str:
    index = month_index(str(value))
    return f"{index % 12 + 1:02d}-{index // 12}"


_FORMATS: dict[str, Callable[[Any], Any]] = {"teks": _text, "angka": _number, "tanggal": _day, "bulan": _month}
