"""The whole job through the command line, as a user runs it."""

import hashlib
import json
import shutil
import signal
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import yaml
from click.testing import CliRunner
from pypdf import PdfReader

from jangkau.cli.main import main
from jangkau.core.kernel.formats import number, rupiah
from jangkau.core.synthetic import generate
from jangkau.core.tables import results as t

TABLES = (t.USULAN, t.TAUTAN, t.PEKERJA, t.KELAYAKAN, t.RENCANA)


def jangkau(*words: object, ok: int = 0) -> str:
    """What a command says."""
    done = CliRunner().invoke(main, [*map(str, words)])
    assert done.exit_code == ok, done.output
    return done.stdout


def content(out: Path) -> dict[str, str]:
    files = (path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("code", ["65", "31"])
def test_other_provinces_run_to_a_sound_plan_too(code, tmp_path):
    """Nothing is tied to one province."""
    province, out = tmp_path / "ws", tmp_path / "out"
    generate(province, code, 0.001, 5)
    said = json.loads(jangkau("run", province, "--out", out, "--json"))
    assert {"rencana.json", "laporan.pdf", "cakupan.csv", "masalah.xlsx"} <= set(said["berkas"])
    assert said["blok"] == json.loads((out / "tautan.json").read_text())["blok"]
    assert [block["kanan"] for block in said["blok"]] == ["penduduk", "usulan", "peserta", "kesejahteraan"]
    assert_sound(province, out)


def test_a_run_comes_to_a_sound_plan(yogya, finished):
    assert_sound(yogya, finished)


def assert_sound(province: Path, out: Path) -> None:
    assert json.loads(jangkau("verify", out, "--json"))["sah"] is True
    truth = pl.read_parquet(province / "truth" / "usulan.parquet")
    read = pl.read_parquet(out / "usulan.parquet")
    assert len(truth.join(read, on="id_usulan")) >= 0.995 * len(truth)
    assert len(read.join(truth, on="id_usulan", how="anti")) <= 0.001 * len(truth)


def test_every_table_of_out_is_as_declared(finished):
    for table in TABLES:
        assert pl.read_parquet(finished / f"{table.name}.parquet").columns == table.names
        table.check(pl.read_parquet(finished / f"{table.name}.parquet"))
    for table in (t.MASALAH, t.CAKUPAN):
        assert pl.read_csv(finished / f"{table.name}.csv", infer_schema=False).columns == table.names


def test_ids_agree_between_tables(finished):
    frames = {table.name: pl.read_parquet(finished / f"{table.name}.parquet") for table in TABLES}
    people = set(frames["pekerja"]["id_pekerja"])
    assert set(frames["usulan"]["id_pekerja"]) == people == set(frames["kelayakan"]["id_pekerja"])
    assert set(frames["tautan"]["id_usulan"]) <= set(frames["usulan"]["id_usulan"])
    eligible = frames["kelayakan"].filter(pl.col("layak"))
    assert set(frames["rencana"]["id_pekerja"]) == set(eligible["id_pekerja"])
    assert frames["kelayakan"].select((pl.col("layak") == (pl.col("alasan").list.len() == 0)).all()).item()


def test_documents_name_who_is_paid(finished):
    paid = pl.read_parquet(finished / "rencana.parquet").filter(pl.col("dana").is_not_null())
    uploads = sum(
        openpyxl.load_workbook(path, read_only=True).active.max_row - 1 for path in (finished / "unggah").glob("*.xlsx")
    )
    assert uploads == len(paid)
    annexes = list((finished / "lampiran_sk").glob("*.pdf"))
    assert {path.stem for path in annexes} == {path.stem for path in (finished / "lampiran_sk").glob("*.xlsx")}
    text = "".join(page.extract_text() for page in PdfReader(finished / "laporan.pdf").pages)
    assert "bukan BPJS Kesehatan" in text


def test_killed_at_any_moment_and_started_again_it_gives_the_same_bytes(yogya, finished, process, tmp_path):
    """While the tables are written, then while they are put in place; then in this process to the end."""
    expected, moments = (
        content(finished),
        (("jangkau.core.outputs", "write_parquet", 3), ("pathlib:Path", "replace", 12)),
    )
    for dies in moments:
        assert process("run", yogya, "--out", tmp_path, dies=dies) == -signal.SIGKILL
        visible = {name: sha for name, sha in content(tmp_path).items() if not name.startswith(".")}
        assert visible.items() <= expected.items()
    assert 0 < len(visible) < len(expected) - 1
    jangkau("run", yogya, "--out", tmp_path)
    assert content(tmp_path) == expected


def test_plan_coverage_and_report_again_change_nothing(yogya, finished, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(finished, out)
    for command in ("plan", "coverage", "report"):
        jangkau(command, yogya, "--out", out)
        made = {name: sha for name, sha in content(out).items() if not name.startswith((".", "angka/"))}
        assert made == {name: sha for name, sha in content(finished).items() if not name.startswith(".")}, command


def test_a_plan_follows_changed_funds(yogya, finished, tmp_path):
    ws, out = tmp_path / "ws", tmp_path / "out"
    shutil.copytree(yogya, ws)
    shutil.copytree(finished, out)
    funds = pl.read_csv(ws / "dana.csv", infer_schema=False).with_columns(anggaran=pl.lit("0"))
    funds.write_csv(ws / "dana.csv")
    jangkau("plan", ws, "--out", out)
    assert pl.read_parquet(out / "rencana.parquet")["dana"].null_count() == len(
        pl.read_parquet(out / "rencana.parquet")
    )
    assert not list((out / "unggah").glob("*.xlsx"))
    jangkau("verify", out)


def test_a_plan_tells_of_a_fund_whose_money_it_could_not_read(yogya, finished, tmp_path):
    ws, out = tmp_path / "ws", tmp_path / "out"
    shutil.copytree(yogya, ws)
    shutil.copytree(finished, out)
    funds = pl.read_csv(ws / "dana.csv", infer_schema=False)
    first, second = pl.arange(pl.len()) == 0, pl.arange(pl.len()) == 1
    money = pl.when(first).then(pl.lit("banyak")).when(second).then(pl.col("anggaran") + ".00")
    funds.with_columns(anggaran=money.otherwise("anggaran")).write_csv(ws / "dana.csv")
    with (ws / "jangkau.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\nbulann: 6\n")
    said = json.loads(jangkau("plan", ws, "--out", out, "--json"))["ringkasan"]
    assert any(row["nilai"] == "jangkau.yaml" and "bulann" in row["catatan"] for row in said)
    warned = [row["catatan"] for row in said if (row["ukuran"], row["nilai"]) == ("Peringatan", "dana.csv")]
    assert any("1 baris tanpa" in words and "baris data ke-1" in words for words in warned)
    assert "dana.csv" in jangkau("plan", ws, "--out", out)
    problems = pl.read_csv(out / "masalah.csv", infer_schema=False)
    assert problems.filter(pl.col("berkas") == "dana.csv")["kode"].sort().to_list() == [
        "REGISTER_SEL", "REGISTER_TANPA_KUNCI",
    ]  # fmt: skip
    used = {row["kode"]: row["anggaran"] for row in json.loads((out / "rencana.json").read_text("utf-8"))["dana"]}
    assert funds["kode"][0] not in used
    assert used[funds["kode"][1]] == int(funds["anggaran"][1])
    for name in ("dana.csv", "jangkau.yaml"):
        shutil.copy(yogya / name, ws / name)
    assert "dana.csv" not in json.dumps(json.loads(jangkau("plan", ws, "--out", out, "--json"))["ringkasan"])
    assert content(out) == content(finished)


def test_a_plan_too_short_for_the_death_benefit_says_so_on_every_output(yogya, finished, tmp_path):
    ws, out = tmp_path / "ws", tmp_path / "out"
    shutil.copytree(yogya, ws)
    shutil.copytree(finished, out)
    settings = yaml.safe_load((ws / "jangkau.yaml").read_text("utf-8")) | {"bulan": 2}
    (ws / "jangkau.yaml").write_text(yaml.safe_dump(settings), "utf-8")
    told = " ".join(jangkau("plan", ws, "--out", out).split())
    words = json.loads((out / "rencana.json").read_text("utf-8"))["peringatan"]
    assert words.startswith("Hanya 2 bulan: peserta baru belum pernah mendapat santunan kematian (JKM) penuh")
    assert "Peringatan" in told
    assert "terlalu pendek" in told
    assert "2 bulan terlalu pendek" in _printed([out / "laporan.pdf"])
    annexes, uploads = list((out / "lampiran_sk").iterdir()), list((out / "unggah").iterdir())
    assert annexes
    assert uploads
    for path in (*annexes, *uploads):
        text = _printed([path]) if path.suffix == ".pdf" else _sheets(path)
        assert words in text, path.name
    rows = pl.read_parquet(out / "rencana.parquet")
    assert rows.filter(pl.col("dana").is_not_null())["keterangan"].str.contains("Terlalu pendek").mean() > 0.5
    assert not rows.filter(pl.col("dana").is_null())["keterangan"].str.contains("Terlalu pendek").any()
    assert words in jangkau("cash", out)
    assert json.loads(jangkau("cash", out, "--json"))["peringatan"] == words
    for command in (("why", out, rows["id_pekerja"][0], "--singkat"), ("lottery", out), ("impact", out)):
        assert words in jangkau(*command)
    jangkau("verify", out)


def _printed(paths: list[Path]) -> str:
    return " ".join(" ".join(page.extract_text() for path in paths for page in PdfReader(path).pages).split())


def _sheets(path: Path) -> str:
    cells = (cell.value for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row)
    return " ".join(str(value) for value in cells if value is not None)


def test_lengths_budgets_and_transfers_are_told_of_a_finished_plan(yogya, finished, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(finished, out)
    run = json.loads((out / "rencana.json").read_text("utf-8"))
    assert json.loads(jangkau("months", out, "--json"))["bulan_orang"] == run["bulan_orang"]
    assert run["saran_bulan"]["alasan"] in jangkau("months", out)
    line = json.loads(jangkau("frontier", yogya, "--out", out, "--json"))["garis_anggaran"]
    after = pl.read_csv(out / "cakupan.csv").filter(segmen="SEMUA", keadaan="sesudah")["pembilang"][0]
    assert (line[20]["poin"], line[20]["pembilang"]) == (run["tujuan"], after)
    assert "rencana ini" in (out / "jelajah" / "garis_anggaran.svg").read_text("utf-8")
    assert pl.read_csv(out / "jelajah" / "garis_anggaran.csv")["poin"].to_list() == [row["poin"] for row in line]
    jangkau("report", yogya, "--out", out)
    assert "Garis anggaran" in _printed([out / "laporan.pdf"])
    giver, taker = run["dana"][0], run["dana"][1]
    said = jangkau("transfer", out, "--dari", giver["kode"], "--ke", taker["kode"], "--jumlah", giver["anggaran"])
    assert "Memindahkan" in said
    jangkau("transfer", out, "--dari", giver["kode"], "--ke", "tidak-ada", "--jumlah", 1, ok=1)
    jangkau("plan", yogya, "--out", out)
    assert content(out) == content(finished)


def test_targets_of_the_workspace_are_met_told_and_checked(yogya, finished, tmp_path):
    ws, out = tmp_path / "ws", tmp_path / "out"
    shutil.copytree(yogya, ws)
    shutil.copytree(finished, out)
    with (ws / "target.csv").open("a", encoding="utf-8") as file:
        file.write(
            "34,perempuan,2027,48,,terpilih,uji\n34,lanjutan,,90,,layak,uji\n34,lansia,,5,,,uji\n3401,orang,,,99999,,uji\n"
        )
    said = " ".join(jangkau("plan", ws, "--out", out).split())
    told = json.loads((out / "rencana.json").read_text("utf-8"))["target"]
    assert [row["indikator"] for row in told] == ["perempuan", "lanjutan", "orang"]
    assert f"{sum(not row['kurang_orang'] for row in told)} dari 3 tercapai" in said
    missed, printed = told[2], _printed([out / "laporan.pdf"])
    assert missed["kurang_orang"] == 99_999 - missed["tercapai_orang"]
    shortfall = f"Kurang {number(missed['kurang_orang'])} orang, sekitar {rupiah(missed['kurang_rupiah'])}."
    assert shortfall in missed["kalimat"]
    assert shortfall in printed
    assert "Target belum tercapai" in said
    people = pl.read_parquet(out / "pekerja.parquet").select("id_pekerja", "jenis_kelamin")
    paid = pl.read_parquet(out / "rencana.parquet").filter(pl.col("dana").is_not_null()).unique("id_pekerja")
    women = paid.join(people, on="id_pekerja").filter(jenis_kelamin="P").height
    assert (told[0]["tercapai_orang"], told[0]["perlu_orang"]) == (women, -(-48 * paid.height // 100))
    assert "Target" in _printed([out / "laporan.pdf"])
    jangkau("verify", out)
    problems = json.loads(jangkau("check", ws, "--json"))["masalah"]
    assert [row["baris"] for row in problems if row["kode"] == "TARGET_TIDAK_DIKENAL"] == [told_line(ws) - 1]


def told_line(ws: Path) -> int:
    return len((ws / "target.csv").read_text("utf-8").splitlines())


def test_no_lists_at_all_still_gives_every_table(yogya, tmp_path):
    ws, out = tmp_path / "ws", tmp_path / "out"
    shutil.copytree(yogya, ws, ignore=lambda folder, names: names if Path(folder).name == "usulan" else [])
    jangkau("run", ws, "--out", out)
    for table in TABLES:
        assert len(pl.read_parquet(out / f"{table.name}.parquet")) == 0
    before_after = pl.read_csv(out / "cakupan.csv")
    assert before_after.filter(pl.col("keadaan") == "sebelum")["pembilang"].sum() > 0
    jangkau("verify", out)


def test_check_lists_the_problems_only(yogya):
    problems = json.loads(jangkau("check", yogya, "--json"))["masalah"]
    assert {"berkas", "lembar", "baris", "kolom", "kode", "tingkat", "pesan", "saran"} == set(problems[0])


def test_link_writes_the_first_tables(yogya, finished, tmp_path):
    jangkau("link", yogya, "--out", tmp_path)
    for name in ("usulan.parquet", "tautan.parquet", "pekerja.parquet", "masalah.csv"):
        assert content(tmp_path)[name] == content(finished)[name]


def test_a_problem_is_said_plainly_with_its_exit_code(tmp_path):
    said = json.loads(jangkau("run", tmp_path, "--out", tmp_path / "out", "--json", ok=1))
    assert said["galat"]["kode"] == "BERKAS_TIDAK_ADA"
    jangkau("run", ok=2)
    jangkau("run", tmp_path, "--out", tmp_path / "out", "--engine", "lain", ok=2)
