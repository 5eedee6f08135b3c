"""The whole suite on SQLite and, beside it, what touches the database again on a PostgreSQL: each waits now and then
for disks, browsers and processes, and then the other works. What the second says is told when both have ended."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_PYTEST = (sys.executable, "-m", "pytest", "-q", "-n")
_ON_POSTGRESQL = (sys.executable, str(Path(__file__).with_name("postgres.py")), *_PYTEST, "2", "tests/web")


def main() -> int:
    """Run both; nought where both are well."""
    with tempfile.TemporaryFile() as told:
        beside = subprocess.Popen(_ON_POSTGRESQL, stdout=told, stderr=subprocess.STDOUT)
        try:
            here = subprocess.run((*_PYTEST, "3"), check=False).returncode
        finally:
            there = beside.wait()
        print("\nOn PostgreSQL:", flush=True)
        told.seek(0)
        shutil.copyfileobj(told, sys.stdout.buffer)
    return here or there


if __name__ == "__main__":
    sys.exit(main())
