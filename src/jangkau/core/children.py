"""Work in another process: a plain child with pipes, so that the caller's own program is not started again in it.

A fork would copy the locks of the engines that run here, and a spawned pool imports the caller's main module, which a
short script without a guard does not survive.
"""

import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any


class ChildDied(Exception):
    """The child ended before it answered: killed, out of memory, or by a fault of ours that it printed."""


class Child:
    """A child that answers `items` in order with `make(shared)(item)`, where `make` is named `module:function`."""

    def __init__(self, make: str, shared: object, items: Sequence[object]) -> None:
        command = [sys.executable, "-c", "from jangkau.core.children import main; main()"]
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            pickle.dump((make, shared, list(items)), self._pipe("stdin"))
            self._pipe("stdin").close()
        except OSError:
            self._child.kill()  # `next` says so

    def _pipe(self, name: str) -> Any:
        return getattr(self._child, name)

    def next(self) -> Any:
        """The answer to the next item. Raises ChildDied."""
        try:
            return pickle.load(self._pipe("stdout"))  # our own child wrote it
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise ChildDied from error

    def close(self) -> None:
        """End the child, whatever it is doing."""
        self._pipe("stdout").close()
        self._child.kill()
        self._child.wait()


def main() -> None:
    """The child: read what stands on standard input, answer on standard output."""
    make, shared, items = pickle.load(sys.stdin.buffer)  # our own parent wrote it
    module, name = make.split(":")
    factory: Callable[[object], Callable[[object], object]] = getattr(import_module(module), name)
    work = factory(shared)
    for item in items:
        pickle.dump(work(item), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()
