"""Register files (Parquet, CSV, xlsx) as declared tables; what does not fit is counted, never guessed."""

from pathlib import Path
from typing import Any

import fastexcel
import narwhals as nw
import polars as pl

from jangkau.core.engine import frame
from jangkau.core.kernel.problems import Problem, kind
from jangkau.core.tables.schema import Column, Frame, Table

_CODES = ("kode_desa", "kode_wilayah", "wilayah")
_MONTHS = ("mulai", "dibayar_sampai", "berlaku_dari", "berlaku_sampai")
_UPPER = ("jenis_kelamin", "hubungan", "segmen", "pembayar", "jenis", "tarif", "skala")
_LOWER = ("register", "keputusan")
_GROUPED = r"^-?\d{1,3}((\.\d{3})+|(,\d{3})+)$"  # 16.000.000 as Indonesians write it


def read_register(path: Path, shown: str, table: Table, notes: list[dict[str, Any]]) -> Frame:
    """The file as `table`; faults that do not stop the work are added to `notes` as rows of `masalah`.

    Values are brought to the declared form (codes to digits, months to `YYYY-MM`, dates, integers). A cell that
    cannot be is null, a row without its key or with a key seen before is left out; each kind is one note.
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
    for column in table.columns:
        _note_lost(raw, data, column, shown, notes)
    return table.conform(frame(_keyed(data, table, shown, notes)))


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
        raise Problem("BERKAS_RUSAK", berkas=shown, sebab=str(error).split("\n", maxsplit=1)[0][:120]) from None


def _read_csv(path: Path) -> pl.DataFrame:
    with path.open(encoding="utf-8-sig", errors="replace") as handle:
        header = handle.readline()
    separator = ";" if header.count(";") > header.count(",") else ","
    return pl.read_csv(path, separator=separator, infer_schema=False, encoding="utf8-lossy")


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


def _note_lost(raw: pl.DataFrame, data: pl.DataFrame, column: Column, shown: str, notes: list[dict[str, Any]]) -> None:
    if column.name not in raw.columns:
        return
    given = raw.select(_text(raw.schema[column.name], pl.col(column.name)).is_not_null().sum()).item()
    lost = given - data[column.name].len() + data[column.name].null_count()
    if lost > 0:
        notes.append(note("REGISTER_SEL", shown, kolom=column.name, jumlah=lost))


def _keyed(data: pl.DataFrame, table: Table, shown: str, notes: list[dict[str, Any]]) -> pl.DataFrame:
    needed = [column.name for column in table.columns if column.required]
    whole = data.drop_nulls(needed)
    if len(whole) < len(data):
        gaps = data.with_row_index("urut", offset=1).filter(pl.any_horizontal(pl.col(needed).is_null()))["urut"]
        first = ", ".join(str(number) for number in gaps.head(5)) + (", ..." if len(gaps) > 5 else "")
        notes.append(note("REGISTER_TANPA_KUNCI", shown, kolom=", ".join(needed), jumlah=len(gaps), pertama=first))
    if not table.key:
        return whole
    single = whole.unique(table.key, keep="first", maintain_order=True)
    if len(single) < len(whole):
        notes.append(note("REGISTER_GANDA", shown, kolom=", ".join(table.key), jumlah=len(whole) - len(single)))
    return single


def note(kode: str, berkas: str, *, kolom: str = "", **details: object) -> dict[str, Any]:
    """A `masalah` row about a whole file."""
    entry = kind(kode)
    words = {"kolom": kolom, **details}
    return {
        "berkas": berkas,
        "lembar": "",
        "baris": None,
        "kolom": kolom,
        "kode": kode,
        "tingkat": entry.tingkat,
        "pesan": entry.pesan.format(**words),
        "saran": entry.saran.format(**words),
    }
