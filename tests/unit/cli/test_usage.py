"""Wrong usage is told in Indonesian, by both consoles."""

import argparse

import pytest
from click.testing import CliRunner

from jangkau.cli.main import main
from jangkau.usage import WORDS, counted, in_indonesian, said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run", "--entah"], "Tidak ada pilihan '--entah'"),
        (["run"], "Belum diisi: 'RUANG'"),
        (["entah"], "Tidak ada perintah 'entah'"),
        (["run", "/tidak/ada", "--out", "x"], "tidak ada"),
        (["law", "parameter", "a", "b", "c"], "Kelebihan isian"),
        (["law", "iuran", "--bulan"], "perlu diberi isi"),
        (["law", "iuran", "--bulan", "x"], "Isi salah pada '--bulan'"),
        (["law", "--help"], "Pilihan:"),
    ],
)
def test_click_speaks_indonesian(words: list[str], told: str) -> None:
    output = CliRunner().invoke(main, words).output
    assert told in output
    assert not any(word in output for word in ("Error", "Usage", "Try ", "Missing", "Invalid"))


def test_argparse_speaks_indonesian(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(argparse, "_", argparse._)
    monkeypatch.setattr(argparse, "ngettext", argparse.ngettext)
    in_indonesian(argparse)
    with pytest.raises(SystemExit):
        argparse.ArgumentParser("jangkau-admin").parse_args(["--entah"])
    told = capsys.readouterr().err
    assert "tidak dikenal: --entah" in told
    assert told.startswith("pemakaian: jangkau-admin")


def test_a_word_that_nobody_translated_stays_and_places_stay_the_same() -> None:
    assert (said("entah"), counted("a", "b", 1), counted("a", "b", 2)) == ("entah", "a", "b")
    for english, ours in WORDS.items():
        assert ours.count("{") <= english.count("{"), english
        assert ours.count("%(") == english.count("%("), english
