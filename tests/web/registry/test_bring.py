"""A workspace folder comes into the database whole, and only once."""

from pathlib import Path

import pytest

from jangkau.apps.audit.models import Event
from jangkau.apps.registry import selectors
from jangkau.apps.registry.models import Fund, Programme, Snapshot, Target
from jangkau.apps.registry.workspace import bring
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Silent
from jangkau.core.synthetic import generate
from jangkau.core.workspace import open_workspace


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("ruang")
    generate(made, "17", 0.001, 3)
    return made


def test_what_the_core_reads_from_the_folder_it_reads_from_the_database(
    folder: Path, tmp_path: Path, settings: object, db: None
) -> None:
    settings.DATA = tmp_path
    bring(folder, Silent())
    counts = [model.objects.count() for model in (Programme, Snapshot, Fund, Target, Event)]
    bring(folder, Silent())
    assert [model.objects.count() for model in (Programme, Snapshot, Fund, Target, Event)] == counts
    workspace = open_workspace(folder)
    assert selectors.settings() == workspace.settings
    for kind in ("penduduk", "peserta", "kesejahteraan", "angkatan_kerja"):
        assert selectors.register(kind).to_native().equals(getattr(workspace, kind).to_native())
    assert selectors.funds().sort("kode").to_native().equals(workspace.dana.sort("kode").to_native())
    assert len(selectors.targets()) == len(workspace.target)


def test_a_folder_that_is_no_workspace_is_said_to_be_none(tmp_path: Path, db: None) -> None:
    with pytest.raises(Problem, match=r"jangkau\.yaml"):
        bring(tmp_path, Silent())
