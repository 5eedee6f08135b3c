"""A folder of its own for what is kept, and a list that was read."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from jangkau.apps.accounts.models import User
from jangkau.apps.intake.models import ListFile
from tests.web.intake.lists import ANI, BUDI, CICI, send, xlsx


@pytest.fixture(autouse=True)
def data(tmp_path: Path, regions: None) -> Iterator[Path]:
    """A folder of its own for what is kept."""
    before, settings.DATA = settings.DATA, tmp_path
    yield tmp_path
    settings.DATA = before


@pytest.fixture
def niur(user: Callable[..., User]) -> ListFile:
    """A read list of desa Niur with two problems, both in Budi's row: NIK and birth date."""
    return send({"niur.xlsx": xlsx(ANI, BUDI, CICI)}, user("operator_desa")).files.get()
