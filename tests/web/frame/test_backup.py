"""A copy brings back every row and file; a damaged copy changes nothing."""

import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import TransactionTestCase

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.audit.selectors import verify
from jangkau.apps.jobs.models import Job
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Silent
from jangkau.web.backup import backup, models, restore

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lived(user: Callable[..., User], tmp_path: Path, settings: object) -> Path:
    """A folder and a database in which something has happened; the copy of it."""
    settings.DATA = tmp_path / "data"
    (settings.DATA / "berkas" / "ab").mkdir(parents=True)
    (settings.DATA / "berkas" / "ab" / "abc").write_bytes(b"\x00isi")
    job = Job.objects.create(kind="uji", args={"a": [1, "é"]}, by=user("operator_kab"))
    record("uji", by=user("auditor"), thing=job, after={"nik": "1705010101900001"})
    file = tmp_path / "cadangan.tar.gz"
    backup(file, Silent())
    return file


def everything() -> dict[str, list]:
    return {m._meta.label: list(m._base_manager.order_by("pk").values_list()) for m in models()}


def empty(settings: object, name: str) -> None:
    TransactionTestCase._fixture_teardown(TransactionTestCase())
    settings.DATA = settings.DATA.parent / name


def test_everything_comes_back_and_work_goes_on(lived: Path, settings: object, user: Callable[..., User]) -> None:
    before = everything()
    empty(settings, "baru")
    assert not User.objects.exists()
    restore(lived, Silent())
    assert everything() == before
    assert (settings.DATA / "berkas" / "ab" / "abc").read_bytes() == b"\x00isi"
    record("sesudah", by=user("admin"))
    Job.objects.create(kind="baru")
    assert verify().broken is None


def test_nothing_is_written_over(lived: Path) -> None:
    before = everything()
    with pytest.raises(Problem, match="sudah berisi"):
        restore(lived, Silent())
    assert everything() == before


def _changed(copy: Path, name: str, content: bytes | None) -> Path:
    """The copy with one entry replaced, or the file cut in half."""
    damaged = copy.with_name("rusak.tar.gz")
    if content is None:
        damaged.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
        return damaged
    folder = copy.parent / "isi"
    with tarfile.open(copy) as tar:
        tar.extractall(folder, filter="data")
    (folder / name).write_bytes(content)
    with tarfile.open(damaged, "w:gz") as tar:
        tar.add(folder, ".")
    return damaged


@pytest.mark.parametrize(("name", "content"), [
    ("berkas/ab/abc", b"lain"), ("tabel/jobs.job.jsonl", b'["id"]\n'), ("half", None), ("manifest.json", b"{"),
])  # fmt: skip
def test_a_damaged_copy_changes_nothing(lived: Path, settings: object, name: str, content: bytes | None) -> None:
    damaged = _changed(lived, name, content)
    empty(settings, "baru")
    with pytest.raises(Problem, match="rusak"):
        restore(damaged, Silent())
    assert not User.objects.exists()
    assert not (settings.DATA / "berkas").exists()


def test_a_copy_of_another_version_is_refused(lived: Path, settings: object) -> None:
    with tarfile.open(lived) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    manifest["migrasi"].append("registry.0099_lain")
    changed = _changed(lived, "manifest.json", json.dumps(manifest).encode())
    empty(settings, "baru")
    with pytest.raises(Problem, match="susunan tabel lain"):
        restore(changed, Silent())
