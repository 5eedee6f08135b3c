import pytest

from jangkau.core.identity import place_names
from jangkau.core.identity.regions import Located, Regions, provinces, region_exists, region_name
from jangkau.core.identity.rule_table import rules_of
from jangkau.core.kernel.problems import Problem

BENGKULU = Regions.load("17")

# Kepmendagri 300.2.2-2138/2025: kecamatan, kelurahan, desa.
PUBLISHED = {
    "1701": (11, 16, 142), "1702": (15, 34, 122), "1703": (19, 5, 215), "1704": (15, 3, 192), "1705": (14, 20, 182),
    "1706": (15, 3, 148), "1707": (12, 11, 93), "1708": (8, 12, 105), "1709": (11, 1, 142), "1771": (9, 67, 0),
}  # fmt: skip


def test_counts_equal_the_published_ones_in_every_kabupaten() -> None:
    assert [region.code for region in BENGKULU.kabupaten] == list(PUBLISHED)
    for code, published in PUBLISHED.items():
        villages = [region.code[6] for region in BENGKULU.villages(code)]
        assert (len(BENGKULU.kecamatan(code)), villages.count("1"), villages.count("2")) == published
    assert (len(BENGKULU.kecamatan()), len(BENGKULU.villages())) == (129, 1513)


def test_codes_and_names() -> None:
    assert (BENGKULU.name("1771"), BENGKULU.name("170613"), BENGKULU.name("3276")) == (
        "Kota Bengkulu", "Air Manjunto", "Kota Depok",
    )  # fmt: skip
    assert BENGKULU.exists("170613")
    assert not BENGKULU.exists("327601")
    assert region_exists("327601")
    assert not region_exists("1799")
    assert region_name("9999") == "9999"
    assert ("17", "Bengkulu") in [(found.code, found.name) for found in provinces()]


@pytest.mark.parametrize("province", ["99", "Bengkulu", ""])
def test_an_unknown_province_is_said(province: str) -> None:
    with pytest.raises(Problem, match="PROVINSI_TIDAK_ADA"):
        Regions.load(province)


def meet(written: str, meant: str, level: str) -> bool:
    def forms(text: str) -> set[str]:
        return {form for name in READ(text, level) for form in (name.letters + "".join(name.numerals), name.whole)}

    return bool(forms(written) & forms(meant))


READ = place_names.readings.__wrapped__  # without its memory
PLACE_RULES = rules_of(place_names.FILE)


@pytest.mark.parametrize("row", range(len(PLACE_RULES)), ids=lambda row: f"{PLACE_RULES[row].contoh}-{row + 2}")
def test_a_row_makes_its_example_come_true(row: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = PLACE_RULES[row]
    level = "desa" if rule.jenis == "singkatan" else rule.jenis
    assert meet(rule.contoh, rule.hasil, level)
    monkeypatch.setattr(place_names, "rules_of", lambda _: [*PLACE_RULES[:row], *PLACE_RULES[row + 1 :]])
    monkeypatch.setattr(place_names, "abbreviations", place_names.abbreviations.__wrapped__)
    monkeypatch.setattr(place_names, "level_words", place_names.level_words.__wrapped__)
    assert not meet(rule.contoh, rule.hasil, level), "the row changes nothing"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Padangserai", "Padang Serai"),
        ("Sukaraja 2", "Sukaraja II"),
        ("SUKARAJA-II", "Sukaraja II"),
        ("Sukaraja2", "Sukaraja II"),
        ("Muko-Muko", "Mukomuko"),
        ("Air Baus I", "Air Ba'us 1"),
        ("TANJUNGAURII", "Tanjung Aur II"),
    ],
)
def test_places_however_written(written: str, meant: str) -> None:
    assert meet(written, meant, "desa")


@pytest.mark.parametrize(
    ("name", "level", "within", "codes"),
    [
        ("Air Majunto", "kecamatan", "", ["170613"]),
        ("Kec. Air Manjunto", "kecamatan", "1706", ["170613"]),
        ("AIRMANJUNTO", "kecamatan", "", ["170613"]),
        ("Argamakmur", "kecamatan", "", ["170307"]),
        ("Manna", "kecamatan", "", ["170104"]),
        ("Kota Manna", "kecamatan", "", ["170105"]),
        ("Ipoh", "kecamatan", "1706", ["170605"]),
        ("Kab. Muko-Muko", "kabupaten", "", ["1706"]),
        ("Bengkulu Sel.", "kabupaten", "", ["1701"]),
        ("Kabupaten/Kota Bengkulu", "kabupaten", "", ["1771"]),
        ("Kota Bengkulu", "kabupaten", "", ["1771"]),
        ("1706", "kabupaten", "", ["1706"]),
        ("17.06.13", "kecamatan", "", ["170613"]),
        ("17.06.13", "kecamatan", "1701", []),
        ("Pd. Serai", "desa", "1771", ["1771051005"]),
        ("kel. padangserai", "desa", "1771", ["1771051005"]),
        ("Bukit Peninjauan 2", "desa", "1705", ["1705012030"]),
        ("BUKITPENINJAUANII", "desa", "1705", ["1705012030"]),
        ("Bukit Penijauan 2", "desa", "1705", ["1705012030"]),
        ("Bukit Peninjauan 3", "desa", "1705", []),
        ("Tidak Ada Desa Ini", "desa", "", []),
        ("", "desa", "", []),
        ("Desa", "desa", "170613", []),
    ],
)
def test_finding_by_name(name: str, level, within: str, codes: list[str]) -> None:
    found = [region.code for region in BENGKULU.find(name, level=level, within=within)]
    assert found == codes


def test_a_numeral_that_was_left_out_gives_both_villages() -> None:
    assert [r.name for r in BENGKULU.find("Bukit Peninjauan", level="desa", within="1705")] == [
        "Bukit Peninjauan I", "Bukit Peninjauan II",
    ]  # fmt: skip


def test_kota_and_kabupaten_of_one_name() -> None:
    west_java = Regions.load("32")
    assert len(west_java.find("Bogor", level="kabupaten")) == 2
    assert [r.name for r in west_java.find("Kota Bogor", level="kabupaten")] == ["Kota Bogor"]
    assert [r.name for r in west_java.find("Kab. Bogor", level="kabupaten")] == ["Kabupaten Bogor"]


def test_a_narrower_name_settles_which_of_two_kabupaten_was_meant() -> None:
    west_java = Regions.load("32")
    assert west_java.locate(kabupaten="Bogor").kode_masalah == "KABUPATEN_GANDA"
    assert west_java.locate(kabupaten="Bogor", kecamatan="Cibinong") == Located("320101")
    assert west_java.locate(kabupaten="Bogor", desa="Tegal Gundil") == Located("3271051002")


@pytest.mark.parametrize(
    ("names", "kode", "problem"),
    [
        ({}, "17", None),
        ({"kabupaten": "Mukomuko"}, "1706", None),
        ({"kecamatan": "Air Majunto"}, "170613", None),
        ({"desa": "Padang Serai", "kecamatan": "Kampung Melayu", "kabupaten": "Kota Bengkulu"}, "1771051005", None),
        ({"desa": "Padang Serai", "kabupaten": "Kota Bengkulu"}, "1771051005", None),
        ({"desa": "Bukit Peninjauan I", "kecamatan": "Talo"}, "1705012011", "DESA_BEDA_KECAMATAN"),
        ({"desa": "Padang Serai", "kecamatan": "Kampung Melayu", "kabupaten": "Kaur"}, "1771051005", "DESA_BEDA_KAB"),
        ({"desa": "Padang Serai", "kecamatan": "Xyzzy", "kabupaten": "Kota Bengkulu"}, "1771051005", "KECAMATAN_TIDAK"),
        ({"desa": "Padang Serai", "kecamatan": "Kampung Melayu", "kabupaten": "Xyzzy"}, "1771051005", "KABUPATEN"),
        ({"desa": "Xyzzy", "kecamatan": "Ipuh", "kabupaten": "Mukomuko"}, "170605", "DESA_TIDAK_DIKENAL"),
        ({"desa": "1771051005"}, "1771051005", None),
    ],
)
def test_locating(names: dict[str, str], kode: str, problem: str | None) -> None:
    found = BENGKULU.locate(**names)
    assert found.kode == kode
    assert (found.kode_masalah or "").startswith(problem or "")
    assert problem or found == Located(kode)


def test_a_village_name_that_fits_several_places_is_never_guessed() -> None:
    found = BENGKULU.locate(desa="Tanjung Agung")
    assert (found.kode, found.kode_masalah) == ("17", "DESA_GANDA")
    assert len(found.kandidat) == 9
    narrowed = BENGKULU.locate(desa="Tanjung Agung", kabupaten="Kota Bengkulu")
    assert narrowed == Located("1771081004")
