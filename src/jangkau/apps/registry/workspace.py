"""A workspace folder, as the command line reads it, brought into the database."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile

from jangkau.apps.accounts.models import User
from jangkau.apps.registry.actions import read_snapshot, receive, save, set_programme
from jangkau.apps.registry.models import Fund, Kind, Snapshot, Target
from jangkau.core.kernel.progress import Progress
from jangkau.core.tables.schema import Frame
from jangkau.core.workspace import open_workspace, register_files

SOURCE = "ruang kerja"


def bring(folder: Path, progress: Progress, *, by: User | None = None, source: str = SOURCE) -> dict[str, int]:
    """Settings, registers, funds and targets of a workspace; again, it changes only what differs.

    Returns how many of each there are. Raises the problems of `open_workspace`.
    """
    workspace = open_workspace(folder)
    set_programme(workspace.settings, by=by, note=source)
    for kind, path in _files(folder).items():
        read_snapshot(_received(path, kind, workspace.settings.per, source, by), progress)
    return {
        "register": len(_files(folder)),
        "dana": _rows(workspace.dana, Fund, ("kode",), by),
        "target": _rows(workspace.target, Target, ("wilayah", "indikator", "tahun", "nama_penyebut"), by),
    }


def _files(folder: Path) -> dict[str, Path]:
    workforce = folder / "register" / f"{Kind.ANGKATAN_KERJA}.csv"
    return register_files(folder) | ({str(Kind.ANGKATAN_KERJA): workforce} if workforce.is_file() else {})


def _received(path: Path, kind: str, day: date, source: str, by: User | None) -> Snapshot:
    with path.open("rb") as handle:
        upload: UploadedFile[Any] = UploadedFile(File(handle), name=path.name, size=path.stat().st_size)
        return receive(upload, kind, day, source, by=by)


def _rows(rows: Frame, model: "type[Fund] | type[Target]", key: tuple[str, ...], by: User | None) -> int:
    fields = {field.name for field in model._meta.fields}
    for row in rows.rows(named=True):
        values = {name: _value(model, name, value) for name, value in row.items() if name in fields}
        known = model._default_manager.filter(**{name: values[name] for name in key}).first() or model()
        if any(getattr(known, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(known, name, value)
            save(known, by=by)
    return len(rows)


def _value(model: "type[Fund] | type[Target]", name: str, value: Any) -> Any:
    """Text columns hold no null."""
    return "" if value is None and not model._meta.get_field(name).null else value
