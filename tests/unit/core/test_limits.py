"""`ambang` in jangkau.yaml: named, in order, or refused in words."""

import pytest

from jangkau.core.kernel.problems import Problem
from jangkau.core.linkage.model import load, with_limits
from jangkau.core.workspace import read_settings

BASE = "provinsi: '17'\nper: 2026-11-22\nmulai: 2026-12\n"


def settings(tmp_path, text):
    (tmp_path / "jangkau.yaml").write_text(BASE + text, "utf-8")
    return read_settings(tmp_path / "jangkau.yaml")


def test_without_them_the_model_decides(tmp_path):
    assert with_limits(load(), settings(tmp_path, "")) is load()
    assert with_limits(load(), None) is load()


def test_the_programme_may_choose_its_own(tmp_path):
    limits = with_limits(load(), settings(tmp_path, "ambang: {cocok: 0.9, tinjau: 0.2}\n")).thresholds
    assert (limits.cocok, limits.tinjau) == (0.9, 0.2)


@pytest.mark.parametrize(
    "given", ["{cocok: 0.4, tinjau: 0.2}", "{cocok: 0.9, tinjau: 0.95}", "{cocok: 0.9}", "{cocok: 1, tinjau: 0.1}"]
)
def test_limits_that_make_no_sense_are_named(tmp_path, given):
    with pytest.raises(Problem, match="ambang"):
        settings(tmp_path, f"ambang: {given}\n")
