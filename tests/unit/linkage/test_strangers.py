"""Who is in no register is nobody else: relatives, neighbours and borrowed numbers, on every path."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.linkage import link
from jangkau.core.tables.settings import Settings

SETTINGS = Settings(provinsi="33", per=date(2026, 11, 22), mulai="2026-12")
BORN = date(1978, 5, 21)
NIK = "3302012105780001"
NEXT = "3302012105780002"
PLACE = "3302012001"
REGISTERS = ("penduduk", "peserta", "kesejahteraan")
# No word of one is like any word of another.
NAMES = ("I MADE SUDANA MANSYUR", "TARMIZI", "HERLINA", "BUDI WICAKSONO", "UNTUNG", "SRI REJEKI", "JOKO")


def person(nik, nama, lahir=BORN, jk="L", **more):
    return {"nik": nik, "nama": nama, "tanggal_lahir": lahir, "jenis_kelamin": jk, "no_kk": None} | more


def village(name):
    """Three hundred others of one place and name, each of another day, so that neither is rare."""
    days = [date(year, month, 1) for year in range(1960, 1985) for month in range(1, 13)]
    return [person(f"330201{day:%d%m%y}0001", name, day) for day in days]


def run(small, listed, others, residents=None):
    """Linkage of a list against `others` in every register, or in all but the population."""
    members = [row | {"kpj": f"{at:011}"} for at, row in enumerate(others)]
    welfare = [row | {"id_individu": f"K{at}"} for at, row in enumerate(others)]
    people = [row for row in (others if residents is None else residents) if row["nik"]]
    return link(
        small.usulan(*listed), small.penduduk(*people), small.peserta(*members), small.kesejahteraan(*welfare), SETTINGS
    )


def decisions(linked, register):
    rows = linked.tautan.to_native().rows(named=True)
    return [row["keputusan"] for row in rows if row["register"] == register]


@pytest.mark.parametrize("residents", [None, []], ids=["through residents", "directly"])
@pytest.mark.parametrize("number", [NIK, NIK[:15], NIK[:15] + "0"])
def test_a_neighbour_born_the_same_day_is_somebody_else(small, number, residents):
    whole = len(number) == 16 and not number.endswith("0")
    listed = person(number if whole else None, "I MADE SUDANA MANSYUR", nik_dugaan=None if whole else number)
    linked = run(small, [listed], [person(NEXT, "TARMIZI")], residents)
    for register in REGISTERS:
        assert "cocok" not in decisions(linked, register)
    assert linked.pekerja["status_tautan"].to_list() != ["cocok"]
    assert linked.pekerja["nama"].to_list() == ["I MADE SUDANA MANSYUR"]


def test_two_whole_numbers_of_one_day_are_two_persons_without_a_look(small):
    linked = run(small, [person(NIK, "I MADE SUDANA MANSYUR")], [person(NEXT, "TARMIZI"), *village("UNTUNG")])
    assert linked.pekerja["status_tautan"].to_list() == ["tidak"]


def test_a_number_and_date_under_quite_another_name_are_for_a_clerk(small):
    linked = run(small, [person(NIK, "SARNO")], [person(NIK, "GUNAWAN")])
    for register in REGISTERS:
        assert decisions(linked, register) == ["tinjau"]


def test_an_absent_twin_is_not_the_twin(small):
    linked = run(small, [person(NIK, "HASAN"), person(None, "HASAN")], [person(NEXT, "YUSUF")])
    for register in REGISTERS:
        assert "cocok" not in decisions(linked, register)


@pytest.mark.parametrize("lahir", [date(1974, 2, 3), BORN, None])
def test_an_absent_husband_with_the_number_of_his_wife_is_not_the_wife(small, lahir):
    wife = person("3302016105780001", "SITI AMINAH", BORN, "P", no_kk="3302010101100001")
    husband = person(wife["nik"], "BUDI WICAKSONO", lahir, "L", no_kk=wife["no_kk"])
    linked = run(small, [husband], [wife])
    for register in REGISTERS:
        assert "cocok" not in decisions(linked, register)


def test_number_and_date_that_differ_together_are_two_persons(small):
    listed = person("3302016110850001", "RINA", date(1985, 10, 21), "P")
    other = person("3302016110050001", "RINA", date(2005, 10, 21), "P")
    linked = run(small, [listed], [other, *village("RINA")])
    for register in REGISTERS:
        assert "cocok" not in decisions(linked, register)


def test_proposals_of_neighbours_are_not_gathered(small):
    listed = [person(NIK, "I MADE SUDANA MANSYUR"), person(NEXT, "TARMIZI"), person(None, "UNTUNG")]
    linked = run(small, listed, [], [])
    assert linked.usulan["id_pekerja"].n_unique() == 3


@pytest.mark.parametrize(
    ("written", "register"),
    [
        ("YPGA", "YOGA"), ("LLI", "LILI"), ("SI", "SRI"), ("AZIZAH", "NUR AZIZAH"), ("RAHMAN", "ABDUL RAHMAN"),
        ("MERIASMARA", "MERI ASMARA"), ("DAMAJANTI", "MAYA DAMAYANTI"), (None, "YOGA"), ("HAJI", "YOGA"),
        ("IbuXananaUtami", "XANANA UTAMI"), ("SRI", "SRI REJEKI"), ("SITI", "SITI AMINAH"),
    ],
)  # fmt: skip
def test_a_slip_in_a_name_is_no_other_name(small, written, register):
    linked = run(small, [person(NIK, written)], [person(NIK, register)])
    assert decisions(linked, "penduduk") == ["cocok"]


@pytest.mark.parametrize("written", ["BAPAK", "Hj.", None])
def test_who_has_no_name_is_known_by_the_number_alone(small, written):
    same, silent = person(NIK, written, no_kk="3302010101100001"), person(None, written, no_kk="3302010101100001")
    other = person(NIK, "UNTUNG", no_kk="3302010101100001")
    assert decisions(run(small, [same], [other]), "penduduk") == ["cocok"]
    for listed in (silent, person(NIK[:15], written), person(NEXT, written)):
        linked = run(small, [listed], [other])
        for register in REGISTERS:
            assert "cocok" not in decisions(linked, register)


@settings(max_examples=tries(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    names=st.permutations(NAMES),
    number=st.sampled_from([NIK, NEXT, NIK[:11] + "90001", None]),
    others=st.lists(
        st.tuples(st.sampled_from([NIK, NEXT, NIK[:12] + "0003"]), st.sampled_from([BORN, date(1979, 5, 21), None])),
        min_size=1, max_size=4, unique_by=lambda made: made[0],
    ),
    known=st.booleans(),
)  # fmt: skip
def test_a_stranger_by_name_is_never_decided(small, names, number, others, known):
    crowd = [person(nik, name, born) for (nik, born), name in zip(others, names[1:], strict=False)]
    linked = run(small, [person(number, names[0])], crowd, None if known else [])
    for register in REGISTERS:
        assert "cocok" not in decisions(linked, register)
