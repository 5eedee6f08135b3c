"""Truth files as people write them, and what is said of those that are none."""

import polars as pl
import pytest

from jangkau.core.kernel.problems import Problem
from jangkau.core.linkage.truth import read_truth

A, B = "1701010101900001", "1701010101900002"


def write(folder, name, text):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def code(path, known=None):
    with pytest.raises(Problem) as caught:
        read_truth(path, known)
    assert caught.value.saran
    return caught.value.kind.kode


@pytest.mark.parametrize("mark", [",", ";"])
def test_persons_in_csv(tmp_path, mark):
    path = write(tmp_path, "benar.csv", f"ID_Usulan{mark} NIK\na#S#1{mark}{A}\na#S#2{mark}\na#S#3{mark}null\n")
    truth = read_truth(path)
    assert truth.usulan["nik"].to_list() == [A, None, None]
    assert truth.registers["penduduk"].rows["id_register"].to_list() == [A]
    assert list(truth.registers) == ["penduduk"]
    assert any("peserta" in note for note in truth.catatan)


def test_a_folder_brings_the_owners_of_other_registers(tmp_path):
    pl.DataFrame({"id_usulan": ["u1"], "nik": [A], "id_orang": ["o"]}).write_parquet(tmp_path / "usulan.parquet")
    write(tmp_path, "tautan_peserta.csv", f"kpj,nik\n111,{A}\n222,{B}\n333,\n")
    truth = read_truth(tmp_path)
    assert truth.registers["peserta"].rows.drop_nulls().rows() == [("111", A), ("222", B)]
    assert truth.usulan["orang"].to_list() == ["o"]
    assert [note for note in truth.catatan if "kesejahteraan" in note]


def test_pairs(tmp_path):
    text = f"id_usulan;register;id_register\nu1;penduduk;{A}\nu1;peserta;111\nu1;peserta;112\nu2;peserta;\n"
    truth = read_truth(write(tmp_path, "p.csv", text))
    assert truth.usulan.select("id_usulan", "nik").rows() == [("u1", A)]
    assert truth.registers["peserta"].proposals["id_usulan"].unique().sort().to_list() == ["u1", "u2"]
    assert truth.registers["peserta"].rows["id_register"].to_list() == ["111", "112"]


def test_pairs_without_population_still_name_their_register(tmp_path):
    truth = read_truth(write(tmp_path, "p.csv", "id_usulan,register,id_register\nu1,Peserta,111\n"))
    assert list(truth.registers) == ["peserta"]
    assert truth.usulan["orang"].to_list() == [None]


def test_who_is_not_in_the_population_is_nobody(tmp_path):
    path = write(tmp_path, "b.csv", f"id_usulan,nik\nu1,{A}\nu2,{B}\n")
    truth = read_truth(path, pl.DataFrame({"nik": [A]}))
    assert truth.usulan["nik"].to_list() == [A, None]
    assert truth.usulan["orang"].to_list() == [A, B]
    assert any(note.startswith("1 orang") for note in truth.catatan)


@pytest.mark.parametrize("words", ["NAMA_KETIK,GANDA", "NAMA_KETIK | GANDA"])
def test_kinds_written_as_words(tmp_path, words):
    path = write(tmp_path, "b.csv", f'id_usulan,nik,jenis\nu1,{A},"{words}"\nu2,{B},\n')
    assert read_truth(path).usulan["jenis"].to_list() == [["NAMA_KETIK", "GANDA"], []]


def test_numbers_may_be_integers_in_parquet(tmp_path):
    pl.DataFrame({"id_usulan": ["u"], "nik": [int(A)]}).write_parquet(tmp_path / "t.parquet")
    assert read_truth(tmp_path / "t.parquet").usulan["nik"].to_list() == [A]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nama,nik\nBUDI,1\n", "KEBENARAN_BENTUK"),
        ("id_usulan,nik\n", "KEBENARAN_KOSONG"),
        ("id_usulan,nik\nu1,170101\n", "KEBENARAN_NIK"),
        (f"id_usulan,nik\nu1,{A}\nu1,{B}\n", "KEBENARAN_GANDA"),
        ("id_usulan,register,id_register\nu1,pajak,5\n", "KEBENARAN_REGISTER"),
        ("id_usulan,register,id_register\nu1,,5\n", "KEBENARAN_REGISTER"),
        (f"id_usulan,register,id_register\nu1,penduduk,{A}\nu1,penduduk,{B}\n", "KEBENARAN_GANDA"),
        ("", "BERKAS_RUSAK"),
    ],
)
def test_what_is_no_truth_is_said(tmp_path, text, problem):
    assert code(write(tmp_path, "b.csv", text)) == problem


def test_a_folder_without_truth_and_owners_without_key(tmp_path):
    assert code(tmp_path) == "KEBENARAN_TIDAK_ADA"
    write(tmp_path, "usulan.csv", f"id_usulan,nik\nu1,{A}\n")
    write(tmp_path, "tautan_peserta.csv", "nomor,nik\n1,2\n")
    assert code(tmp_path) == "KEBENARAN_BENTUK"


def test_a_broken_parquet_is_said(tmp_path):
    assert code(write(tmp_path, "t.parquet", "no")) == "BERKAS_RUSAK"
