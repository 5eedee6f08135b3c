"""Places: every official name finds its own place; a slip never finds another one while the right one is spelled so."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.identity.regions import Regions

PROVINCES = [Regions.load(code) for code in ("17", "34", "91")]
VILLAGES = [(regions, village) for regions in PROVINCES for village in regions.villages()]
DRESS = [str, str.upper, lambda n: n.replace(" ", ""), lambda n: f"Desa {n}", lambda n: f"  {n.lower()} "]


def test_every_village_is_found_inside_its_kecamatan_by_its_official_name() -> None:
    for regions, village in VILLAGES:
        found = regions.find(village.name, level="desa", within=village.code[:6])
        assert village in found
        assert all(other.name.replace(" ", "") == village.name.replace(" ", "") for other in found)


@given(st.sampled_from(VILLAGES), st.sampled_from(DRESS))
@settings(max_examples=tries(300), deadline=None)
def test_dress_does_not_hide_a_village(place, dress) -> None:
    regions, village = place
    found = regions.find(dress(village.name), level="desa")
    assert village in found
    located = regions.locate(desa=dress(village.name))
    assert located.kode == village.code or village.code in located.kandidat


@given(st.sampled_from(VILLAGES), st.data())
@settings(max_examples=tries(300), deadline=None)
def test_all_three_names_lead_home(place, data) -> None:
    regions, village = place
    upper = {"kecamatan": regions.name(village.code[:6]), "kabupaten": regions.name(village.code[:4])}
    keep = data.draw(st.sets(st.sampled_from(list(upper))))
    located = regions.locate(desa=village.name, **{level: upper[level] for level in keep})
    assert located.kode == village.code or village.code in located.kandidat


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=tries(200), deadline=None)
def test_any_words_give_an_answer_inside_the_province(desa: str, kecamatan: str, kabupaten: str) -> None:
    located = PROVINCES[0].locate(desa=desa, kecamatan=kecamatan, kabupaten=kabupaten)
    assert located.kode == "17" or PROVINCES[0].exists(located.kode)
    assert all(PROVINCES[0].exists(code) for code in located.kandidat)
