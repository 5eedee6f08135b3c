"""Files appear whole or not at all, also when the power goes.

Everything is first written into a hidden folder inside OUT and then renamed into place, one file at a time, the
run's own record last. Whatever a killed run left behind is swept by the next one.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

STAGING = ".jangkau-sedang"
MANIFEST = ".jangkau-berkas.json"
LAST = "rencana.json"


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A folder to write into; when the block ends without error its files replace those of OUT.

    What an earlier run published under the same top-level names, and this one did not write, is removed; an empty
    folder here empties that folder there. Files of others are never touched.
    """
    folder = out / STAGING
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    yield folder
    _publish(folder, out)
    shutil.rmtree(folder)


def _publish(folder: Path, out: Path) -> None:
    new = _files(folder)
    old = _read_manifest(out)
    owned = {path.name for path in folder.iterdir()}
    stale = {name for name in old if name.split("/")[0] in owned} - set(new)
    _write_manifest(out, sorted({*old, *new}))
    for name in sorted(new, key=lambda name: (name == LAST, name)):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).replace(out / name)
    for name in sorted(stale):
        (out / name).unlink(missing_ok=True)
    _write_manifest(out, sorted({*old, *new} - stale))


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _read_manifest(out: Path) -> list[str]:
    path = out / MANIFEST
    return list(json.loads(path.read_text("utf-8"))) if path.exists() else []


def _write_manifest(out: Path, names: Iterable[str]) -> None:
    draft = out / f"{MANIFEST}.sedang"
    draft.write_text(json.dumps(list(names), indent=0), "utf-8")
    with draft.open("rb") as handle:
        os.fsync(handle.fileno())
    draft.replace(out / MANIFEST)
