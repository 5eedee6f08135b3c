"""Mappings that people edit (YAML): read against their model, with every fault told in words."""

from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from jangkau.core.kernel.problems import Problem

M = TypeVar("M")
LONGEST = 200_000  # letters; longer than any honest mapping
_FAULTS = {
    "list_type": "isinya harus daftar",
    "model_type": "isinya harus pasangan kunci dan isi",
    "missing": "belum diisi",
    "extra_forbidden": "kunci ini tidak dikenal",
    "string_type": "harus teks",
    "string_too_short": "belum diisi",
    "too_short": "belum diisi",
    "dict_type": "harus pasangan nilai dan tulisan",
}


def read_yaml(text: str, adapter: TypeAdapter[M], kode: str, name: str, **words: str) -> M:
    """What the text says, by the adapter. `words` are for faults of this mapping alone.

    Raises the problem `kode`, with `name` of the file and the first fault.
    """
    if len(text) > LONGEST:
        raise Problem(kode, berkas=name, sebab="terlalu panjang")
    try:
        return adapter.validate_python(yaml.safe_load(text))
    except ValidationError as error:
        raise Problem(kode, berkas=name, sebab=_cause(error.errors()[0], _FAULTS | words)) from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        cause = f"bukan YAML, lihat baris {mark.line + 1}" if mark else "bukan teks YAML"
        raise Problem(kode, berkas=name, sebab=cause) from None


def _cause(error: ErrorDetails, faults: dict[str, str]) -> str:
    """One fault of the mapping in words: which column of the file, which key, what is wrong."""
    place = [f"kolom ke-{part + 1}" if isinstance(part, int) else str(part) for part in error["loc"]]
    words = faults.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")
    return ", ".join([*place, words])
