"""Faults of files that people edit are told in Indonesian, with the place and what is allowed."""

from datetime import date
from typing import Any, Literal

import pytest
import yaml
from pydantic import BaseModel, Field, ValidationError, field_validator

from jangkau.core.kernel.faults import not_yaml, placed, told


class _Within(BaseModel):
    least: int = Field(1, ge=1, le=60)


class _Told(BaseModel):
    name: str = Field("a", pattern="^(minimum|penghasilan)$")
    day: date = date(2026, 1, 1)
    share: float = Field(0.5, gt=0, lt=1)
    kind: Literal["A", "B"] = "A"
    inside: _Within = _Within()

    @field_validator("name", mode="before")
    @classmethod
    def _no_blank(cls, value: object) -> object:
        if value == " ":
            raise ValueError("nama {kosong}")
        return value


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"inside": {"least": "dua"}}, "inside.least: harus bilangan bulat"),
        ({"inside": {"least": 61}}, "inside.least: terlalu besar, paling banyak 60"),
        ({"inside": 3}, "inside: isinya harus pasangan nama dan nilai"),
        ({"day": "22-11-2026"}, "day: harus tanggal TTTT-BB-HH, misalnya 2026-11-22"),
        ({"share": 1}, "share: harus kurang dari 1.0"),
        ({"kind": "C"}, "kind: tidak dikenal; pilihannya 'A' atau 'B'"),
        ({"name": "lain"}, "name: harus berbentuk minimum atau penghasilan"),
        ({"name": " "}, "name: nama {kosong}"),
    ],
)
def test_a_fault_is_told_with_its_place(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        _Told.model_validate(given)
    assert placed(caught.value.errors()[0]) == words


def test_own_words_come_first_and_an_unknown_fault_still_says_something() -> None:
    assert told({"type": "missing"}, {"missing": "belum ditulis"}) == "belum ditulis"
    assert told({"type": "url_parsing"}) == "tidak sah"


def test_broken_yaml_names_its_line_and_tabs_are_explained() -> None:
    with pytest.raises(yaml.YAMLError) as caught:
        yaml.safe_load("a: 1\n\tb: 2")
    assert not_yaml(caught.value) == "bukan YAML yang sah, lihat baris 2; beri jarak dengan spasi, bukan tab"
    assert "UTF-8" in not_yaml(UnicodeDecodeError("utf-8", b"x", 0, 1, "x"))
