"""`jangkau link ambang` and `ambang` in jangkau.yaml on a synthetic province."""

import json

import pytest
from click.testing import CliRunner

from jangkau.cli.main import main
from jangkau.core.synthetic import generate


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ws")
    generate(folder / "ws", "34", 0.003, 8, faults=2.0)
    assert ask("link", folder / "ws", "--out", folder / "out").exit_code == 0
    return folder


def ask(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def report(*words):
    result = ask("link", "ambang", *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_more_hours_leave_fewer_expected_errors(province):
    made = report(province / "out", "--jam", 1, "--truth", province / "ws" / "truth")
    harms = [2 * row["salah"]["harapan"] + row["terlewat"]["harapan"] for row in made["pilihan"]]
    assert all(later <= earlier + 0.05 for earlier, later in zip(harms, harms[1:], strict=False))
    assert all(row["jam"] <= row["jam_tersedia"] + 1e-9 for row in made["pilihan"])
    assert made["saran"] in made["pilihan"]
    assert set(made["saran"]["terjadi"]) == {"salah", "terlewat"}


def test_the_advice_can_be_used_as_it_stands(province):
    advice = report(province / "out", "--jam", 0)["saran"]["ambang"]
    settings = province / "ws" / "jangkau.yaml"
    before = settings.read_text("utf-8")
    settings.write_text(before + f"\nambang: {json.dumps(advice)}\n", "utf-8")
    assert ask("link", province / "ws", "--out", province / "tegas").exit_code == 0
    settings.write_text(before, "utf-8")
    used = json.loads((province / "tegas" / "tautan.json").read_text("utf-8"))
    assert used["ambang"] == advice
    assert "tinjau" not in {row["keputusan"] for row in used["pasangan"]}


def test_it_is_shown_in_words(province):
    shown = ask("link", "ambang", province / "out", "--jam", 2)
    assert "tulis di jangkau.yaml" in shown.output


def test_a_folder_without_links_is_refused_in_words(tmp_path):
    result = ask("link", "ambang", tmp_path, "--jam", 1)
    assert result.exit_code == 1
    assert "tautan.parquet" in result.output
