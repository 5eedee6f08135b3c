"""Our own forms: accepted by our check, and asking what they are meant to."""

import datetime as dt
import re

import pytest

from jangkau.core.field import Built, build
from jangkau.core.field.mapping import COLUMNS, as_list
from jangkau.core.field.own import NAMES, xlsform
from jangkau.core.identity.occupation import classify

PER = dt.date(2026, 11, 27)


@pytest.fixture(scope="module")
def built() -> dict[str, Built]:
    return {name: build(xlsform(name, PER)) for name in NAMES}


def test_every_column_of_a_list_but_none_other_is_filled(built):
    assert set(built["pendataan-pekerja"].model.usulan) == set(COLUMNS)
    assert built["verifikasi-lapangan"].model.usulan == {}


def test_who_does_not_agree_leaves_nothing(built):
    fields = built["pendataan-pekerja"].model.fields
    asked = [f for f in fields if f.widget and not f.path.startswith("/data/izin/")]
    assert asked
    xform = built["pendataan-pekerja"].xform.decode()
    for group in ("ktp", "rumah", "kerja", "hasil_kerja", "sejahtera", "tempat"):
        bind = re.search(rf'<bind nodeset="/data/{group}"[^>]*>', xform)
        assert bind, group
        assert "/data/izin/setuju  = 'ya'" in bind[0]


def test_occupations_are_understood_as_in_any_list(built):
    choices = built["pendataan-pekerja"].model.typed()["/data/kerja/pekerjaan"].choices
    tags = {name: classify(words) for name, words in choices.items()}
    assert (tags["sawit"].tag, tags["nelayan"].tag, tags["angkutan"].tag) == ("SAWIT", "NELAYAN", "ANGKUTAN")
    assert (tags["bangunan"].tag, tags["art"].tag, tags["tembakau"].tag) == ("BANGUNAN", "ART", "TEMBAKAU")
    assert tags["tidak_bekerja"].status == "BUKAN_PEKERJA"


def test_income_classes_are_the_law_s(built):
    choices = built["pendataan-pekerja"].model.typed()["/data/hasil_kerja/penghasilan"].choices
    words = list(choices.items())
    assert words[0] == ("1000000", "Kurang dari Rp1.100.000")
    assert words[1] == ("1200000", "Rp1.100.000 sampai kurang dari Rp1.300.000")
    assert words[-1][1].endswith("atau lebih")


def test_a_workbook_is_the_same_whenever_it_is_made():
    assert build(xlsform(NAMES[0], PER)).md5 == build(xlsform(NAMES[0], PER)).md5


def test_both_languages_are_in_it(built):
    assert {form.model.languages for form in built.values()} == {("Indonesia (id)", "English (en)")}


def test_a_list_reads_like_any_village_s():
    data = as_list([{"nik": "1705014803850002", "nama": "Siti"}, None, {"nama": "Ani, binti A"}]).decode().splitlines()
    assert data[0] == "No,Nama,NIK,No KK,Tanggal Lahir,L/P,Desa,Pekerjaan,Penghasilan,No HP"
    assert data[1].startswith("1,Siti,1705014803850002")
    assert set(data[2]) == {","}
    assert data[3].startswith('3,"Ani, binti A"')
