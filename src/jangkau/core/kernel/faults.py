"""What is wrong in a file that people edit, in plain Indonesian: the faults of pydantic and of YAML."""

from collections.abc import Mapping
from typing import Any

_NAMED = "isinya harus pasangan nama dan nilai"
_WHOLE, _NUMBER, _SWITCH = "harus bilangan bulat", "harus bilangan", "harus true atau false"
_DATE = "harus tanggal TTTT-BB-HH, misalnya 2026-11-22"
_WORDS = {
    "missing": "belum diisi",
    "extra_forbidden": "nama ini tidak dikenal",
    "dict_type": _NAMED,
    "model_type": _NAMED,
    "model_attributes_type": _NAMED,
    "dataclass_type": _NAMED,
    "list_type": "isinya harus daftar",
    "tuple_type": "isinya harus daftar",
    "string_type": "harus teks",
    "string_too_short": "belum diisi",
    "string_too_long": "terlalu panjang, paling banyak {max_length} huruf",
    "string_pattern_mismatch": "harus berbentuk {pattern}",
    "too_short": "belum diisi",
    "too_long": "terlalu banyak, paling banyak {max_length}",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _SWITCH,
    "bool_parsing": _SWITCH,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "greater_than": "harus lebih dari {gt}",
    "greater_than_equal": "terlalu kecil, paling sedikit {ge}",
    "less_than": "harus kurang dari {lt}",
    "less_than_equal": "terlalu besar, paling banyak {le}",
    "literal_error": "tidak dikenal; pilihannya {expected}",
    "enum": "tidak dikenal; pilihannya {expected}",
    "value_error": "{error}",
    "json_invalid": "bukan JSON yang sah",
}


def told(fault: Mapping[str, Any], own: Mapping[str, str] | None = None) -> str:
    """One fault of pydantic (an entry of `errors()`) in words; `own` words by its type come before the usual ones."""
    said = str(fault.get("msg", "")).removeprefix("Value error, ")
    kind, context = fault["type"], {"error": said, **fault.get("ctx", {})}
    words = (own or {}).get(kind) or _WORDS.get(kind, "tidak sah")
    if kind == "string_pattern_mismatch":
        context = {"pattern": str(context["pattern"]).strip("^$()").replace("|", " atau ")}
    return words.format(**context).replace(" or ", " atau ")


def placed(fault: Mapping[str, Any], *above: str) -> str:
    """`usia.min: harus bilangan bulat`: where the fault is, and what it is."""
    place = ".".join([*above, *map(str, fault["loc"])])
    return f"{place or 'isinya'}: {told(fault)}"


def not_yaml(error: Exception) -> str:
    """Why a text cannot be read as YAML, with its line where that is known."""
    if isinstance(error, UnicodeDecodeError):
        return "hurufnya tidak terbaca; simpan sebagai UTF-8"
    mark = getattr(error, "problem_mark", None)
    hint = "; beri jarak dengan spasi, bukan tab" if "\\t" in str(getattr(error, "problem", "")) else ""
    return f"bukan YAML yang sah, lihat baris {mark.line + 1}{hint}" if mark else "bukan teks YAML"
