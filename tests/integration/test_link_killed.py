"""`kill -9` while registers are prepared or links written, then the same again: the result of an undisturbed run."""

import hashlib
import shutil
import signal

import pytest

from jangkau.core.synthetic import generate

STORE = ("jangkau.core.linkage.shelf", "write_table")


def content(out):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def clean(process, tmp_path_factory):
    """A workspace without anything prepared, and what linking it comes to."""
    folder = tmp_path_factory.mktemp("killed")
    generate(folder / "ws", "34", 0.0005, 7)
    shutil.copytree(folder / "ws", folder / "copy")
    assert process("link", folder / "copy", "--out", folder / "out") == 0
    return folder / "ws", content(folder / "out")


@pytest.mark.parametrize(
    ("words", "dies"),
    [
        # A table of the population; the residents of a register; a key of the population; the links.
        (("siapkan",), (*STORE, 3)), (("siapkan",), (*STORE, 9)), ((), ("numpy", "save", 3)),
        ((), ("jangkau.core.outputs", "write_parquet", 2)),
    ],
)  # fmt: skip
def test_killed_and_started_again_it_links_alike(clean, process, tmp_path, words, dies):
    source, expected = clean
    shutil.copytree(source, tmp_path / "ws")
    out = () if words else ("--out", tmp_path / "out")
    assert process("link", *words, tmp_path / "ws", *out, dies=dies) == -signal.SIGKILL
    assert not (tmp_path / "out").exists() or content(tmp_path / "out") in ({}, expected)
    assert process("link", tmp_path / "ws", "--out", tmp_path / "out") == 0
    assert content(tmp_path / "out") == expected
    assert not list((tmp_path / "ws" / "register" / ".siap").glob("*sedang*"))
