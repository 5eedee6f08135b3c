"""Publishing the months of cover of the newest member register to the public's pages."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from jangkau.apps.jobs.actions import start
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Running, after, work
from jangkau.apps.portal.cover import Spell, newest, publish
from jangkau.apps.registry import selectors as registry
from jangkau.apps.registry.models import Kind, Snapshot
from jangkau.core.kernel.month import month_index

KIND = "portal.cover"


def spells() -> Iterator[Spell]:
    """NIK, birth date, first and last month paid of each member who has all of them."""
    members = registry.register(Kind.PESERTA)
    columns = ("nik", "tanggal_lahir", "mulai", "dibayar_sampai")
    for nik, born, since, until in members.select(columns).iter_rows():
        if nik and isinstance(born, date) and until:
            yield nik, born, month_index(since or until), month_index(until)


def publish_newest() -> int:
    """Answer the public from the member register in use; how many spells there are, 0 without a register."""
    snapshot = registry.current(Kind.PESERTA)
    return publish(spells(), snapshot.as_of, _source(snapshot)) if snapshot else 0


def ask_to_publish() -> None:
    """Queue the publishing where another register is answered from than the one in use, or none."""
    snapshot, told = registry.current(Kind.PESERTA), newest()
    if snapshot and (told is None or told.source != _source(snapshot)):
        start(KIND, {}, by=None)


def _source(snapshot: Snapshot) -> str:
    return f"{snapshot.pk}-{snapshot.sha256}"


@work(KIND)
def publish_cover(running: Running) -> dict[str, Any]:
    """Answer the public from the member register in use."""
    running.step(gettext_noop("Menerbitkan masa perlindungan"))
    return {"baris": publish_newest()}


@after("registers.read")
def members_came(job: Job) -> None:
    """A register was read: answer from it, if it is one of members."""
    ask_to_publish()
