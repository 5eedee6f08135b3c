"""Mappings that people edit (YAML): read against their model, with every fault told in words."""

from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from jangkau.core.kernel.faults import not_yaml, told
from jangkau.core.kernel.problems import Problem

M = TypeVar("M")
LONGEST = 200_000  # letters; longer than any honest mapping


def read_yaml(text: str, adapter: TypeAdapter[M], kode: str, name: str, **words: str) -> M:
    """What the text says, by the adapter. `words` are for faults of this mapping alone.

    Raises the problem `kode`, with `name` of the file and the first fault.
    """
    if len(text) > LONGEST:
        raise Problem(kode, berkas=name, sebab="terlalu panjang")
    try:
        return adapter.validate_python(yaml.safe_load(text))
    except ValidationError as error:
        raise Problem(kode, berkas=name, sebab=_cause(error.errors()[0], words)) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise Problem(kode, berkas=name, sebab=not_yaml(error)) from None


def _cause(error: ErrorDetails, faults: dict[str, str]) -> str:
    """One fault of the mapping in words: which column of the file, which key, what is wrong."""
    place = [f"kolom ke-{part + 1}" if isinstance(part, int) else str(part) for part in error["loc"]]
    return ", ".join([*place, told(error, faults)])
