from pathlib import Path

import pytest

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
