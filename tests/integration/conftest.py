import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from jangkau.cli.main import main
from jangkau.core.synthetic import generate

SCALE = 0.0015
# The process dies the moment it is about to do this for the COUNT-th time.
DYING = """
import os, signal, sys
from pkgutil import resolve_name
place, name, count, *words = sys.argv[1:]
owner, left = resolve_name(place), [int(count)]
real = getattr(owner, name)
def dies(*given, **named):
    left[0] -= 1
    if not left[0]:
        os.killpg(0, signal.SIGKILL)
    return real(*given, **named)
setattr(owner, name, dies)
from jangkau.cli.main import main
main(words)
"""
NEVER = ("os", "getpid", 10**9)


def dying(*words: object, dies: tuple[str, str, int] = NEVER) -> int:
    """How a process of its own ends that works at a command and is killed, with its children, on the way."""
    command = [sys.executable, "-W", "error", "-c", DYING, *map(str, dies), *map(str, words)]
    return subprocess.run(command, check=False, capture_output=True, start_new_session=True).returncode


@pytest.fixture(scope="session")
def process():
    """`dying`: another process than the tests', which may be told when to die."""
    return dying


@pytest.fixture(scope="session")
def yogya(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("ws")
    generate(folder, "34", SCALE, 6)
    return folder


@pytest.fixture(scope="session")
def finished(yogya, tmp_path_factory) -> Path:
    """What `jangkau run` made of `yogya`, in a process of its own."""
    out = tmp_path_factory.mktemp("out")
    assert dying("run", yogya, "--out", out) == 0
    return out


@pytest.fixture(scope="session")
def matched(tmp_path_factory) -> Path:
    """A folder with a workspace `ws` of twice the usual errors, and `out`, what `jangkau link` made of it."""
    folder = tmp_path_factory.mktemp("matched")
    generate(folder / "ws", "34", SCALE, 7, faults=2.0)
    assert CliRunner().invoke(main, ["link", str(folder / "ws"), "--out", str(folder / "out")]).exit_code == 0
    return folder
