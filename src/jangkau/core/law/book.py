"""The book of law: every parameter, read once, asked by name and date.

A month asks for the value in force on its last day: the bill of a month follows the rule that stands when the
month closes.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from jangkau.core.kernel.month import month_text
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.schema import Parameter, Value, read_day, read_parameter

On = date | int | str
"""A day, a month index, or text `YYYY-MM-DD` or `YYYY-MM`."""


class LawUndefinedOn(Problem):
    """The law knows no value of a parameter on that date; `since` and `reference` are of the first that is known."""

    def __init__(self, parameter: Parameter, on: On) -> None:
        when = month_text(on) if isinstance(on, int) else str(on)
        super().__init__("HUKUM_TIDAK_BERLAKU", parameter=parameter.name, tanggal=when, masa=parameter.span)
        self.parameter, self.title = parameter.name, parameter.title
        self.since, self.reference = parameter.values[0].since, parameter.values[0].reference
        self.on = when


@dataclass(frozen=True)
class Citation:
    """Where a number that was used comes from."""

    parameter: str
    title: str
    content: Any
    unit: str
    since: date
    until: date | None
    reference: str
    confidence: str
    note: str

    def as_dict(self) -> dict[str, Any]:
        """For JSON and reports; dates and decimals as text and numbers."""
        return {
            "parameter": self.parameter,
            "judul": self.title,
            "nilai": plain(self.content),
            "satuan": self.unit,
            "dari": self.since.isoformat(),
            "sampai": self.until.isoformat() if self.until else None,
            "rujukan": self.reference,
            "keyakinan": self.confidence,
            "catatan": self.note,
        }


@dataclass(frozen=True)
class Book:
    """Every parameter of the law. `Book.load()` gives the one that comes with this release."""

    parameters: Mapping[str, Parameter]

    @staticmethod
    def load(choices: Mapping[str, str] | None = None) -> "Book":
        """The law of this release, with what it leaves open settled by `choices` (name -> option).

        Raises HUKUM_BERKAS_SALAH, HUKUM_PARAMETER_TIDAK_ADA, HUKUM_PILIHAN_SALAH.
        """
        return _shipped().choose(choices or {})

    @staticmethod
    def read(folder: Traversable | Path) -> "Book":
        """The law in a folder of YAML files; `bpu/jkm.yaml` is named `bpu.jkm`."""
        return Book({name: read_parameter(name, file, text) for name, file, text in _texts(folder, "")})

    def choose(self, choices: Mapping[str, str]) -> "Book":
        """This book with other options for its open questions."""
        changed = dict(self.parameters)
        for name, option in choices.items():
            parameter = self[name]
            if option not in parameter.options:
                harapan = ", ".join(parameter.options) or "(bukan pilihan)"
                raise Problem("HUKUM_PILIHAN_SALAH", nama=name, isi=option, harapan=harapan)
            values = tuple(replace(value, content=option) for value in parameter.values)
            changed[name] = replace(parameter, values=values)
        return Book(changed)

    def __getitem__(self, name: str) -> Parameter:
        """A parameter by name. Raises HUKUM_PARAMETER_TIDAK_ADA."""
        if name not in self.parameters:
            raise Problem("HUKUM_PARAMETER_TIDAK_ADA", nama=name)
        return self.parameters[name]

    def value(self, name: str, on: On) -> Any:
        """What a parameter is on a date. Raises LawUndefinedOn where the law is not known."""
        return self.dated(name, on).content

    def dated(self, name: str, on: On) -> Value:
        """The dated value in force, with its reference. Raises LawUndefinedOn."""
        parameter = self[name]
        found = parameter.on(day_of(on))
        if found is None:
            raise LawUndefinedOn(parameter, on)
        return found

    def cite(self, name: str, on: On) -> Citation:
        """Where the value of a parameter on a date comes from. Raises LawUndefinedOn."""
        parameter, found = self[name], self.dated(name, on)
        return Citation(
            parameter=name,
            title=parameter.title,
            content=found.content,
            unit=parameter.unit,
            since=found.since,
            until=found.until,
            reference=found.reference,
            confidence=found.confidence,
            note=" ".join(part for part in (found.note, parameter.warning) if part),
        )

    @cached_property
    def version(self) -> str:
        """A fingerprint of every value, reference and choice; equal books have equal versions."""
        content = {
            name: [
                (str(v.since), str(v.until), plain(v.content), v.reference, v.confidence)
                for v in self.parameters[name].values
            ]
            for name in sorted(self.parameters)
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def day_of(on: On) -> date:
    """The day that decides: a month is decided on its last day."""
    if isinstance(on, date):
        return on
    return read_day(on if isinstance(on, str) else month_text(on), last=True)


def plain(content: Any) -> Any:
    """A value as JSON can say it."""
    if isinstance(content, Decimal):
        return float(content)
    if isinstance(content, Mapping):
        return {key: plain(value) for key, value in content.items()}
    return [plain(item) for item in content] if isinstance(content, tuple) else content


@cache
def _shipped() -> Book:
    return Book.read(files("jangkau.core.law") / "parameters")


def _texts(folder: Traversable | Path, prefix: str) -> Iterator[tuple[str, str, str]]:
    """(name, file, text) of every law file below a folder, in order of name."""
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            yield from _texts(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            path = f"{prefix}{entry.name}"
            yield path.removesuffix(".yaml").replace("/", "."), path, entry.read_text("utf-8")
