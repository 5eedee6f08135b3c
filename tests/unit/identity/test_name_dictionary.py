"""The dictionary of names: each name normalised once, and kept."""

import polars as pl
import pytest

from jangkau.core import engine
from jangkau.core.identity import dictionary
from jangkau.core.identity.dictionary import NameDictionary, version
from jangkau.core.identity.name_columns import FORMS, forms
from jangkau.core.identity.names import normalise, phonetic

WRITTEN = pl.Series(["H. Abd. Rahman", "SOEKARNO", None, "", "SOEKARNO", "-"])


def table(names: NameDictionary) -> pl.DataFrame:
    return engine.polars(names.table)


def test_each_row_gets_the_forms_of_its_name() -> None:
    found = engine.polars(NameDictionary().forms(WRITTEN))
    assert found.schema == pl.Schema(FORMS)
    assert found["nama"].to_list() == WRITTEN.to_list()
    assert found["nama_baku"].to_list() == [normalise(text) or None if text else None for text in WRITTEN]
    assert found["nama_bunyi"].to_list() == [phonetic(text) or None if text else None for text in WRITTEN]


def test_a_name_is_kept_once_and_keeps_its_number() -> None:
    names = NameDictionary()
    first = names.ids(WRITTEN)
    assert len(names) == 4
    assert first[1] == first[4]
    assert first[2] is None
    later = names.ids(pl.Series(["ABDUL", "SOEKARNO"]))
    assert later[1] == first[1]
    assert table(names)["nama"][int(later[0])] == "ABDUL"


def test_only_new_names_are_normalised(monkeypatch: pytest.MonkeyPatch) -> None:
    names = NameDictionary()
    names.ids(WRITTEN)
    asked: list[list[str]] = []
    monkeypatch.setattr(dictionary, "forms", lambda new: asked.append(new.to_list()) or forms(new))
    names.ids(pl.Series(["SOEKARNO", "B", "A", None]))
    names.ids(WRITTEN)
    assert asked == [["A", "B"]]


def test_the_order_of_rows_decides_nothing() -> None:
    one, other = NameDictionary(), NameDictionary()
    one.ids(WRITTEN)
    other.ids(WRITTEN.reverse())
    assert table(one).equals(table(other))


def test_names_of_the_same_letters_share_a_number() -> None:
    found = engine.polars(NameDictionary().forms(pl.Series(["SITI AMINAH", "AMINAH SITI", "SITIAMINAH", "SITI AMINA"])))
    one, swapped, joined, other = found["huruf"].to_list()
    assert one == swapped == joined != other


def test_an_earlier_table_is_grown_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    names = NameDictionary()
    before = names.ids(WRITTEN)
    again = NameDictionary(table(names))
    monkeypatch.setattr(dictionary, "forms", lambda _: pytest.fail("normalised again"))
    assert again.ids(WRITTEN).equals(before)
    assert len(version()) == 16
