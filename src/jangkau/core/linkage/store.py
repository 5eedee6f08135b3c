"""Prepared registers kept beside their snapshot: made once, opened in milliseconds, gone with the snapshot.

`register/.siap/<table>-<key>/`; the key is of the register's bytes, of the code and rules that prepare, and of the
population behind another register. A folder appears whole (made under another name, then renamed) while a lock is held,
so that a killed run leaves nothing that is taken for whole and two runs do not make the same twice. Where nothing can
be written, everything stays in the memory of the run.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

import polars as pl
import pyarrow as pa

from jangkau.core.identity.dictionary import version as names_version
from jangkau.core.linkage.keys import PROBE

FOLDER = ".siap"
_MAKING = ".sedang"
_CONTENT = "isi.json"
_MADE_BY = (
    "linkage/normalise.py", "linkage/prepare.py", "linkage/keys.py", "linkage/blocks.py", "linkage/shelf.py",
    "linkage/store.py", "linkage/integers.py", "linkage/household.py", "register_files.py", "tables/registers.py",
)  # fmt: skip


@cache
def version() -> str:
    """Names the code, the rules and the hash function that prepare; another version prepares anew."""
    room = files("jangkau.core")
    code = b"\0".join(room.joinpath(name).read_bytes() for name in _MADE_BY)
    return key(code, names_version(), pl.__version__, PROBE.hash().to_list())


def key(*parts: object) -> str:
    """A short name of everything that decides a content."""
    total = blake2b(digest_size=10)
    for part in parts:
        total.update(part if isinstance(part, bytes) else repr(part).encode())
        total.update(b"\0")
    return total.hexdigest()


class Store:
    """The folder of one workspace's prepared registers."""

    def __init__(self, registers: Path) -> None:
        self._folder = registers / FOLDER

    def find(self, table: str, name: str) -> Path | None:
        """The folder of a content, where it is whole."""
        folder = self._folder / f"{table}-{name}"
        return folder if whole(folder) else None

    def earlier(self, table: str) -> list[Path]:
        """Other contents of the table, the newest last."""
        found = [folder for folder in self._folder.glob(f"{table}-*") if whole(folder)]
        return sorted(found, key=lambda folder: folder.stat().st_mtime)

    def make(self, table: str, name: str, write: Callable[[Path], None]) -> Path | None:
        """The folder of a content, written by `write` where it is not there yet; None where nothing can be written.

        Contents of the same table under other names belong to snapshots that were replaced: they are removed.
        """
        try:
            with self._locked():
                if not (ready := self.find(table, name)):
                    ready = self._published(table, name, write)
                for old in self._folder.glob(f"{table}-*"):
                    if old != ready:
                        shutil.rmtree(old, ignore_errors=True)
                return ready
        except OSError:
            return None

    def _published(self, table: str, name: str, write: Callable[[Path], None]) -> Path:
        draft, final = self._folder / _MAKING, self._folder / f"{table}-{name}"
        for leftover in (draft, final):
            shutil.rmtree(leftover, ignore_errors=True)
        draft.mkdir()
        write(draft)
        sizes = {path.name: path.stat().st_size for path in draft.iterdir()}
        (draft / _CONTENT).write_text(json.dumps(sizes), "utf-8")
        draft.rename(final)
        return final

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._folder.mkdir(exist_ok=True)
        with (self._folder / ".kunci").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield


def whole(folder: Path) -> bool:
    """Whether every file is there as it was written."""
    try:
        sizes = json.loads((folder / _CONTENT).read_text("utf-8"))
        return all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError):
        return False


def write_table(table: pl.DataFrame, path: Path) -> None:
    """A table as one uncompressed batch, to be read in place; the file appears whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    table.rechunk().write_ipc(draft, record_batch_size=max(len(table), 1))
    draft.replace(path)


def read_table(path: Path) -> pl.DataFrame:
    """A table of `write_table`; columns are read from disk as they are used."""
    return pl.DataFrame(pl.from_arrow(pa.ipc.open_file(pa.memory_map(str(path))).read_all()))
