"""Whole synthetic provinces: every line of every file has its truth, the registers are right, runs repeat."""

import csv
import filecmp
import io
import re
from pathlib import Path

import polars as pl
import pytest
import yaml
from python_calamine import CalamineWorkbook

from jangkau.core.identity.regions import Regions
from jangkau.core.kernel.problems import Problem
from jangkau.core.synthetic import generate
from jangkau.core.synthetic.names import vocabulary
from jangkau.core.tables.registers import ANGKATAN_KERJA, DANA, KESEJAHTERAAN, PENDUDUK, PESERTA, TARGET
from jangkau.core.tables.settings import Settings

PROVINCES = ("65", "51", "92")
FILE_TRAPS = {
    "BERKAS_CSV", "BERKAS_ODS", "BERKAS_XLS", "BERKAS_XLSX", "BERKAS_KUNCI", "BERKAS_RUSAK", "BERKAS_SANDI",
    "BERKAS_HTML", "BERKAS_NOL", "BANYAK_LEMBAR", "BARIS_KOSONG", "BARIS_PENOMORAN", "JUDUL", "SUBTOTAL",
    "TANDA_TANGAN", "DESA_DI_BERKAS", "DESA_DI_JUDUL", "DESA_DI_KOLOM", "DESA_DI_LEMBAR", "CSV_CP1252", "CSV_UTF-8-SIG",
    "CSV_KOMA", "CSV_TITIK_KOMA", "KEPALA_DUA_BARIS",
}  # fmt: skip
LINE_TRAPS = {
    "NIK_KOSONG", "NIK_15_ANGKA", "NIK_SALAH_ANGKA", "NIK_TERTUKAR", "NIK_KELUARGA", "NIK_HURUF_O", "NIK_GAYA_ANGKA",
    "NIK_GAYA_ANGKA_15", "NIK_GAYA_APOSTROF", "NIK_GAYA_SPASI", "NAMA_KETIK", "NAMA_SINGKAT", "NAMA_GELAR", "NAMA_BIN",
    "TANGGAL_TERTUKAR", "TANGGAL_TAHUN", "TANGGAL_KOSONG", "GANDA_DALAM_DAFTAR", "GANDA_ANTAR_DAFTAR",
    "TIDAK_ADA_ORANG", "JK_SALAH",
}  # fmt: skip


@pytest.fixture(scope="module", params=PROVINCES)
def made(request, tmp_path_factory):
    out = tmp_path_factory.mktemp(f"p{request.param}")
    summary = generate(out, request.param, 0.02, 11)
    return request.param, out, summary


def truth(out):
    return pl.read_parquet(out / "truth" / "usulan.parquet")


def test_registers_and_settings_are_as_declared(made):
    province, out, summary = made
    people = PENDUDUK.check(pl.read_parquet(out / "register" / "penduduk.parquet"))
    PESERTA.check(pl.read_parquet(out / "register" / "peserta.parquet"))
    KESEJAHTERAAN.check(pl.read_parquet(out / "register" / "kesejahteraan.parquet"))
    for table, name in ((DANA, "dana.csv"), (TARGET, "target.csv"), (ANGKATAN_KERJA, "register/angkatan_kerja.csv")):
        assert len(table.conform(pl.read_csv(out / name, infer_schema=False)))
    settings = Settings.model_validate(yaml.safe_load((out / "jangkau.yaml").read_text("utf-8")))
    assert (settings.provinsi, settings.mulai, settings.bulan) == (province, "2027-01", 12)
    assert summary["penduduk"] == len(people)


def test_no_village_is_dropped(made):
    province, out, _ = made
    villages = {village.code for village in Regions.load(province).villages()}
    living = set(pl.read_parquet(out / "register" / "penduduk.parquet")["kode_desa"])
    assert len(villages - living) <= len(villages) * 0.005  # a village of three may have moved away


def test_every_truth_line_stands_in_its_file_and_every_numbered_line_has_truth(made):
    _, out, _ = made
    lines = dict(truth(out).select("id_usulan", "nama").iter_rows())
    files = {key.split("#")[0] for key in lines}
    found = {}
    for relative in files:
        for key, row in _rows(out / "usulan" / relative, relative):
            found[key] = [" ".join(str(cell).split()).upper() for cell in row]
    assert [key for key, name in lines.items() if name not in found[key]] == []
    named = {key for key, row in found.items() if any(re.fullmatch(r"'?\d{16}", cell) for cell in row)}
    assert named - set(lines) == set()


def _rows(path: Path, relative: str):
    if path.suffix.lower() == ".csv":
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252")
        delimiter = ";" if text.count(";") > text.count(",") else ","
        for number, row in enumerate(csv.reader(text.splitlines(), delimiter=delimiter), 1):
            yield f"{relative}##{number}", row
        return
    book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    for sheet in book.sheet_names:
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        yield from ((f"{relative}#{sheet}#{number}", row) for number, row in enumerate(rows, 1))


def test_files_without_truth_are_the_decoys(made):
    _, out, _ = made
    named = {key.split("#")[0] for key in truth(out)["id_usulan"]}
    every = {p.relative_to(out / "usulan").as_posix() for p in (out / "usulan").rglob("*") if p.is_file()}
    counts = dict(
        pl.read_csv(out / "truth" / "jebakan.csv")
        .filter(pl.col("satuan") == "berkas")
        .select("jebakan", "jumlah")
        .rows()
    )
    kinds = ("KUNCI", "RUSAK", "SANDI", "HTML", "NOL")
    assert named <= every
    assert len(every - named) == sum(counts[f"BERKAS_{kind}"] for kind in kinds)


def test_proposals_are_about_an_eighth_of_the_people(made):
    _, _, summary = made
    assert 0.105 < summary["usulan"] / summary["penduduk"] < 0.14


def test_truth_links_every_register_row_once(made):
    _, out, _ = made
    people = pl.read_parquet(out / "register" / "penduduk.parquet")["nik"]
    for name, key in (("peserta", "kpj"), ("kesejahteraan", "id_individu")):
        links = pl.read_parquet(out / "truth" / f"tautan_{name}.parquet")
        register = pl.read_parquet(out / "register" / f"{name}.parquet")
        assert set(links[key]) == set(register[key])
        assert links["nik"].drop_nulls().is_in(people.implode()).all()
        joined = links.join(register, key, suffix="_tertulis")
        right = joined.select((pl.col("nik") == pl.col("nik_tertulis")).mean()).item()
        assert 0.90 < right < 0.99


def test_verdicts_follow_the_registers(made):
    province, out, _ = made
    verdict = pl.read_parquet(out / "truth" / "orang.parquet")
    people = pl.read_parquet(out / "register" / "penduduk.parquet")
    assert set(verdict["nik"]) == set(truth(out)["nik"].drop_nulls())
    state = verdict.join(people, "nik").with_columns(usia=_age(pl.col("tanggal_lahir")))
    checks = {
        "MENINGGAL": pl.col("tanggal_meninggal").is_not_null(),
        "USIA_KURANG": pl.col("usia") < 18,
        "USIA_LEBIH": pl.col("usia") > 64,
        "DI_LUAR_WILAYAH": pl.col("kode_desa").str.slice(0, 2) != province,
    }
    for code, rule in checks.items():
        assert state.filter(pl.col("alasan").list.contains(code) != rule).is_empty(), code
        assert state.filter(rule).height > 0, code
    assert verdict.filter(pl.col("layak") != (pl.col("alasan").list.len() == 0)).is_empty()
    assert 0.6 < verdict["layak"].mean() < 0.9


def _age(born):
    return 2027 - born.dt.year() - pl.when((born.dt.month() > 1) | (born.dt.day() > 1)).then(1).otherwise(0)


def test_traps_are_counted_as_they_stand(made):
    _, out, _ = made
    traps = pl.read_csv(out / "truth" / "jebakan.csv")
    lines = dict(traps.filter(pl.col("satuan") == "baris").select("jebakan", "jumlah").rows())
    again = truth(out).explode("jebakan").drop_nulls("jebakan")["jebakan"].value_counts()
    assert lines == dict(again.rows())


def test_all_traps_are_set(tmp_path):
    generate(tmp_path, "65", 0.2, 2)
    set_traps = set(pl.read_csv(tmp_path / "truth" / "jebakan.csv")["jebakan"])
    assert (FILE_TRAPS | LINE_TRAPS) - set_traps == set()


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory):
    folders = [tmp_path_factory.mktemp(name) for name in ("a", "b", "c")]
    for out, seed in zip(folders, (5, 5, 6), strict=True):
        generate(out, "34", 0.01, seed)
    return folders


def _files(out):
    return sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file())


def test_the_same_seed_gives_the_same_bytes(two_runs):
    first, second, _ = two_runs
    assert _files(first) == _files(second)
    _, different, errors = filecmp.cmpfiles(first, second, _files(first), shallow=False)
    assert (different, errors) == ([], [])


def test_another_seed_gives_other_people(two_runs):
    first, _, other = two_runs
    niks = [set(pl.read_parquet(out / "register" / "penduduk.parquet")["nik"]) for out in (first, other)]
    assert len(niks[0] & niks[1]) < len(niks[0]) * 0.02


def test_a_second_run_replaces_the_first(tmp_path):
    generate(tmp_path, "31", 0.001, 1)
    stale = tmp_path / "usulan" / "lama.xlsx"
    stale.write_bytes(b"x")
    generate(tmp_path, "31", 0.001, 1)
    assert not stale.exists()


def test_steps_are_told(tmp_path):
    steps = []
    generate(tmp_path, "31", 0.001, 1, on_step=steps.append)
    assert steps == [
        "penduduk",
        "peserta",
        "kesejahteraan",
        "daftar",
        "usulan",
        "kebenaran",
    ]


def test_faults_multiply_human_errors(tmp_path):
    shares = []
    for faults in (1.0, 3.0):
        generate(tmp_path, "34", 0.02, 4, faults=faults)
        lines = truth(tmp_path)
        wrong = pl.col("jebakan").list.contains("NIK_KOSONG") | pl.col("jebakan").list.contains("NAMA_KETIK")
        shares.append(lines.select(wrong.mean()).item())
    assert 2.2 < shares[1] / shares[0] < 3.5


def test_names_are_many():
    assert len(vocabulary()) >= 700


@pytest.mark.parametrize(("province", "scale"), [("99", 0.1), ("xx", 0.1), ("1701", 0.1), ("17", 0), ("17", 1.5)])
def test_impossible_wishes_are_refused(tmp_path, province, scale):
    with pytest.raises(Problem):
        generate(tmp_path / "out", province, scale, 1)
    assert not (tmp_path / "out").exists()
