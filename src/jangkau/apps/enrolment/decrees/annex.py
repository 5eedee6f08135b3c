"""The files of a decree: the annex by name and fund, and what a new version changes; kept by their content."""

import hashlib
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from django.db import transaction
from django.utils import timezone

from jangkau.apps.enrolment.decrees.draft import before
from jangkau.apps.enrolment.models import Decree, DecreeFile, DecreeLine, DecreeState
from jangkau.apps.regions.selectors import region_name
from jangkau.apps.registry.keeping import keep
from jangkau.core.engine import frame
from jangkau.core.enrolment.decree import Heading, write_decree
from jangkau.core.enrolment.difference import Difference, difference, write_difference
from jangkau.core.enrolment.roster import named
from jangkau.core.kernel.month import month_text
from jangkau.core.kernel.progress import Progress, Silent
from jangkau.core.tables.schema import Frame

_SCHEMA = {
    "id_pekerja": pl.String, "nik": pl.String, "nama": pl.String, "tanggal_lahir": pl.Date, "jenis_kelamin": pl.String,
    "kode_desa": pl.String, "pekerjaan": pl.String, "dana": pl.String, "nama_dana": pl.String, "jenis_dana": pl.String,
    "urut_dana": pl.Int64, "bulan_mulai": pl.String, "jumlah_bulan": pl.Int64, "iuran_per_bulan": pl.Int64,
    "iuran_total": pl.Int64,
}  # fmt: skip


def people(decree: Decree) -> Frame:
    """The lines of a version, one row each, with the words of a decree (`core.enrolment.roster.named`)."""
    columns = (
        "enrolment__person__id_pekerja", "nik", "nama", "tanggal_lahir", "jenis_kelamin", "kode_desa", "pekerjaan",
        "fund__kode", "fund__nama", "fund__jenis", "fund_id", "first", "months", "price", "total",
    )  # fmt: skip
    rows = [
        (*row[:11], month_text(row[11]), *row[12:])
        for row in DecreeLine.objects.filter(decree=decree).values_list(*columns).iterator(2_000)
    ]
    found = named(frame(pl.DataFrame(rows, schema=_SCHEMA, orient="row")), region_name)
    native = found.to_native().with_columns(pl.col("kode_kabupaten").fill_null(decree.region_code.ljust(4, "0")[:4]))
    return frame(native)


def heading(decree: Decree, rows: Frame, on: date) -> Heading:
    """What stands above the names."""
    named = (before(decree) or decree) if decree.revokes else decree
    spans = DecreeLine.objects.filter(decree=named).values_list("first", "months")
    first, last = min(start for start, _n in spans), max(start + months for start, months in spans)
    return Heading(decree.date or on, first, last - first, decree.number, decree.date, decree.title)


def changes(decree: Decree) -> Difference | None:
    """What a version changes against the one before it; None for the first."""
    older = before(decree)
    if older is None:
        return None
    removals = decree.removals.select_related("line__enrolment__person")
    why = {removal.line.enrolment.person.id_pekerja: removal.why for removal in removals}
    came = decree.lines.exclude(replaces=None).select_related("enrolment__person", "replaces__enrolment__person")
    instead = {
        line.enrolment.person.id_pekerja: line.replaces.enrolment.person.id_pekerja for line in came if line.replaces
    }
    return difference(people(older), people(decree), why, instead)


def write(decree: Decree, progress: Progress | None = None) -> None:
    """Make the files of a version and keep them; again is the same. In a state that needs none, nothing is written."""
    if not _unwritten(decree):
        return
    rows, on = people(decree), timezone.localdate()
    with TemporaryDirectory() as folder:
        top = heading(decree, rows, on)
        paths = [] if decree.revokes else write_decree(rows, top, Path(folder), progress=progress or Silent())
        if found := changes(decree):
            title = "Pencabutan SK" if decree.revokes else f"Perubahan SK versi {decree.version}"
            paths += write_difference(found, top, title, Path(folder) / "perubahan")
        kept = [(path.name, *keep([path.read_bytes()])) for path in paths]
    _store(decree, kept)


def _unwritten(decree: Decree) -> bool:
    """Whether it waits for its files: a proposed version, and one that came into force without (a handover)."""
    return decree.state == DecreeState.PROPOSED or (decree.state == DecreeState.IN_FORCE and not decree.sha256)


@transaction.atomic
def _store(decree: Decree, kept: list[tuple[str, str, int]]) -> None:
    decree = Decree.objects.select_for_update().get(pk=decree.pk)
    if not _unwritten(decree):
        return
    DecreeFile.objects.filter(decree=decree).delete()
    DecreeFile.objects.bulk_create(DecreeFile(decree=decree, name=n, sha256=s, size=size) for n, s, size in kept)
    decree.sha256 = hashlib.sha256("".join(f"{n}\0{s}\n" for n, s, _ in sorted(kept)).encode()).hexdigest()
    decree.save(update_fields=["sha256"])
