"""`kill -9` while registers are prepared or links written, then the same again: the result of an undisturbed run."""

import hashlib
import shutil
import signal
import subprocess
import sys

import pytest

from jangkau.core.synthetic import generate

# The process dies the moment it is about to do this for the COUNT-th time.
SCRIPT = """
import os, signal, sys
from importlib import import_module
place, name, count, *words = sys.argv[1:]
module, left = import_module(place), [int(count)]
real = getattr(module, name)
def dies(*given, **named):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*given, **named)
setattr(module, name, dies)
from jangkau.cli.main import main
main(words)
"""
STORE = ("jangkau.core.linkage.shelf", "write_table")
NEVER = ("os", "getpid", 10**9)


def jangkau(*words, dies=NEVER):
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, dies), *map(str, words)], check=False, capture_output=True
    ).returncode


def content(out):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """A workspace without anything prepared, and what linking it comes to."""
    folder = tmp_path_factory.mktemp("killed")
    generate(folder / "ws", "34", 0.002, 7)
    shutil.copytree(folder / "ws", folder / "copy")
    assert jangkau("link", folder / "copy", "--out", folder / "out") == 0
    return folder / "ws", content(folder / "out")


@pytest.mark.parametrize(
    ("words", "dies"),
    [
        # A table of the population; the residents of a register; a key of the population; the links.
        (("siapkan",), (*STORE, 3)), (("siapkan",), (*STORE, 9)), ((), ("numpy", "save", 3)),
        ((), ("jangkau.core.outputs", "write_parquet", 2)),
    ],
)  # fmt: skip
def test_killed_and_started_again_it_links_alike(clean, tmp_path, words, dies):
    source, expected = clean
    shutil.copytree(source, tmp_path / "ws")
    out = () if words else ("--out", tmp_path / "out")
    assert jangkau("link", *words, tmp_path / "ws", *out, dies=dies) == -signal.SIGKILL
    assert not (tmp_path / "out").exists() or content(tmp_path / "out") in ({}, expected)
    assert jangkau("link", tmp_path / "ws", "--out", tmp_path / "out") == 0
    assert content(tmp_path / "out") == expected
    assert not list((tmp_path / "ws" / "register" / ".siap").glob("*sedang*"))
