"""Runs every case of the law that a lawyer can read; the same cases stand as examples in docs/law."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from jangkau.cli.law import law
from jangkau.core.law.book import Book
from jangkau.core.law.examples import Example, read_examples

EXAMPLES = read_examples(Path(__file__).parent)


def answer(example: Example) -> dict[str, Any]:
    outcome = CliRunner().invoke(law, example.arguments)
    assert outcome.exit_code in (0, 1), outcome.output
    return json.loads(outcome.stdout)


def flat(found: dict[str, Any]) -> dict[str, Any]:
    """Amounts by programme beside the rest, as the cases write them."""
    unmet = [condition["nama"] for condition in found.get("syarat", []) if not condition["terpenuhi"]]
    return found | found.get("rincian", {}) | {"belum": unmet}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.file}:{example.line}")
def test_case(example: Example) -> None:
    found = answer(example)
    if "galat" in example.expected:
        assert found["galat"]["kode"] == example.expected["galat"]
        return
    assert "galat" not in found, found
    for key, want in example.expected.items():
        check(key, flat(found)[key], want)


def check(key: str, got: Any, want: Any) -> None:
    if key == "belum":
        assert len(got) == len(want), got
        assert all(text.startswith(start) for text, start in zip(got, want, strict=True)), got
    elif key == "peringatan":
        assert any(text.startswith(want) for text in got), got
    elif key in ("berkas", "perlu_bukti"):
        assert set(want) <= set(got)
    elif isinstance(want, dict):
        assert got == want if not want else {name: got[name] for name in want} == want
    else:
        assert got == want


def test_there_are_enough_cases_and_each_cites_its_article() -> None:
    assert len(EXAMPLES) >= 120
    assert all(example.article for example in EXAMPLES)


def test_every_parameter_has_an_example() -> None:
    shown = {name for example in EXAMPLES for name in example.rules}
    assert set(Book.load().parameters) - shown == set()
