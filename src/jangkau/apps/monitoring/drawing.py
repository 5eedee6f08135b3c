"""Charts drawn from their specification, each once: kept on disk by the sum of the specification.

The renderer hangs in a forked process, which a server's worker is; so a child of its own draws, started when it is
first needed and ended with the process that asked.
"""

import atexit
import hashlib
import json
import secrets
import subprocess
import sys
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings as site

from jangkau.core.reporting.charts import Spec

_COMMAND = "from jangkau.core.reporting.monev_drawer import main; main()"


def drawn(spec: Spec, kind: str = "svg") -> Path:
    """The picture of a chart as a file, `svg` or `png`; the same specification is drawn once."""
    path = where(spec, kind)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{secrets.token_hex(8)}")
        draft.write_bytes(_drawer().draw(spec, kind))
        draft.replace(path)
    return path


def where(spec: Spec, kind: str = "svg") -> Path:
    """Where the picture is, or will be."""
    digest = hashlib.sha256(json.dumps(spec, sort_keys=True, default=str).encode()).hexdigest()
    return Path(site.DATA) / "gambar" / digest[:2] / f"{digest}.{kind}"


class _Drawer:
    """One child that draws, one chart after another; where it has died it is started again."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def draw(self, spec: Spec, kind: str) -> bytes:
        with self._lock:
            try:
                return self._asked(spec, kind)
            except (OSError, ValueError):
                self.close()
                return self._asked(spec, kind)

    def _asked(self, spec: Spec, kind: str) -> bytes:
        child: Any = self._running()
        child.stdin.write(json.dumps([kind, spec], default=str).encode() + b"\n")
        child.stdin.flush()
        size = int(child.stdout.readline())  # ValueError where the child is gone
        return bytes(child.stdout.read(size))

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._child is None or self._child.poll() is not None:
            command = [sys.executable, "-c", _COMMAND]
            self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self._child


@cache
def _drawer() -> _Drawer:
    drawer = _Drawer()
    atexit.register(drawer.close)
    return drawer
