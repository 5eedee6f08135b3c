"""Reading an instrument: strict, and every fault told in Indonesian with its place."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from jangkau.core.kernel.faults import not_yaml
from jangkau.core.kernel.faults import told as in_words
from jangkau.core.kernel.problems import Problem
from jangkau.core.scorecard.instrument import Instrument

MOST_BYTES = 500_000
_SHOWN = 8
_WORDS = {
    "extra_forbidden": "tidak dikenal",
    "string_pattern_mismatch": "hanya huruf, angka, titik dan garis, paling banyak 20",
}


def faults(told: object) -> list[str]:
    """What is wrong with the content of an instrument file: place and words; nothing for a sound one."""
    try:
        Instrument.model_validate(told)
    except ValidationError as error:
        return [_fault(told, detail) for detail in error.errors(include_url=False)]
    return []


def read(text: str | bytes) -> Instrument:
    """An instrument out of YAML. Raises INSTRUMEN_SALAH with every fault (the first of them, when they are many)."""
    told = _parsed(text)
    wrong = faults(told)
    if wrong:
        more = f"; dan {len(wrong) - _SHOWN} lagi" if len(wrong) > _SHOWN else ""
        raise Problem("INSTRUMEN_SALAH", salah="; ".join(wrong[:_SHOWN]) + more)
    return Instrument.model_validate(told)


@cache
def shipped() -> dict[str, str]:
    """The instruments of our own, as YAML by file name."""
    folder = files("jangkau.core.scorecard") / "instrumen"
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    return {file.name: file.read_text("utf-8") for file in found}


class _NoAliases(yaml.SafeLoader):
    """Anchors let a small file grow without end, and an instrument needs none."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("tanda * tidak dipakai di sini")
        return super().compose_node(parent, index)


def _parsed(text: str | bytes) -> object:
    if len(text) > MOST_BYTES:
        raise Problem("INSTRUMEN_SALAH", salah="berkas lebih besar daripada 500 KB")
    try:
        return yaml.load(text, _NoAliases)  # a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Problem("INSTRUMEN_SALAH", salah=not_yaml(error)) from error


def _fault(told: object, detail: ErrorDetails) -> str:
    return f"{_place(told, detail['loc'])}: {in_words(detail, _WORDS)}"


def _place(told: object, path: tuple[int | str, ...]) -> str:
    """`bagian A / pertanyaan A2 / bobot`: a list entry by its code, where it has one."""
    names: list[str] = []
    for step in path:
        inside = told[step] if _has(told, step) else None  # type: ignore[index]
        if isinstance(step, int) and names:
            names[-1] += f" {inside['kode'] if isinstance(inside, dict) and inside.get('kode') else step + 1}"
        else:
            names.append(str(step))
        told = inside
    return " / ".join(names) or "berkas"


def _has(told: object, step: int | str) -> bool:
    if isinstance(told, dict):
        return step in told
    return isinstance(told, list) and isinstance(step, int) and step < len(told)
