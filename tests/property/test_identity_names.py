"""Names: what must hold for any text that a village can type."""

import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core import engine
from jangkau.core.identity.name_columns import forms
from jangkau.core.identity.name_reader import reader
from jangkau.core.identity.name_rules import Rules, table
from jangkau.core.identity.names import normalise, normalise_frame, phonetic

WORDS = [
    "H.", "HJ", "Drs.", "S.Pd", "S", "Pd", ",", "SE", "bin", "binti", "B.", "bt", "M.", "Muh.", "Abd.",
    "ABDURRAHMAN", "St.", "(alm)",
    "alias", "(Drajat)", '"Jono"', "pgl.", "(istri", "(RT 01)",
    "SITI", "NUR", "AINI", "BUDI", "Soekarno", "ST", "MA", "A.Md", "Keb", "0TONG",
    "1LHAM", "AL", "M.A.", "K.H.", "/", "br", "M.ez", "@", "[", "H.,",
]  # fmt: skip
TYPED = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)
ANY = st.text(max_size=30)


@given(st.one_of(TYPED, ANY))
@example("M. H. BUDI")
@example("ST. S PD")
@example("B B ALI")
@settings(max_examples=tries(600), deadline=None)
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


_LINKS = ("penghubung", "penghubung_tengah", "nama_lain")
NAMELESS = Rules(table()).words("gelar_depan", "gelar_belakang", "gelar_bertanda", *_LINKS)


def nameless(letters: str) -> bool:
    """Whether these letters are titles and links one after the other."""
    return not letters or any(letters.startswith(word) and nameless(letters[len(word) :]) for word in NAMELESS)


@given(st.one_of(TYPED, ANY))
@example("bin H. br H.")
@example("@ @ Muh.")
@settings(max_examples=tries(300), deadline=None)
def test_a_name_with_letters_vanishes_only_where_they_are_titles(text: str) -> None:
    letters = [letter for letter in text.upper() if "A" <= letter <= "Z"]
    if letters and not nameless("".join(letters)):
        assert normalise(text)
        assert phonetic(text)


@given(st.lists(st.one_of(TYPED, ANY, st.none()), max_size=8))
@settings(max_examples=tries(100), deadline=None)
def test_a_column_reads_as_its_names_one_by_one(names: list[str | None]) -> None:
    frame = normalise_frame(engine.from_columns({"nama": ["AB", *names]}), "nama")
    assert frame["nama_baku"].to_list()[1:] == [None if name is None else normalise(name) for name in names]
    assert frame["nama_bunyi"].to_list()[1:] == [None if name is None else phonetic(name) for name in names]


@given(st.lists(TYPED, min_size=1, max_size=8))
@settings(max_examples=tries(100), deadline=None)
def test_a_column_has_the_words_and_letters_of_its_names(names: list[str]) -> None:
    found = forms(pl.Series("nama", names, dtype=pl.String))
    for name, words, letters in zip(names, found["kata"], found["huruf"], strict=True):
        normal = normalise(name)
        assert (list(words) if words is not None else [""]) == (reader().words(name) if normal else [""])
        mates = [sorted(normalise(other).replace(" ", "")) == sorted(normal.replace(" ", "")) for other in names]
        assert mates == [letters == other for other in found["huruf"]] or not normal


@given(st.permutations(["BUDI", "SANTOSO", "WIJAYA", "ABADI"]))
def test_word_order_does_not_change_the_sound(words: list[str]) -> None:
    assert phonetic(" ".join(words)) == phonetic("BUDI SANTOSO WIJAYA ABADI")


SPELLINGS = [
    ("OE", "U"), ("TJ", "C"), ("DJ", "J"), ("SY", "S"), ("KH", "H"), ("CH", "KH"),
    ("F", "P"), ("V", "P"), ("Z", "J"), ("Q", "K"),
]  # fmt: skip


@given(st.sampled_from(SPELLINGS), st.sampled_from(["BA", "RI", "TO", "MA"]), st.sampled_from(["ANA", "ONO", "IDI"]))
def test_spellings_of_one_sound_are_equal(pair: tuple[str, str], head: str, tail: str) -> None:
    assert phonetic(head + pair[0] + tail) == phonetic(head + pair[1] + tail)


@given(st.sampled_from(sorted(Rules(table()).words("gelar_depan"))), st.sampled_from(["", "."]))
def test_a_title_before_a_name_falls_away(title: str, dot: str) -> None:
    assert normalise(f"{title}{dot} Sumarno Wibowo") == "SUMARNO WIBOWO"


@given(st.sampled_from(sorted(Rules(table()).words("gelar_belakang"))), st.sampled_from([" ", ", ", " (", "  "]))
def test_a_degree_after_a_name_falls_away(degree: str, link: str) -> None:
    assert normalise(f"Sumarno Wibowo{link}{degree}") == "SUMARNO WIBOWO"
    assert normalise(f"Sumarno Wibowo{link}{'.'.join(degree)}.") == "SUMARNO WIBOWO"
