"""Documents in the one dress of the house: `gaya.typ` before the template of each."""

from datetime import date
from importlib.resources import files
from typing import Any

from jangkau.core.pdf import compile_pdf

_FOLDER = files("jangkau.core.reporting")


def dressed_pdf(template: str, data: dict[str, Any], on: date) -> bytes:
    """A template of this folder over `data`, as PDF dated `on`; `data` has at least judul, wilayah and kaki."""
    parts = ((_FOLDER / name).read_text("utf-8") for name in ("gaya.typ", template))
    return compile_pdf("\n".join(parts), data, on)
