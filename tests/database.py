"""The database of a worker: migrated once, then copied for as long as nothing changes that migrations are made from."""

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "build" / "uji"
_MADE_FROM = (
    ROOT / "requirements" / "test.txt", ROOT / "src" / "jangkau" / "settings.py",
    *sorted((ROOT / "src" / "jangkau" / "apps").rglob("*.py")),
)  # fmt: skip


@contextmanager
def migrated() -> Iterator[None]:
    """While it lasts, the database is this worker's own, empty and in its newest form."""
    usual, own = connection.settings_dict["NAME"], str(connection.creation._get_test_db_name())
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"kunci-{connection.vendor}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the first migrates, the others wait for it
        digest = hashlib.sha256(b"".join(path.read_bytes() for path in _MADE_FROM)).hexdigest()[:16]
        {"sqlite": _file, "postgresql": _database}[connection.vendor](digest, own)
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = own
    yield
    connection.creation.destroy_test_db(usual, verbosity=0)


def _file(digest: str, own: str) -> None:
    kept = KEPT / f"{digest}.sqlite3"
    for left in ("", "-wal", "-shm"):  # by a run that was killed in the same folder
        Path(own + left).unlink(missing_ok=True)
    if kept.exists():
        shutil.copyfile(kept, own)
        return
    _migrate()
    for old in KEPT.glob("*.sqlite3"):
        old.unlink()
    shutil.copyfile(own, kept.with_suffix(".sedang"))
    kept.with_suffix(".sedang").rename(kept)


def _database(digest: str, own: str) -> None:
    """The one that is kept lives as long as its server, which `tests/postgres.py` starts anew each time."""
    kept = f"uji_{digest}"
    name, template = connection.ops.quote_name(own), connection.ops.quote_name(kept)
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [kept])
        if cursor.fetchone() is None:
            _migrate()
            cursor.execute(f"CREATE DATABASE {template} TEMPLATE {name}")
        else:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def _migrate() -> None:
    setup_databases(verbosity=0, interactive=False)
    connection.close()  # a database that is in use is not copied whole
