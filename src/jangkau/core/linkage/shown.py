"""The two values behind each piece of evidence, as a clerk may see them."""

from datetime import date
from typing import Any

from jangkau.core.identity.regions import region_name
from jangkau.core.kernel.formats import long_date
from jangkau.core.tables.mask import mask_pair

# Where each comparison of people finds its value; the first column that holds one.
COLUMNS = {
    "nik": ("nik", "nik_dugaan"),
    "nama": ("nama",),
    "lahir": ("tanggal_lahir",),
    "kelamin": ("jenis_kelamin",),
    "tempat": ("kode_desa", "kode_wilayah"),
    "telepon": ("no_hp",),
}
Row = dict[str, Any]
Values = dict[str, tuple[str, str]]


def values(left: Row, right: Row, *, reveal: bool = False) -> Values:
    """Comparison -> both values as text, empty where unknown; the NIK masked unless `reveal`."""
    pairs: Values = {}
    for comparison, columns in COLUMNS.items():
        one, other = _first(left, columns), _first(right, columns)
        shown = (_text(columns[0], one), _text(columns[0], other))
        pairs[comparison] = mask_pair(*shown) if comparison == "nik" and not reveal else shown
    return pairs


def _first(row: Row, columns: tuple[str, ...]) -> Any:
    return next((row[name] for name in columns if row.get(name) is not None), None)


def _text(column: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return long_date(value)
    return region_name(value) if column == "kode_desa" else str(value)
