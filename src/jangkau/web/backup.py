"""Everything kept, in one file: rows as JSON lines a table, files as they are, and a manifest with their sums.

Rows are written as values, not as one database's own format: a copy made on SQLite can be restored on PostgreSQL.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model

from jangkau import __version__
from jangkau.apps.enrolment.holding import let_go
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Progress

FOLDERS = ("berkas", "register", "rencana")
MANIFEST = "manifest.json"
# What Django makes anew by itself, and what is only of the moment.
LEFT_OUT = frozenset({"contenttypes", "sessions", "axes", "django_tasks_db", "auth.permission"})
AT_ONCE = 2_000


class _Exact(DjangoJSONEncoder):
    """Django's encoder, but a time keeps its microseconds: the audit chain covers them."""

    def default(self, o: Any) -> Any:
        """Times in full, the rest as Django does."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def models() -> list[type[Model]]:
    """The tables that are kept, those between two others too."""
    found = apps.get_models(include_auto_created=True)
    return [m for m in found if m._meta.managed and not {m._meta.app_label, m._meta.label_lower} & LEFT_OUT]


def backup(file: Path, progress: Progress) -> dict[str, int]:
    """Write everything to `file` (.tar.gz), as of one moment; returns rows by table.

    The file appears when it is whole.
    """
    draft = file.with_name(file.name + ".sementara")
    counts: dict[str, int] = {}
    with TemporaryDirectory(dir=file.parent) as folder, tarfile.open(draft, "w:gz", compresslevel=3) as tar:
        with _one_moment():
            for model in models():
                progress.step(f"Menyalin {model._meta.verbose_name}")
                path = Path(folder) / "rows"
                counts[model._meta.label_lower] = _write(model, path)
                tar.add(path, f"tabel/{model._meta.label_lower}.jsonl")
        progress.step("Menyalin berkas")
        sums = {name: _add(tar, path, name) for name, path in _files()}
        _add_text(tar, MANIFEST, {"versi": __version__, "migrasi": _migrations(), "baris": counts, "sha256": sums})
    draft.rename(file)
    return counts


@contextmanager
def _one_moment() -> Iterator[None]:
    """Every read inside sees the database as it was at the start."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _write(model: type[Model], path: Path) -> int:
    names = [field.attname for field in model._meta.concrete_fields]
    count = 0
    with path.open("w", encoding="utf-8") as handle:
        handle.write(json.dumps(names) + "\n")
        for row in model._base_manager.order_by("pk").values_list(*names).iterator(AT_ONCE):
            handle.write(json.dumps(row, cls=_Exact, ensure_ascii=False) + "\n")
            count += 1
    return count


def _files() -> Iterator[tuple[str, Path]]:
    root = Path(settings.DATA)
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            relative = path.relative_to(root)
            if path.is_file() and not any(part.startswith(".") for part in relative.parts):
                yield relative.as_posix(), path


def _add(tar: tarfile.TarFile, path: Path, name: str) -> str:
    tar.add(path, name)
    return _sum(path)


def _sum(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _add_text(tar: tarfile.TarFile, name: str, value: object) -> None:
    content = json.dumps(value, ensure_ascii=False).encode()
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))


def _migrations() -> list[str]:
    kept = {model._meta.app_label for model in models()}
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app in kept)


def restore(file: Path, progress: Progress) -> dict[str, int]:
    """Bring everything of `file` into an empty, migrated database and an empty folder; all of it or nothing.

    Returns rows by table. Raises CADANGAN_RUSAK, CADANGAN_LAIN_VERSI, CADANGAN_TIDAK_KOSONG.
    """
    with TemporaryDirectory(dir=_data()) as folder:
        manifest = _unpack(file, Path(folder), progress)
        if manifest["migrasi"] != _migrations():
            raise Problem("CADANGAN_LAIN_VERSI", versi=manifest["versi"], sekarang=__version__)
        if any(model._base_manager.exists() for model in models()) or any((_data() / f).exists() for f in FOLDERS):
            raise Problem("CADANGAN_TIDAK_KOSONG")
        with transaction.atomic(), let_go(connection):
            counts = {m._meta.label_lower: _read(m, Path(folder), progress) for m in models()}
            _sequences()
            if counts != manifest["baris"]:
                raise Problem("CADANGAN_RUSAK", sebab="banyaknya baris tidak sama")
            for name in FOLDERS:
                if (Path(folder) / name).is_dir():
                    (Path(folder) / name).rename(_data() / name)
    return counts


def _data() -> Path:
    folder = Path(settings.DATA)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _unpack(file: Path, folder: Path, progress: Progress) -> dict[str, Any]:
    progress.step("Memeriksa cadangan")
    try:
        with tarfile.open(file) as tar:
            tar.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise Problem("CADANGAN_RUSAK", sebab=type(error).__name__) from None
    for name, digest in manifest["sha256"].items():
        path = folder / name
        if not path.is_file() or _sum(path) != digest:
            raise Problem("CADANGAN_RUSAK", sebab=f"berkas {name}")
    return manifest


def _read(model: type[Model], folder: Path, progress: Progress) -> int:
    progress.step(f"Mengembalikan {model._meta.verbose_name}")
    path, count = folder / "tabel" / f"{model._meta.label_lower}.jsonl", 0
    with path.open(encoding="utf-8") as handle, _times_as_given(model):
        fields = [_field(model, name) for name in json.loads(next(handle))]
        while lines := list(islice(handle, AT_ONCE)):
            rows = [_row(model, fields, json.loads(line)) for line in lines]
            model._base_manager.bulk_create(rows)
            count += len(rows)
    return count


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _row(model: type[Model], fields: "list[Field[Any, Any]]", values: list[Any]) -> Model:
    given = {f.attname: v if v is None else f.to_python(v) for f, v in zip(fields, values, strict=True)}
    return model(**given)


@contextmanager
def _times_as_given(model: type[Model]) -> Iterator[None]:
    """Fields that fill themselves with the present time keep what the copy says."""
    own = [field for field in model._meta.concrete_fields if getattr(field, "auto_now_add", False)]
    for field in own:
        field.auto_now_add = False  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for field in own:
            field.auto_now_add = True  # type: ignore[attr-defined]


def _sequences() -> None:
    """Numbers given by the database go on after the highest that came back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models()):
            cursor.execute(statement)
