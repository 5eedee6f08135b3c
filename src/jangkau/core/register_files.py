"""Register files (Parquet, CSV, xlsx) as declared tables; what does not fit is counted, never guessed."""

import io
from pathlib import Path
from typing import Any

import fastexcel
import narwhals as nw
import polars as pl

from jangkau.core.engine import frame
from jangkau.core.kernel.problems import Problem
from jangkau.core.tables.schema import Column, Frame, Table

_CODES = ("kode_desa", "kode_wilayah", "wilayah")
_MONTHS = ("mulai", "dibayar_sampai", "berlaku_dari", "berlaku_sampai")
_UPPER = ("jenis_kelamin", "hubungan", "segmen", "pembayar", "jenis", "tarif", "skala")
_LOWER = ("register", "keputusan")
_LINE = "baris data"
_CAUSES = {
    "empty CSV": "tidak ada isinya",
    "found more fields": "ada baris yang isiannya lebih banyak daripada judul kolomnya",
    "could not parse": "ada tanda kutip yang tidak ditutup",
}
_GROUPED = r"^-?\d{1,3}((\.\d{3})+|(,\d{3})+)$"  # 16.000.000 as Indonesians write it


def read_register(path: Path, shown: str, table: Table, notes: list[dict[str, Any]]) -> Frame:
    """The file as `table`; faults that do not stop the work are added to `notes` as rows of `masalah`.

    Values are brought to the declared form (codes to digits, months to `YYYY-MM`, dates, integers). A cell that
    cannot be is null; a row without its key, with a key seen before or with an unreadable limit is left out; each kind
    is one note.
    Raises BERKAS_RUSAK for a file that cannot be opened and TABEL_SALAH for a missing column.
    """
    raw = open_table(path, shown)
    raw = raw.rename({name: name.strip().lower() for name in raw.columns})
    missing = [column for column in table.columns if column.name not in raw.columns and column.required]
    if missing:
        raise Problem("TABEL_SALAH", tabel=shown, sebab=f"kolom {', '.join(c.name for c in missing)} tidak ada")
    data = raw.select(
        _value(raw, column) if column.name in raw.columns else pl.lit(None).alias(column.name)
        for column in table.columns
    )
    data = data.with_row_index(_LINE, offset=1)
    lost = {c.name: _lost(raw, data, c.name) for c in table.columns if c.name in raw.columns}
    notes += [note("REGISTER_SEL", shown, kolom=name, jumlah=int(at.sum())) for name, at in lost.items() if at.any()]
    return table.conform(frame(_keyed(_limited(data, table, lost, shown, notes), table, shown, notes).drop(_LINE)))


def open_table(path: Path, shown: str) -> pl.DataFrame:
    """A Parquet, CSV (comma or semicolon) or xlsx file as it is, CSV and xlsx as text; which it is tells its name as
    `shown`. Raises BERKAS_RUSAK."""
    ending = Path(shown).suffix.lower()
    try:
        if ending == ".parquet":
            return pl.read_parquet(path)
        if ending == ".xlsx":
            return pl.DataFrame(fastexcel.read_excel(path).load_sheet(0, dtypes="string"))
        return _read_csv(path)
    except (pl.exceptions.PolarsError, fastexcel.FastExcelError, OSError, UnicodeDecodeError) as error:
        raise Problem("BERKAS_RUSAK", berkas=shown, sebab=_cause(str(error))) from None


def _cause(said: str) -> str:
    return next((words for start, words in _CAUSES.items() if said.startswith(start)), said.partition("\n")[0][:120])


def _read_csv(path: Path) -> pl.DataFrame:
    with path.open("rb") as handle:
        header = handle.readline()
    if header.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(path, "utf-16")
    try:
        return _separated(path, header.decode("utf-8", errors="replace"))
    except pl.exceptions.ComputeError as error:
        if not str(error).startswith("invalid utf-8"):
            raise
    return _decoded(path, "cp1252")


def _decoded(path: Path, encoding: str) -> pl.DataFrame:
    text = path.read_bytes().decode(encoding, errors="replace")
    return _separated(io.BytesIO(text.encode()), text[: text.find("\n")])


def _separated(source: Path | io.BytesIO, header: str) -> pl.DataFrame:
    separator = ";" if header.count(";") > header.count(",") else ","
    return pl.read_csv(source, separator=separator, infer_schema=False)


def _value(raw: pl.DataFrame, column: Column) -> pl.Expr:
    """The column in its declared form; what cannot be becomes null."""
    native, name = raw.schema[column.name], column.name
    value = pl.col(name)
    if name in _MONTHS:
        return _month(native, value)
    if column.dtype == nw.Date():
        return (
            value.cast(pl.Date)
            if native.is_temporal()
            else _text(native, value).str.slice(0, 10).str.to_date(strict=False)
        )
    if column.dtype == nw.Int64():
        return _integer(native, value)
    if column.dtype == nw.Float64():
        number = value if native.is_numeric() else _text(native, value).str.replace(",", ".")
        return number.cast(pl.Float64, strict=False)
    return _word(column, _text(native, value))


def _text(native: pl.DataType, value: pl.Expr) -> pl.Expr:
    whole = value.cast(pl.Int64, strict=False) if native.is_float() else value
    text = whole.cast(pl.String).str.strip_chars()
    return pl.when(text != "").then(text)


def _month(native: pl.DataType, value: pl.Expr) -> pl.Expr:
    text = value.dt.to_string("%Y-%m") if native.is_temporal() else _text(native, value).str.slice(0, 7)
    return pl.when(text.str.contains(r"^\d{4}-(0[1-9]|1[0-2])$")).then(text)


def _integer(native: pl.DataType, value: pl.Expr) -> pl.Expr:
    if native.is_numeric() or native == pl.Boolean:
        whole = value.cast(pl.Int64, strict=False)
        return pl.when(whole == value).then(whole)
    text = _text(native, value).str.replace(r"^(?i:rp)\.?\s*", "")
    grouped = text.str.contains(_GROUPED)
    text = pl.when(grouped).then(text).otherwise(text.str.replace(r"[.,](0+|-+)$", ""))  # 5.000,00 and 5.000,-
    text = pl.when(text.str.contains(_GROUPED)).then(text.str.replace_all(r"[.,]", "")).otherwise(text)
    return text.cast(pl.Int64, strict=False)


def _word(column: Column, text: pl.Expr) -> pl.Expr:
    if column.name in _CODES:
        digits = text.str.replace_all(r"\D", "")
        return pl.when(digits != "").then(digits)
    if column.name in _UPPER:
        text = text.str.to_uppercase()
    if column.name in _LOWER:
        text = text.str.to_lowercase()
    return pl.when(text.is_in(column.choices)).then(text) if column.choices else text


def _lost(raw: pl.DataFrame, data: pl.DataFrame, name: str) -> pl.Series:
    """Where a cell holds something that its column cannot."""
    given = raw.select(_text(raw.schema[name], pl.col(name)).is_not_null())[name]
    return given & data[name].is_null()


def _limited(
    data: pl.DataFrame, table: Table, lost: dict[str, pl.Series], shown: str, notes: list[dict[str, Any]]
) -> pl.DataFrame:
    """The rows without those that would have no limit because what somebody wrote as one cannot be read."""
    limits = {c.name: lost[c.name] for c in table.columns if c.limit and c.name in lost and lost[c.name].any()}
    if not limits:
        return data
    wide = pl.DataFrame(limits).select(pl.any_horizontal(pl.all())).to_series()
    _left_out("REGISTER_BATAS", data.filter(wide), ", ".join(limits), shown, notes)
    return data.filter(~wide)


def _keyed(data: pl.DataFrame, table: Table, shown: str, notes: list[dict[str, Any]]) -> pl.DataFrame:
    needed = [column.name for column in table.columns if column.required]
    whole = data.drop_nulls(needed)
    if len(whole) < len(data):
        blank = pl.all_horizontal(pl.exclude(_LINE).is_null())
        gaps = data.filter(pl.any_horizontal(pl.col(needed).is_null()) & ~blank)
        if len(gaps):
            _left_out("REGISTER_TANPA_KUNCI", gaps, ", ".join(needed), shown, notes)
    if not table.key:
        return whole
    single = whole.unique(table.key, keep="first", maintain_order=True)
    if len(single) < len(whole):
        notes.append(note("REGISTER_GANDA", shown, kolom=", ".join(table.key), jumlah=len(whole) - len(single)))
    return single


def _left_out(kode: str, rows: pl.DataFrame, columns: str, shown: str, notes: list[dict[str, Any]]) -> None:
    first = ", ".join(map(str, rows[_LINE].head(5))) + (", ..." if len(rows) > 5 else "")
    notes.append(note(kode, shown, kolom=columns, jumlah=len(rows), pertama=first))


def note(kode: str, berkas: str, *, kolom: str = "", **details: object) -> dict[str, Any]:
    """A `masalah` row about a whole file."""
    return as_note(Problem(kode, kolom=kolom, **details), berkas, kolom)


def as_note(problem: Problem, berkas: str, kolom: str = "") -> dict[str, Any]:
    """A problem as a `masalah` row about a whole file."""
    return {
        "berkas": berkas,
        "lembar": "",
        "baris": None,
        "kolom": kolom,
        "kode": problem.kind.kode,
        "tingkat": problem.kind.tingkat,
        "pesan": problem.pesan,
        "saran": problem.saran,
    }
