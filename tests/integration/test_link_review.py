"""From the sheet for clerks to decisions that hold in the next run, and to a model that learned from them."""

import json

import polars as pl
import pytest
from click.testing import CliRunner

from jangkau.cli.main import main
from jangkau.core.linkage.model_file import read_model
from jangkau.core.synthetic import generate


def ask(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def done(*words):
    result = ask(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """A province whose thresholds leave much to review."""
    folder = tmp_path_factory.mktemp("ws")
    generate(folder / "ws", "34", 0.004, 8, faults=3.0)
    settings = folder / "ws" / "jangkau.yaml"
    settings.write_text(settings.read_text("utf-8") + "\nambang: {cocok: 0.9995, tinjau: 0.001}\n", "utf-8")
    done("link", folder / "ws", "--out", folder / "out")
    return folder


@pytest.fixture(scope="module")
def sheet(province):
    done("link", "tinjau", province / "out", "--ruang", province / "ws", "--ke", province / "lembar.csv")
    return pl.read_csv(province / "lembar.csv", infer_schema=False)


def test_the_sheet_shows_both_sides_of_every_pair_in_review(province, sheet):
    tautan = pl.read_parquet(province / "out" / "tautan.parquet").filter(keputusan="tinjau")
    assert len(sheet) == len(tautan) > 20
    assert sheet["register_nama"].null_count() == 0
    assert sheet["keputusan"].null_count() == len(sheet)


def test_what_is_most_doubtful_comes_first(sheet):
    chances = sheet["peluang"].cast(pl.Float64)
    doubt = pl.select(pl.min_horizontal(chances, 2 * (1 - chances))).to_series()
    assert doubt.head(10).mean() > doubt.tail(10).mean()


def test_decisions_put_back_hold_in_the_next_run(province, sheet):
    truth = pl.read_parquet(province / "ws" / "truth" / "usulan.parquet").select("id_usulan", "nik")
    people = sheet.filter(register="penduduk").join(truth, "id_usulan")
    filled = people.with_columns(
        keputusan=pl.when(pl.col("nik").eq_missing(pl.col("id_register")))
        .then(pl.lit("Cocok"))
        .otherwise(pl.lit("tidak"))
    )
    filled.select(sheet.columns).write_csv(province / "ws" / "tinjauan.csv", separator=";")
    done("link", province / "ws", "--out", province / "lagi")
    (province / "ws" / "tinjauan.csv").unlink()
    tautan = pl.read_parquet(province / "lagi" / "tautan.parquet").filter(register="penduduk")
    both = filled.join(tautan, on=["id_usulan", "id_register"], suffix="_baru")
    assert len(both) == len(filled)
    assert set(both["cara"]) == {"petugas"}
    assert (both["keputusan_baru"] == both["keputusan"].str.to_lowercase()).all()
    assert "KEPUTUSAN" not in "".join(pl.read_csv(province / "lagi" / "masalah.csv")["kode"])


def test_excel_keeps_numbers_whole(province):
    done("link", "tinjau", province / "out", "--ruang", province / "ws", "--ke", province / "l.xlsx", "--jam", 0.1)
    rows = pl.read_excel(province / "l.xlsx", infer_schema_length=0)
    assert len(rows) == 6
    assert rows.filter(register="penduduk")["id_register"].str.contains(r"^\d{16}$").all()


def test_a_sheet_is_never_written_over(province, sheet):
    result = ask("link", "tinjau", province / "out", "--ruang", province / "ws", "--ke", province / "lembar.csv")
    assert result.exit_code == 1
    assert "sudah ada" in result.output


def test_few_decisions_teach_nothing(province, sheet):
    sheet.head(30).with_columns(keputusan=pl.lit("cocok")).write_csv(province / "sedikit.csv")
    target = province / "model.json"
    result = ask("link", "belajar", province / "out", "--keputusan", province / "sedikit.csv", "--ke", target)
    assert result.exit_code == 1
    assert "perlu 100" in result.output
    assert not target.exists()


def test_a_learned_model_is_used_and_named(province, tmp_path):
    """Enough decisions, made from pairs whose stated chance is wrong."""
    count = 400
    wide = pl.DataFrame({"id_usulan": [f"x#{at}" for at in range(count)], "register": "penduduk",
                         "id_register": [f"{at:016}" for at in range(count)]})  # fmt: skip
    stated = pl.Series("peluang", [0.05 + 0.9 * at / count for at in range(count)])
    right = pl.Series([at % 10 != 0 for at in range(count)])
    decided = wide.with_columns(stated, keputusan=pl.when(right).then(pl.lit("cocok")).otherwise(pl.lit("tidak")))
    decided.write_csv(tmp_path / "k.csv")
    target = province / "ws" / "model_tautan.json"
    made = done("link", "belajar", province / "out", "--keputusan", tmp_path / "k.csv", "--ke", target)
    assert made["register"]["penduduk"]["dipelajari"]
    assert read_model(target).version == made["versi"]
    done("link", province / "ws", "--out", tmp_path / "out")
    target.rename(tmp_path / "model.json")
    done("link", province / "ws", "--out", tmp_path / "lain", "--model", tmp_path / "model.json")
    for out in ("out", "lain"):
        assert json.loads((tmp_path / out / "tautan.json").read_text("utf-8"))["versi_model"] == made["versi"]


def test_a_run_of_another_model_is_refused(province, tmp_path):
    other = read_model(None).version
    (tmp_path / "m.json").write_text("{}", "utf-8")
    (tmp_path / "k.csv").write_text("id_usulan,register,id_register,keputusan\n", "utf-8")
    out = tmp_path / "out"
    out.mkdir()
    pl.read_parquet(province / "out" / "tautan.parquet").write_parquet(out / "tautan.parquet")
    record = json.loads((province / "out" / "tautan.json").read_text("utf-8"))
    (out / "tautan.json").write_text(json.dumps(record | {"versi_model": "lama"}), "utf-8")
    result = ask("link", "belajar", out, "--keputusan", tmp_path / "k.csv", "--ke", tmp_path / "baru.json")
    assert result.exit_code == 1
    assert "model lama" in result.output
    assert other in result.output
