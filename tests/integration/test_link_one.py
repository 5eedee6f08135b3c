"""`jangkau link siapkan` and `jangkau link satu` on a small province."""

import json

import polars as pl
import pytest
from click.testing import CliRunner

from jangkau.cli.main import main
from jangkau.core.linkage.counter import ALONE
from jangkau.core.linkage.model_file import FILE, taught
from jangkau.core.outputs import write_json
from jangkau.core.synthetic import generate


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    folder = tmp_path_factory.mktemp("satu") / "ruang"
    generate(folder, "17", 0.0004, 8)
    return folder


def jangkau(*words):
    return CliRunner().invoke(main, ["link", *map(str, words)], catch_exceptions=False)


def told(*words):
    done = jangkau(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_registers_are_prepared_before_lists_come(room):
    rows = {row["register"]: row for row in told("siapkan", room)["register"]}
    assert list(rows) == ["penduduk", "peserta", "kesejahteraan"]
    assert rows["penduduk"]["baris"] == len(pl.read_parquet(room / "register" / "penduduk.parquet"))
    assert 0.9 * rows["peserta"]["baris"] < rows["peserta"]["penduduk_pasti"] <= rows["peserta"]["baris"]
    assert len(list((room / "register" / ".siap").glob("*-*"))) == 3


def test_one_person_is_found_and_masked(room):
    resident = pl.read_parquet(room / "register" / "penduduk.parquet").row(3, named=True)
    asked = ("satu", room, "--nama", resident["nama"].lower(), "--lahir", f"{resident['tanggal_lahir']:%d-%m-%Y}",
             "--desa", resident["kode_desa"], "--jk", resident["jenis_kelamin"])  # fmt: skip
    best = told(*asked, "--buka")["calon"][0]
    assert (best["nik"], best["keputusan"]) == (resident["nik"], "cocok")
    assert told(*asked)["calon"][0]["nik"] != resident["nik"]
    shown = jangkau(*asked)
    assert resident["nik"] not in shown.output
    assert "cocok" in shown.output


def test_a_number_with_marks_is_read(room):
    resident = pl.read_parquet(room / "register" / "penduduk.parquet").row(5, named=True)
    nik = f"{resident['nik'][:6]}.{resident['nik'][6:12]}.{resident['nik'][12:]}"
    best = told("satu", room, "--nik", nik, "--nama", resident["nama"], "--buka")["calon"][0]
    assert (best["nik"], best["cara"]) == (resident["nik"], "nik")


def test_nobody_and_nothing_asked_and_no_register(room, tmp_path):
    assert told("satu", room, "--nama", "QWXZ PLMK")["calon"] == []
    assert "Tidak ada penduduk" in jangkau("satu", room, "--nama", "QWXZ PLMK").output
    assert jangkau("satu", room).exit_code == 2
    assert jangkau("satu", tmp_path, "--nama", "BUDI").exit_code == 1


def test_the_learned_model_of_the_workspace_is_used_and_its_limits_are_told(room, tmp_path):
    resident = pl.read_parquet(room / "register" / "penduduk.parquet").row(3, named=True)
    asked = ("satu", room, "--nama", resident["nama"], "--lahir", f"{resident['tanggal_lahir']:%d-%m-%Y}")
    plain = told(*asked)
    learned = taught(None, []) | {"versi": "desa-1", "kalibrasi": {"penduduk": {"titik": [[0, 0], [1, 0.4]]}}}
    write_json(learned, tmp_path / FILE)
    given = told(*asked, "--model", tmp_path / FILE)
    write_json(learned, room / FILE)
    try:
        own = told(*asked)
        kept = told("siapkan", room)
    finally:
        (room / FILE).unlink()
    assert own == given
    assert (own["model"], own["catatan"]) == ("desa-1", ALONE)
    assert own["calon"][0]["peluang"] == pytest.approx(0.4 * plain["calon"][0]["peluang"], abs=1e-5)
    assert kept == told("siapkan", room)
    assert " ".join(jangkau(*asked).output.split()).endswith(ALONE)
