from datetime import date

import polars as pl
import pytest

from jangkau.core.kernel.problems import Problem
from jangkau.core.register_files import read_register
from jangkau.core.tables import registers
from jangkau.core.workspace import fingerprint, open_workspace, read_settings

SETTINGS = "provinsi: '17'\nper: 2026-11-22\nmulai: 2027-01\nbulan: 12\n"


def workspace(folder, settings=SETTINGS):
    (folder / "usulan").mkdir(parents=True)
    (folder / "register").mkdir()
    (folder / "jangkau.yaml").write_text(settings)
    (folder / "register" / "penduduk.csv").write_text("nik;nama;tanggal_lahir\n1701010101900001;Budi;1990-01-01\n")
    (folder / "register" / "peserta.csv").write_text("kpj,nik,dibayar_sampai\n00012345678,,2026-08\n")
    (folder / "dana.csv").write_text("kode,jenis,anggaran\nP,APBD_PROV,1000000\n")
    return folder


def test_a_workspace_opens_with_optional_tables_empty(tmp_path):
    ws = open_workspace(workspace(tmp_path / "ws"))
    assert ws.penduduk["tanggal_lahir"].to_list() == [date(1990, 1, 1)]
    assert ws.peserta["kpj"].to_list() == ["00012345678"]
    assert len(ws.kesejahteraan) == len(ws.target) == 0
    assert ws.settings.usia.maks == 64
    assert ws.catatan == []


@pytest.mark.parametrize("name", ["jangkau.yaml", "register/penduduk.csv", "dana.csv"])
def test_a_missing_file_is_named(tmp_path, name):
    folder = workspace(tmp_path / "ws")
    (folder / name).unlink()
    with pytest.raises(Problem) as caught:
        open_workspace(folder)
    assert caught.value.kind.kode == "BERKAS_TIDAK_ADA"
    assert name.split("/")[-1].split(".")[0] in caught.value.pesan


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("bulan: 0", "bulan"),
        ("mulai: Januari", "mulai"),
        ("provinsi: Bengkulu", "provinsi"),
        ("usia: {min: x}", "usia.min"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, line, field):
    path = tmp_path / "jangkau.yaml"
    path.write_text(
        "\n".join(row for row in SETTINGS.splitlines() if not row.startswith(line.split(":")[0])) + f"\n{line}\n"
    )
    with pytest.raises(Problem) as caught:
        read_settings(path)
    assert caught.value.kind.kode == "PENGATURAN_SALAH"
    assert field in caught.value.pesan


def read(path, table=registers.PESERTA):
    notes = []
    return read_register(path, path.name, table, notes), notes


def test_registers_are_brought_to_the_declared_form(tmp_path):
    path = tmp_path / "peserta.parquet"
    pl.DataFrame(
        {
            "KPJ": [1.0, 2.0],
            "nik": [1701010101900001, None],
            "kode_wilayah": ["17.01", "1702"],
            "segmen": ["bpu", "XX"],
            "mulai": [date(2026, 1, 1), None],
            "dibayar_sampai": ["2026-08-31", "kapan"],
            "upah": [1000000.0, None],
        }
    ).write_parquet(path)
    frame, notes = read(path)
    assert frame.select("kpj", "nik", "kode_wilayah", "segmen", "mulai", "dibayar_sampai", "upah").rows() == [
        ("1", "1701010101900001", "1701", "BPU", "2026-01", "2026-08", 1000000),
        ("2", None, "1702", None, None, None, None),
    ]
    assert [(row["kode"], row["kolom"]) for row in notes] == [
        ("REGISTER_SEL", "segmen"),
        ("REGISTER_SEL", "dibayar_sampai"),
    ]


def test_rows_without_key_or_with_one_seen_before_are_counted(tmp_path):
    path = tmp_path / "peserta.csv"
    path.write_text("﻿kpj,nama\n1,A\n1,B\n,C\n")
    frame, notes = read(path)
    assert frame["nama"].to_list() == ["A"]
    assert [row["kode"] for row in notes] == ["REGISTER_TANPA_KUNCI", "REGISTER_GANDA"]


def test_a_broken_register_stops_the_run_plainly(tmp_path):
    path = tmp_path / "peserta.parquet"
    path.write_bytes(b"PAR1 rusak")
    with pytest.raises(Problem) as caught:
        read(path)
    assert caught.value.kind.kode == "BERKAS_RUSAK"


def test_the_fingerprint_follows_content_and_ignores_lock_files(tmp_path):
    folder = workspace(tmp_path / "ws")
    before = fingerprint(folder)
    (folder / "usulan" / "~$a.xlsx").write_text("x")
    (folder / "truth").mkdir()
    (folder / "truth" / "x.csv").write_text("x")
    assert fingerprint(folder) == before
    (folder / "usulan" / "a.csv").write_text("x")
    assert fingerprint(folder) != before


def test_money_as_indonesians_write_it_and_a_fund_left_out_is_named(tmp_path):
    path = tmp_path / "dana.csv"
    path.write_text("kode,jenis,anggaran\nA,CSR,16.000.000\nB,CSR,Rp 5000\nC,CSR,banyak\nD,CSR,70000.0\n")
    frame, notes = read(path, registers.DANA)
    assert frame.select("kode", "anggaran").rows() == [("A", 16_000_000), ("B", 5_000), ("D", 70_000)]
    assert "baris data ke-3" in notes[-1]["pesan"]


@pytest.mark.parametrize(
    ("column", "written"),
    [("wilayah", "Bengkulu"), ("berlaku_dari", "Januari 2027"), ("berlaku_sampai", "2027-13"), ("tarif", "GRATIS")],
)
def test_a_fund_whose_limit_cannot_be_read_does_not_pay_without_one(tmp_path, column, written):
    path = tmp_path / "dana.csv"
    path.write_text(f"kode,jenis,anggaran,{column}\nA,CSR,5,\n,,,\nB,CSR,5,{written}\n")
    frame, notes = read(path, registers.DANA)
    assert frame["kode"].to_list() == ["A"]
    assert [row["kode"] for row in notes] == ["REGISTER_SEL", "REGISTER_BATAS"]
    assert column in notes[1]["pesan"]
    assert "baris data ke-3." in notes[1]["pesan"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_in_any_usual_encoding(tmp_path, encoding):
    path = tmp_path / "dana.csv"
    for name in ("Bank", "Société"):
        path.write_bytes(f"kode;jenis;anggaran;nama\nA;CSR;5;{name}\n".encode(encoding))
        assert read(path, registers.DANA)[0]["nama"].to_list() == [name]


@pytest.mark.parametrize(
    ("content", "cause"),
    [("", "tidak ada isinya"), ("kode,jenis\nA,CSR,5,6\n", "lebih banyak"), ('kode,nama\nA,"B\nC,D', "tanda kutip")],
)
def test_a_csv_that_cannot_be_read_says_why_in_indonesian(tmp_path, content, cause):
    (tmp_path / "dana.csv").write_text(content)
    with pytest.raises(Problem, match=cause):
        read(tmp_path / "dana.csv", registers.DANA)


@pytest.mark.parametrize(
    ("written", "rupiah"),
    [
        ("1000000", 1_000_000), ("1000000.00", 1_000_000), ("1000000,0", 1_000_000), ("1.000.000,00", 1_000_000),
        ("1,000,000.00", 1_000_000), ("Rp1.000.000,-", 1_000_000), ("Rp. 1.000.000", 1_000_000), ("1.000", 1_000),
        ("1.000,000", 1_000), ("0,00", 0), ("-5.000", -5_000), ("1000000.50", None), ("1.000.000,5", None),
        ("1.0000", 1), ("10.00.000", None), ("1.000,500", None), ("sejuta", None),
    ],
)  # fmt: skip
def test_rupiah_is_read_as_written_and_never_guessed(tmp_path, written, rupiah):
    path = tmp_path / "target.csv"
    path.write_text(f"wilayah;indikator;jumlah\n17;P;{written}\n")
    frame, notes = read(path, registers.TARGET)
    assert frame["jumlah"].to_list() == [rupiah]
    assert bool(notes) == (rupiah is None)


def test_numbers_of_parquet_keep_their_decimals_or_are_left_out(tmp_path):
    path = tmp_path / "target.parquet"
    pl.DataFrame(
        {"wilayah": ["17", "17"], "indikator": ["a", "b"], "persen": [34.99, None], "jumlah": [2.0, 2.5]}
    ).write_parquet(path)
    frame, notes = read(path, registers.TARGET)
    assert frame.select("persen", "jumlah").rows() == [(34.99, 2), (None, None)]
    assert [(row["kode"], row["kolom"]) for row in notes] == [("REGISTER_SEL", "jumlah")]


def test_a_misspelt_setting_is_told_and_the_run_goes_on(tmp_path):
    more = (
        "bulann: 6",
        "usia: {min: 18, max: 60}",
        "ambang: {cocok: 0.9, tinjau: 0.2, lain: 1}",
        "bobot: {risiko: {A: 1}}",
    )
    wrong = SETTINGS + "\n".join(more)
    found = open_workspace(workspace(tmp_path / "ws", wrong)).catatan
    assert [row["kode"] for row in found] == ["PENGATURAN_TIDAK_DIKENAL"] * 3
    assert [row["pesan"].split()[1] for row in found] == ["bulann", "usia.max", "ambang.lain"]
    assert "min, maks" in found[1]["saran"]
