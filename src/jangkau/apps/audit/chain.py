"""The hash chain: each event's hash covers its content and the hash before it (a linear hash chain, as in RFC 9162's
simplest case). Deleting, changing, inserting or reordering an event breaks every hash after it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from jangkau.apps.audit.models import Event

START = "0" * 64
_COVERED = (
    "nomor",
    "nama_pelaku",
    "dari",
    "tindakan",
    "benda",
    "id_benda",
    "region_code",
    "sebelum",
    "sesudah",
    "alasan",
)


@dataclass(frozen=True)
class Broken:
    """Where a chain no longer holds, and how it shows."""

    nomor: int
    sebab: str


def digest(event: Event, before: str) -> str:
    """sha256 over the event's content and the hash before it, in hex."""
    content = {name: getattr(event, name) for name in _COVERED} | {"waktu": event.waktu.isoformat()}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def check(events: Iterable[Event], end: tuple[int, str]) -> Broken | None:
    """The first break of a chain given in order, and whether it reaches `end` (number and hash kept apart)."""
    before, expected = START, 1
    for event in events:
        if event.nomor != expected:
            return Broken(expected, "hilang")
        if digest(event, before) != event.hash:
            return Broken(event.nomor, "diubah")
        before, expected = event.hash, expected + 1
    return None if (expected - 1, before) == end else Broken(expected, "ujung")
