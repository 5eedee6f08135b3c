"""`jangkau coverage`: figures from a workspace, beside a run, over snapshots."""

import json
import shutil
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from jangkau.cli.main import main

MONTHS = [f"{2025 + m // 12}-{m % 12 + 1:02d}" for m in range(9, 22)]


def coverage(*words: object, ok: int = 0) -> str:
    done = CliRunner().invoke(main, ["coverage", *map(str, words)])
    assert done.exit_code == ok, done.output
    return done.output


@pytest.fixture(scope="module")
def earlier(yogya, tmp_path_factory) -> Path:
    """The members as they would have been at the end of each of thirteen months."""
    folder = tmp_path_factory.mktemp("potret")
    now = pl.read_parquet(yogya / "register" / "peserta.parquet")
    for month in MONTHS:
        then = now.filter(pl.col("mulai") <= month)
        then = then.with_columns(dibayar_sampai=pl.min_horizontal("dibayar_sampai", pl.lit(month)))
        then.write_parquet(folder / f"peserta-{month}.parquet")
    return folder


def test_beside_a_run_the_figures_lie_in_files_and_agree_with_its_coverage(yogya, finished, earlier, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(finished, out)
    asked = ("--potret", earlier, "--perubahan", "2026-05", "2026-11-22", "--ramal", "2027-12", "--terbit", "--json")
    said = json.loads(coverage(yogya, "--out", out, *asked))
    assert {"cakupan.csv", "angka/angka.csv", "angka/angka.parquet", "angka/perubahan.csv"} < set(said["berkas"])
    figures = pl.read_parquet(out / "angka" / "angka.parquet")
    assert said["baris_angka"] == len(figures)
    assert set(figures["asal"]) == {"dihitung", "ramalan", "terbit"}
    table = pl.read_csv(out / "cakupan.csv", schema_overrides={"wilayah": pl.String})
    table = table.filter(keadaan="sebelum", segmen="SEMUA").select("wilayah", "pembilang", "persen")
    now = figures.filter(
        pl.col("per") == pl.col("per").filter(asal="dihitung").max(), indikator="cakupan", asal="dihitung"
    )
    assert dict(now.select("wilayah", "pembilang").rows()) == dict(table.select("wilayah", "pembilang").rows())
    change = {row["langkah"]: row for row in said["perubahan"] if row["wilayah"] == "34" and row["segmen"] == "SEMUA"}
    assert sum(row["perubahan"] for name, row in change.items() if name != "akhir") == change["akhir"]["orang"]
    steps = {row["tahap"]: row["jumlah"] for row in said["corong"] if row["wilayah"] == "34"}
    assert steps["baris"] >= steps["orang"] >= steps["layak"] >= steps["direncanakan"] > 0
    assert steps["klaim"] is None


def test_without_a_run_it_only_tells(yogya):
    said = coverage(yogya, "--perubahan", "2026-11", "2026-11-22")
    assert "Cakupan kepesertaan" in said
    assert "belum diketahui" in said
    assert "Perubahan orang terlindungi" in said


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--ramal", "2027-03"), "memerlukan 12 potret"),
        (("--ramal", "besok"), "bulan"),
        (("--perubahan", "2026-01", "2026-02"), "Tidak ada potret peserta per 2026-01"),
    ],
)
def test_what_cannot_be_told_is_said_plainly(yogya, asked, told):
    assert told in coverage(yogya, *asked, ok=1)


def test_a_snapshot_without_a_date_is_refused(yogya, tmp_path):
    (tmp_path / "peserta.csv").write_text("kpj\n1\n", "utf-8")
    assert "tidak memuat tanggal" in coverage(yogya, "--potret", tmp_path, ok=1)
