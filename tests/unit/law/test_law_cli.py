"""`jangkau law`: usage, exit codes, words; and the pages that stand in the repository."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jangkau.cli.law import law

ROOT = Path(__file__).parents[3]
DEATH = "manfaat --segmen BPU --peristiwa MENINGGAL --tanggal 2026-10-05 --dibayar 2026-01..2026-10"


def run(line: str) -> Result:
    return CliRunner().invoke(law, line.split())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("iuran --bulan 2026-11", "--segmen"),
        ("iuran --segmen BPU", "--bulan"),
        ("iuran --segmen BPU --bulan November", "bukan bulan"),
        ("iuran --segmen BPU --bulan 2026-11 --penghasilan -1", "--penghasilan"),
        ("iuran --segmen PU --bulan 2026-11 --upah 3000000", "perlu --kelas-risiko, --skala"),
        ("iuran --segmen JAKON --bulan 2026-11", "--nilai-kontrak"),
        ("iuran --segmen PMI --bulan 2026-11", "--paket"),
        ("iuran --segmen BPU --bulan 2026-11 --upah 3000000", "--penghasilan"),
        ("iuran --segmen BPU --bulan 2026-11 --pembayar PAJAK", "PAJAK"),
        ("iuran --segmen BPU --bulan 2026-11 --pilihan apa", "NAMA=PILIHAN"),
        ("status --segmen BPU --sampai 2026-12", "--dibayar"),
        ("status --segmen BPU --dibayar 2026-1 --sampai 2026-12", "bukan bulan"),
        ("manfaat --segmen BPU --peristiwa MENINGGAL --dibayar 2026-01", "--tanggal"),
        ("manfaat --segmen BPU --peristiwa MENINGGAL_KERJA --tanggal 2026-10-05 --dibayar 2026-10", "--upah"),
        (f"{DEATH} --anak SD,S4", "S4"),
        ("manfaat --segmen BPU --peristiwa MENINGGAL --tanggal 5-10-2026 --dibayar 2026-10", "bukan tanggal"),
        ("parameter bpu.jkm --pada kemarin", "bukan tanggal"),
        ("diff 2025-12", "SAMPAI"),
    ],
)
def test_wrong_usage_exits_2_and_says_what_is_missing(line: str, said: str) -> None:
    outcome = run(line)
    assert outcome.exit_code == 2
    assert said in outcome.stderr


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("iuran --segmen BPU --bulan 2010-01", "HUKUM_TIDAK_BERLAKU"),
        ("parameter bpu.jkx", "HUKUM_PARAMETER_TIDAK_ADA"),
        ("iuran --segmen BPU --bulan 2026-11 --pilihan bpu.keringanan_dana_desa=X", "HUKUM_PILIHAN_SALAH"),
    ],
)
def test_a_problem_exits_1_in_words_and_in_json(line: str, code: str) -> None:
    plain, coded = run(line), run(f"{line} --json")
    assert (plain.exit_code, coded.exit_code) == (1, 1)
    assert plain.stdout == ""
    assert plain.stderr.strip()
    assert json.loads(coded.stdout)["galat"]["kode"] == code


def test_words_for_people() -> None:
    assert (
        "Rp11.400"
        in run("iuran --segmen BPU --penghasilan 1500000 --bulan 2026-11 --pembayar CSR --sektor TANI").stdout
    )
    assert "berhenti sejak 2026-07" in run("status --segmen BPU --dibayar 2026-01..2026-03 --sampai 2026-12").stdout
    death = run(DEATH).stdout
    assert "Rp42.000.000" in death
    assert "5 Oktober 2031" in death
    assert "Rp6.800" in run("parameter bpu.jkm").stdout
    assert "keyakinan tinggi" in run("parameter bpu.jkm --pada 2026-11").stdout
    assert "bpu.jkm" in run("parameter").stdout
    assert "PP 50/2025" in run("diff 2025-12 2026-04").stdout
    assert "Tidak ada yang berubah" in run("diff 2026-04 2026-04").stdout
    assert "Inpres 2/2021" in run("kewajiban").stdout
    assert "Rp60.000" in run("jht --iuran 20000 --bulan 3").stdout


def test_small_letters_are_understood() -> None:
    assert json.loads(run("iuran --segmen bpu --bulan 2026-11 --pembayar csr --json").stdout)["total"] == 8_400


def test_json_of_lists() -> None:
    assert "bpu.jkm" in json.loads(run("parameter --json").stdout)
    assert len(json.loads(run("parameter pu.jp_batas_upah --json").stdout)["nilai"]) == 5
    assert {row["parameter"] for row in json.loads(run("diff 2025-12 2026-04 --json").stdout)} >= {"bpu.keringanan"}
    assert json.loads(run("kewajiban --json").stdout)[0]["bukti"]


def test_every_answer_carries_its_sources_and_the_version_of_the_law() -> None:
    answer = json.loads(run("iuran --segmen BPU --bulan 2026-11 --pembayar DANA_DESA --json").stdout)
    assert answer["versi_parameter"]
    assert {source["keyakinan"] for source in answer["sumber"]} == {"tinggi", "sedang", "rendah"}
    assert any("Dana Desa" in text for text in answer["peringatan"])


def test_a_package_for_migrants_has_no_split() -> None:
    answer = json.loads(run("iuran --segmen PMI --bulan 2026-11 --paket SELAMA_24 --json").stdout)
    assert answer["total"] == 332_500
    assert answer["rincian"]["JKK"] is None


def test_the_pages_in_the_repository_are_those_that_are_made(tmp_path: Path) -> None:
    outcome = CliRunner().invoke(law, ["docs", str(tmp_path), "--contoh", str(ROOT / "tests/spec")])
    assert outcome.exit_code == 0
    made = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    kept = {path.name: path.read_text("utf-8") for path in (ROOT / "docs/law").iterdir()}
    assert made == kept, "jalankan `jangkau law docs docs/law`"
