"""Lists read through the site give what the command line reads from the same folder."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.intake.actions.hand_back import workbook
from jangkau.apps.intake.models import FileState, RowProblem
from jangkau.apps.intake.selectors import usulan_frame
from jangkau.apps.regions.actions import load_province
from jangkau.core.engine import polars
from jangkau.core.identity.regions import Regions
from jangkau.core.intake import read_folder, read_returned
from jangkau.core.intake.files import open_bytes
from jangkau.core.synthetic import generate
from jangkau.core.tables.settings import Settings
from tests.web.intake.lists import send

MOST = 80


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some of a province's lists, as messy as the generator makes them, no two the same."""
    generate(tmp_path / "ws", "17", 0.001, 11)
    usulan = tmp_path / "ws" / "usulan"
    seen: set[bytes] = set()
    for path in sorted(path for path in usulan.rglob("*") if path.is_file()):
        if len(seen) == MOST or path.read_bytes() in seen:
            path.unlink()
        else:
            seen.add(path.read_bytes())
    return usulan


def test_the_site_reads_what_the_command_line_reads(folder: Path, user: Callable[..., User], regions: None) -> None:
    load_province("17")
    settings = Settings(provinsi="17", per=timezone.localdate(), mulai="2027-01")
    core = read_folder(folder, Regions.load("17"), settings)
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    by = user("operator_kab", "17")
    sent = send(files, by)
    assert _plain(polars(usulan_frame())) == _plain(polars(core.usulan))
    whole = {(file.name, file.problem["kode"]) for file in sent.files.filter(state=FileState.FAILED)}
    rows = set(RowProblem.objects.values_list("file__name", "kode")) | whole
    assert rows == set(polars(core.masalah).select("berkas", "kode").rows())
    back = read_returned(open_bytes(workbook(list(sent.files.filter(state=FileState.READ)), by=by)))
    assert back is not None
    assert (back.changes, back.added) == ([], [])


def _plain(usulan: pl.DataFrame) -> list[tuple[object, ...]]:
    return sorted(usulan.drop("id_usulan").rows(), key=str)
