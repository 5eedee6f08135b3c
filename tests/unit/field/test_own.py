"""Our own forms: accepted by our check, valid for ODK Validate, and filled in by JavaRosa as they are meant."""

import datetime as dt
import re
import subprocess
from pathlib import Path

import pytest
import pyxform

from jangkau.core.field import Built, build
from jangkau.core.field.mapping import COLUMNS, as_list, row_of
from jangkau.core.field.own import NAMES, xlsform
from jangkau.core.field.submission import head, read
from jangkau.core.identity.occupation import classify
from jangkau.core.linkage.spark.java import java_home

PER = dt.date(2026, 11, 27)
JAR = Path(pyxform.__file__).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
PERSON = "11111111-1111-4111-8111-111111111111"
ANSWERS = {
    "pendataan-pekerja": {
        "izin/dibacakan": "OK", "izin/setuju": "ya", "ktp/nik": "1705014803850002", "ktp/nama": "Siti Contoh",
        "ktp/tanggal_lahir": "1958-03-08", "ktp/jenis_kelamin": "P", "ktp/desa": "1705012002", "ktp/no_hp": "123",
        "rumah/tanggungan[1]/nama_tanggungan": "Budi", "rumah/tanggungan[2]/nama_tanggungan": "Ani",
        "kerja/pekerjaan": "sawit", "kerja/bahaya": "jalan laut", "kerja/foto_kerja": "foto.jpg",
        "hasil_kerja/penghasilan": "1200000", "tempat/lokasi": "-4.01 102.5 10 5",
    },
    "verifikasi-lapangan": {
        "siapa/desa": "1705012002", "siapa/pekerja": PERSON, "temu/hasil": "bertemu", "temu/masih_bekerja": "ya",
        "temu/pekerjaan_sekarang": "Petani",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def built() -> dict[str, Built]:
    return {name: build(xlsform(name, PER)) for name in NAMES}


@pytest.fixture(scope="module")
def filled(built, tmp_path_factory) -> dict[str, str]:
    """What JavaRosa makes of the answers, by form; one start of Java for all."""
    folder = tmp_path_factory.mktemp("java")
    (folder / "desa.csv").write_text("name,label\n1705012002,Niur\n")
    (folder / "pekerja.csv").write_text(f"name,label,__version,desa\n{PERSON},Siti Contoh,3,1705012002\n")
    told = []
    for name, form in built.items():
        (folder / f"{name}.xml").write_bytes(form.xform)
        (folder / f"{name}.txt").write_text("".join(f"/data/{p}\t{text}\n" for p, text in ANSWERS[name].items()))
        told += [str(folder / f"{name}.xml"), str(folder / f"{name}.txt")]
    home = java_home(folder)
    assert home, "Java 17 or newer is needed"
    program = [str(home / "bin" / "java"), "-cp", str(JAR), str(Path(__file__).parent / "Fill.java"), *told]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(zip(built, re.split(r"^== .*\n", done.stdout, flags=re.MULTILINE)[1:], strict=True))


def test_javarosa_accepts_and_fills_the_registration(built, filled):
    problems, _, xml = filled["pendataan-pekerja"].rpartition("<?xml")
    assert problems == "! /data/ktp/no_hp: constraint\n"
    found = read(head(("<?xml" + xml).strip().encode()), built["pendataan-pekerja"].model)
    assert (found.wrong, found.strange) == ((), ())
    ktp = found.record["ktp"]
    assert (ktp["nik_tanggal"], ktp["nik_kelamin"], ktp["no_hp"]) == ("080385", "P", None)
    assert "beda_tanggal" in ktp, "the birth date that differs from the NIK is warned of"
    assert "beda_kelamin" not in ktp
    assert [person["nama_tanggungan"] for person in found.record["rumah"]["tanggungan"]] == ["Budi", "Ani"]
    assert found.files == ("foto.jpg",)
    assert row_of(found.values, built["pendataan-pekerja"].model) == {
        "nik": "1705014803850002", "nama": "Siti Contoh", "tanggal_lahir": "1958-03-08", "jenis_kelamin": "P",
        "kode_desa": "1705012002", "pekerjaan": "Petani sawit", "penghasilan": "1200000",
    }  # fmt: skip


def test_javarosa_makes_the_visit_a_change_of_the_entity(built, filled):
    assert filled["verifikasi-lapangan"].startswith("<?xml"), "nothing found by ODK Validate, no answer refused"
    found = read(head(filled["verifikasi-lapangan"].strip().encode()), built["verifikasi-lapangan"].model)
    [entity] = found.entities
    assert (entity.dataset, entity.id, entity.update, entity.create, entity.base) == ("pekerja", PERSON, True, False, 3)
    assert entity.data["hasil"] == "bertemu"
    assert entity.data["masih_bekerja"] == "ya"
    assert entity.data["dikunjungi"]


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
