"""Every row of the name table is shown by its own examples."""

from collections.abc import Iterator
from typing import Any

import pytest

from jangkau.core import engine
from jangkau.core.identity.names import normalise, normalise_frame, phonetic, rules


def examples(table: Any, path: str = "") -> Iterator[tuple[str, str, str]]:
    if isinstance(table, dict):
        for written, expected in table.get("contoh", ()):
            yield path, written, expected
        for key, value in table.items():
            yield from examples(value, f"{path}/{key}") if key != "contoh" else ()
    elif isinstance(table, list):
        for at, value in enumerate(table):
            yield from examples(value, f"{path}/{at}")


def tables(table: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(table, dict):
        if "kata" in table or "cari" in table:
            yield path, table
        else:
            for key, value in table.items():
                yield from tables(value, f"{path}/{key}")
    elif isinstance(table, list):
        for at, value in enumerate(table):
            yield from tables(value, f"{path}/{at}")


ALL = list(examples(rules()))


@pytest.mark.parametrize(("path", "written", "expected"), ALL)
def test_every_example_holds(path: str, written: str, expected: str) -> None:
    if path.startswith("/bunyi"):
        assert phonetic(written) == phonetic(expected)
    else:
        assert normalise(written) == expected


@pytest.mark.parametrize(("path", "table"), list(tables(rules())))
def test_every_rule_has_an_example(path: str, table: Any) -> None:
    assert table.get("contoh"), path


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Suharto", "SUHARTO"),
        ("  siti   AMINAH ", "SITI AMINAH"),
        ("José Sumarno", "JOSE SUMARNO"),
        ("Ba'asyir", "BAASYIR"),
        ("S1ti Aminah", "SITI AMINAH"),
        ("12. Budi", "BUDI"),
        ("H.", "H"),
        ("", ""),
        ("...", ""),
        ("Dr. Ir. H. Joko Widodo, M.Sc., Ph.D.", "JOKO WIDODO"),
        ("Maria Magdalena Br. Sinaga", "MARIA MAGDALENA BR SINAGA"),
        ("I Wayan Sudarta", "I WAYAN SUDARTA"),
        ("Sutrisno SE SH MM", "SUTRISNO"),
        ("Ananda Putri", "ANANDA PUTRI"),
        ("Muhammad Al Faruq", "MUHAMMAD AL FARUQ"),
        ("Hajar Irawan", "HAJAR IRAWAN"),
        ("SAID / SAIFUL", "SAID SAIFUL"),
    ],
)
def test_names_as_they_come(written: str, expected: str) -> None:
    assert normalise(written) == expected


def test_a_frame_gets_the_same_forms_as_single_names() -> None:
    written = ["H. Abd. Rahman", "SOEKARNO", None, ""]
    frame = normalise_frame(engine.from_columns({"nama": written}), "nama")
    assert frame["nama_baku"].to_list() == ["ABDUL RAHMAN", "SOEKARNO", None, ""]
    assert frame["nama_bunyi"].to_list() == [phonetic("Abdul Rahman"), phonetic("Sukarno"), None, ""]
    assert frame["kata_akhir"].to_list()[1] == phonetic("Sukarno")
