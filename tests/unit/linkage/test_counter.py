"""One person at the counter: found as a list would find them."""

from dataclasses import asdict, replace
from datetime import date

import pytest

from jangkau.core.linkage.counter import Counter
from jangkau.core.linkage.model import load
from jangkau.core.linkage.person import Person
from jangkau.core.linkage.prepare import prepare_population

NIK = "3302011705800001"
BUDI = {
    "nik": NIK, "nama": "BUDI SANTOSO", "tanggal_lahir": date(1980, 5, 17), "jenis_kelamin": "L",
    "no_kk": "3302010101100001",
}  # fmt: skip
OTHER = {"nik": "3302010101700003", "nama": "SLAMET RIYADI", "tanggal_lahir": date(1970, 1, 1), "jenis_kelamin": "L"}


@pytest.fixture
def counter(small):
    return Counter(prepare_population(small.penduduk(OTHER, BUDI)))


def test_a_number_and_name_that_agree_settle_it(counter):
    (found,) = counter.find(Person(nama="Budi Santoso", nik=NIK))
    assert (found.nik, found.keputusan, found.cara, found.tingkat) == (NIK, "cocok", "nik", {})


@pytest.mark.parametrize("nik", [None, NIK[:15], NIK[:8] + NIK[9:], "3302011705800009"])
def test_without_a_whole_number_the_evidence_is_told(counter, nik):
    best, *_ = counter.find(Person("BOEDI SANTOSO", nik, date(1980, 5, 17), "L", "3302012001"))
    assert (best.nik, best.keputusan, best.cara) == (NIK, "cocok", "model")
    assert (best.tingkat["nama"], best.tingkat["lahir"]) == ("sebunyi", "sama")
    assert ("nik" in best.tingkat) == (nik is not None)
    assert best.as_dict() == asdict(best)


def test_a_stranger_and_somebody_of_whom_nothing_is_known_are_nobody(counter):
    assert not any(c.keputusan == "cocok" for c in counter.find(Person("KARTINI", None, date(1991, 8, 4), "P", "33")))
    assert counter.find(Person()) == []
    assert counter.find(Person(nama="", nik="0000000000000000", kode_wilayah="")) == []


def test_questions_do_not_leave_traces(counter):
    first = counter.find(Person(nama="Budi Santoso", tanggal_lahir=date(1980, 5, 17)))
    counter.find(Person(nama="Slamet Riyadi", nik=OTHER["nik"]))
    assert counter.find(Person(nama="Budi Santoso", tanggal_lahir=date(1980, 5, 17))) == first


def test_what_decisions_taught_is_used_and_a_settled_number_is_not_moved(small):
    residents = prepare_population(small.penduduk(OTHER, BUDI))
    curve = {"penduduk": ((0.0, 0.0), (1.0, 0.5))}
    plain, taught = Counter(residents), Counter(residents, replace(load(), curves=curve))
    asked = Person("BUDI SANTOSO", None, date(1980, 5, 17), "L", "3302012001")
    before, after = plain.find(asked)[0], taught.find(asked)[0]
    assert after.peluang == pytest.approx(before.peluang / 2)
    assert (before.keputusan, after.keputusan) == ("cocok", "tinjau")
    assert taught.find(Person(nama="Budi Santoso", nik=NIK)) == plain.find(Person(nama="Budi Santoso", nik=NIK))
