"""The hash chain: each event's hash covers its content and the hash before it (a linear hash chain, as in RFC 9162's
simplest case). Deleting, changing, inserting or reordering an event breaks every hash after it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

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
    "waktu",
)
_AT_ONCE = 5_000


@dataclass(frozen=True)
class Broken:
    """Where a chain no longer holds, and how it shows."""

    nomor: int
    sebab: str


@dataclass(frozen=True)
class Verdict:
    """How many events hold, the hash of the last of them, and the first break, if any."""

    jumlah: int
    hash: str
    broken: Broken | None


def digest(event: Event, before: str) -> str:
    """sha256 over the event's content and the hash before it, in hex."""
    return _digest({name: getattr(event, name) for name in _COVERED}, before)


def _digest(content: dict[str, Any], before: str) -> str:
    content["waktu"] = content["waktu"].isoformat()
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def stored(upto: int) -> Iterable[dict[str, Any]]:
    """Content and hash of every event up to a number, in order, a few thousand in memory at a time."""
    rows: Any = Event.objects.filter(nomor__lte=upto).order_by("nomor").values(*_COVERED, "hash")
    yield from rows.iterator(_AT_ONCE)


def check(events: Iterable[dict[str, Any]], end: tuple[int, str], anchor: tuple[int, str] | None = None) -> Verdict:
    """Whether a chain given in order holds, reaches `end` (number and hash kept apart) and, where an auditor noted an
    earlier end outside the system, still passes through that `anchor`."""
    before, done = START, 0
    for event in events:
        kept = event.pop("hash")
        fault = _fault(event, before, done + 1, kept, anchor)
        if fault:
            return Verdict(done, before, fault)
        before, done = kept, done + 1
    reached = (done, before) == end and (anchor is None or anchor[0] <= done)
    return Verdict(done, before, None if reached else Broken(done + 1, "ujung"))


def _fault(
    event: dict[str, Any], before: str, expected: int, kept: str, anchor: tuple[int, str] | None
) -> Broken | None:
    if event["nomor"] != expected:
        return Broken(expected, "hilang")
    if _digest(event, before) != kept:
        return Broken(expected, "diubah")
    if anchor and anchor[0] == expected and anchor[1] != kept:
        return Broken(expected, "ditulis ulang")
    return None
