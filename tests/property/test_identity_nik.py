"""NIK: any true one in any disguise comes back, or nothing; columns agree with single readings."""

from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core import engine
from jangkau.core.identity import nik as n

BORN = st.dates(date(1930, 1, 1), date(2010, 12, 31))


@st.composite
def true_niks(draw: st.DrawFn) -> str:
    born, woman = draw(BORN), draw(st.booleans())
    region = draw(st.sampled_from(["177101", "170613", "110101", "327601", "917101"]))
    nik = f"{region}{born.day + 40 * woman:02}{born:%m%y}{draw(st.integers(1, 9999)):04}"
    assume(not n.is_placeholder(nik))
    return nik


DISGUISES = [
    lambda nik: nik,
    lambda nik: f"'{nik}",
    lambda nik: f"  {nik}\t",
    lambda nik: ".".join((nik[:6], nik[6:12], nik[12:])),
    lambda nik: " ".join(nik[at : at + 4] for at in range(0, 16, 4)),
    lambda nik: f"{nik}.0",
    lambda nik: f"{int(nik):,}",
    lambda nik: f"{nik[0]}.{nik[1:]}E+15",
    lambda nik: nik.replace("0", "O"),
    lambda nik: nik.replace("1", "l", 2),
    lambda nik: f"NIK {nik}",
]
DAMAGE = [
    lambda nik: nik[:15],
    lambda nik: f"{float(nik):.2E}",
    lambda nik: f"{nik[0]},{nik[1:6]}E+15",
    lambda nik: nik + nik[-1],
    lambda nik: nik.replace("5", "S"),
    lambda nik: nik[:12],
]


@given(true_niks(), st.sampled_from(DISGUISES))
@settings(max_examples=tries(400))
def test_a_disguise_hides_nothing_and_never_makes_another_nik(nik: str, disguise) -> None:
    reading = n.read_nik(disguise(nik))
    assert reading.nik in (nik, None)
    assert reading.nik or reading.dugaan == nik


@given(true_niks(), st.sampled_from(DAMAGE))
@settings(max_examples=tries(300))
def test_damage_never_makes_a_certain_nik(nik: str, damage) -> None:
    reading = n.read_nik(damage(nik))
    assert reading.nik in (None, nik)
    assert reading.kode or damage(nik) == nik


@given(true_niks())
@settings(max_examples=tries(200))
def test_a_spreadsheet_number_is_certain_only_when_no_digit_can_be_lost(nik: str) -> None:
    kept_by_excel = nik[:15] + "0"
    assert n.read_nik(kept_by_excel, numeric=True).nik is None
    as_float = f"{int(float(nik))}"
    assert n.read_nik(as_float, numeric=True).nik in (nik, None)


@given(st.text(max_size=25), st.booleans())
@settings(max_examples=tries(300))
def test_any_text_gives_a_reading(text: str, numeric: bool) -> None:
    reading = n.read_nik(text, numeric=numeric)
    assert reading.nik or reading.kode
    assert reading.nik is None or (len(reading.nik) == 16 and n.structure_fault(reading.nik) is None)


@given(st.lists(st.one_of(true_niks(), st.from_regex(r"[0-9]{14,17}", fullmatch=True)), min_size=1))
@settings(max_examples=tries(100), deadline=None)
def test_a_column_agrees_with_single_niks(niks: list[str]) -> None:
    made = engine.from_columns({"nik": niks}).with_columns(sah=n.valid_nik_expr("nik"))
    for nik, sah in zip(niks, made["sah"], strict=True):
        assert sah == (len(nik) == 16 and not n.is_placeholder(nik) and n.structure_fault(nik) is None)
