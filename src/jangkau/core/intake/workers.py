"""Reads files in another process: a plain child with pipes, so the caller's own program is not started again in it."""

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from jangkau.core.identity.regions import Regions
from jangkau.core.intake.place import Places
from jangkau.core.tables.settings import Settings


class Worker:
    """A child that reads `files` in order; each `next` gives the next one's part, or None once it has failed."""

    def __init__(self, files: list[tuple[str, Path]], regions: Regions, settings: Settings) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-c", "from jangkau.core.intake.workers import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._failed = False
        try:
            pickle.dump((files, regions, settings), self._pipe("stdin"))
            self._pipe("stdin").close()
        except OSError:
            self._failed = True

    def _pipe(self, name: str) -> Any:
        return getattr(self._child, name)

    def next(self) -> Any:
        """The part of the next file."""
        if self._failed:
            return None
        try:
            return pickle.load(self._pipe("stdout"))  # our own child wrote it
        except (EOFError, OSError, pickle.UnpicklingError):
            self._failed = True
            return None

    def close(self) -> None:
        """End the child, whatever it is doing."""
        self._pipe("stdout").close()
        self._child.kill()
        self._child.wait()


def main() -> None:
    """The child: read what stands on standard input, answer on standard output."""
    from jangkau.core.intake.read import read_file  # the other module needs Worker

    files, regions, settings = pickle.load(sys.stdin.buffer)  # our own parent wrote it
    places = Places(regions)
    for berkas, path in files:
        pickle.dump(read_file(berkas, path, places, settings), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()
