"""The bytes of what was sent, on disk under their sha256: written whole or not at all, and never again changed."""

import errno
import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from jangkau.core.kernel.problems import Problem

_FULL = (errno.ENOSPC, errno.EDQUOT)


def kept(sha256: str) -> Path:
    """Where the bytes with this sum are."""
    return Path(settings.DATA) / "berkas" / sha256[:2] / sha256


def keep(parts: Iterable[bytes]) -> tuple[str, int]:
    """Keep bytes; returns their sha256 and size. Bytes that are there already are kept once.

    Raises PENYIMPANAN_PENUH where the disk is full; nothing half-written is left behind.
    """
    folder = Path(settings.DATA) / "berkas"
    draft = folder / f".{secrets.token_hex(8)}.sementara"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        digest, size = _write(parts, draft)
        place = kept(digest)
        place.parent.mkdir(exist_ok=True)
        draft.replace(place)
    except OSError as error:
        raise full(error) from error
    finally:
        draft.unlink(missing_ok=True)
    return digest, size


def _write(parts: Iterable[bytes], draft: Path) -> tuple[str, int]:
    total, size = hashlib.sha256(), 0
    with draft.open("xb") as handle:
        for part in parts:
            handle.write(part)
            total.update(part)
            size += len(part)
        handle.flush()
        os.fsync(handle.fileno())
    return total.hexdigest(), size


def full(error: OSError) -> Exception:
    """The problem to tell of a full disk; any other error as it is."""
    return Problem("PENYIMPANAN_PENUH") if error.errno in _FULL else error
