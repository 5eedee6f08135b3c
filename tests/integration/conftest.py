from pathlib import Path

import pytest
from click.testing import CliRunner

from jangkau.cli.main import main
from jangkau.core.synthetic import generate

SCALE = 0.004


@pytest.fixture(scope="session", params=["17", "62", "31"])
def province(request, tmp_path_factory) -> Path:
    """A small workspace; three provinces, so nothing is tied to one."""
    folder = tmp_path_factory.mktemp(f"ws{request.param}")
    generate(folder, request.param, SCALE, 5)
    return folder


@pytest.fixture(scope="session")
def bengkulu(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("ws")
    generate(folder, "17", SCALE, 6)
    return folder


@pytest.fixture(scope="session")
def matched(tmp_path_factory) -> Path:
    """A folder with a workspace `ws` of twice the usual errors, and `out`, what `jangkau link` made of it."""
    folder = tmp_path_factory.mktemp("matched")
    generate(folder / "ws", "34", SCALE, 7, faults=2.0)
    assert CliRunner().invoke(main, ["link", str(folder / "ws"), "--out", str(folder / "out")]).exit_code == 0
    return folder
