"""The hash of a register file, taken anew only where the file may have changed since.

Kept beside what is prepared: size and times of each register, and its hash. Times that are not well before those of
the record itself are not believed, since within one tick of the file system a file can change and look the same.
"""

import json
import os
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path

FILE = "sidik.json"
TICK = 2_000_000_000  # nanoseconds; the coarsest file systems count in two seconds
State = list[int]


def prints(files: dict[str, Path], folder: Path) -> dict[str, str]:
    """sha256 of each file; `folder`: where the hashes are kept, if it can be written."""
    states = {path.name: _state(path) for path in files.values()}
    known = {name: sha for name, (state, sha) in _kept(folder / FILE).items() if state == states.get(name)}
    found = {path.name: known.get(path.name) or digest(path) for path in files.values()}
    if found != known:
        with suppress(OSError):  # what cannot be kept is hashed again
            _keep({name: (states[name], sha) for name, sha in found.items()}, folder / FILE)
    return {table: found[path.name] for table, path in files.items()}


def digest(path: Path) -> str:
    """sha256 of a file."""
    with path.open("rb") as handle:
        return file_digest(handle, "sha256").hexdigest()


def _state(path: Path) -> State:
    """What changes when a file is written or replaced."""
    told = path.stat()
    return [told.st_size, told.st_mtime_ns, told.st_ctime_ns]


def _kept(record: Path) -> dict[str, tuple[State, str]]:
    """States and hashes that can be believed."""
    try:
        written = record.stat().st_mtime_ns - TICK
        entries = json.loads(record.read_text("utf-8")).items()
        return {name: (state, sha) for name, (state, sha) in entries if max(state[1:]) < written}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _keep(entries: dict[str, tuple[State, str]], record: Path) -> None:
    """Write the record; it appears whole or not at all."""
    record.parent.mkdir(exist_ok=True)
    draft = record.with_name(f".{record.name}.{os.getpid()}")
    draft.write_text(json.dumps(entries), "utf-8")
    draft.replace(record)
