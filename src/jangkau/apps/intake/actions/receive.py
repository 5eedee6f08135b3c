"""Files arrive: their bytes are kept, what is new becomes lists that wait to be read."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import scope, within
from jangkau.apps.audit.actions import record
from jangkau.apps.intake.models import FileState, ListFile, Original, Shipment
from jangkau.apps.jobs import actions as jobs
from jangkau.apps.registry.keeping import keep
from jangkau.core.intake.files import MAX_FILE, is_litter
from jangkau.core.kernel.formats import long_date
from jangkau.core.kernel.problems import Problem

MOST_FILES, MOST_BYTES = 500, 400_000_000
_LONGEST_NAME = 400


@dataclass(frozen=True)
class Incoming:
    """A file as it comes: its name, folders and all, and its bytes in parts."""

    name: str
    parts: Iterable[bytes]


def receive(files: Iterable[Incoming], *, by: User, meant: str = "") -> Shipment:
    """Keep the files and queue the reading of those that are new; a zip counts as the files in it.

    `meant`: code of the desa or kecamatan they are for, where the sender said so. A file that was sent before changes
    nothing and is told of in `notes`. Raises KIRIMAN_KOSONG, KIRIMAN_TERLALU_BANYAK, KIRIMAN_TERLALU_BESAR,
    KIRIMAN_ZIP_RUSAK, PENYIMPANAN_PENUH.
    """
    kept = _keep_all(files)
    if not kept:
        raise Problem("KIRIMAN_KOSONG")
    with transaction.atomic():
        shipment = Shipment.objects.create(by=by, meant=meant, region_code=meant or scope(by, "intake.send")[0])
        notes = [_add(shipment, by, file) for file in kept]
        shipment.notes = [note for note in notes if note]
        if len(shipment.notes) < len(kept):
            shipment.job = jobs.start("intake.read", {"shipment": shipment.pk}, by=by, region_code=shipment.region_code)
        shipment.save()
        sent = {"files": len(kept), "new": len(kept) - len(shipment.notes), "meant": meant}
        record("intake.receive", by=by, thing=shipment, after=sent)
    return shipment


@transaction.atomic
def resume(shipment: Shipment, *, by: User) -> None:
    """Queue the reading again where files still wait and nothing reads them."""
    shipment = Shipment.objects.select_for_update(of=("self",)).select_related("job").get(pk=shipment.pk)
    if (shipment.job and shipment.job.alive) or not shipment.files.filter(state=FileState.WAITING).exists():
        return
    shipment.job = jobs.start("intake.read", {"shipment": shipment.pk}, by=by, region_code=shipment.region_code)
    shipment.save()


def _keep_all(files: Iterable[Incoming]) -> list[tuple[str, str, int]]:
    kept: list[tuple[str, str, int]] = []
    for file in _flat(files):
        if len(kept) == MOST_FILES:
            raise Problem("KIRIMAN_TERLALU_BANYAK", batas=MOST_FILES)
        kept.append((file.name[-_LONGEST_NAME:], *keep(file.parts)))
        if sum(size for _, _, size in kept) > MOST_BYTES:
            raise Problem("KIRIMAN_TERLALU_BESAR", batas=MOST_BYTES // 1_000_000)
    return kept


def _flat(files: Iterable[Incoming]) -> Iterator[Incoming]:
    """The files without litter, zips opened."""
    for file in files:
        clean = _clean(file.name)
        if is_litter(clean.split("/")):
            continue
        if clean.lower().endswith(".zip"):
            yield from _unzip(clean, b"".join(file.parts))
        else:
            yield Incoming(clean, file.parts)


def _clean(name: str) -> str:
    """A relative name with `/`, without steps upwards or signs that are not shown."""
    parts = [
        "".join(letter for letter in part if letter.isprintable() and letter != "#")
        for part in name.replace("\\", "/").split("/")
    ]
    return "/".join(part for part in parts if part.strip(" .")) or "berkas"


def _unzip(name: str, data: bytes) -> Iterator[Incoming]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if sum(info.file_size for info in infos) > MOST_BYTES:
                raise Problem("KIRIMAN_TERLALU_BESAR", batas=MOST_BYTES // 1_000_000)
            for info in infos[: MOST_FILES + 1]:
                inner = _clean(info.filename)
                if not is_litter(inner.split("/")):
                    with archive.open(info) as member:
                        yield Incoming(inner, [member.read(MAX_FILE + 1)])
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise Problem("KIRIMAN_ZIP_RUSAK", berkas=name) from error


def _add(shipment: Shipment, by: User, kept: tuple[str, str, int]) -> list[str] | None:
    """A list for the bytes, or a note that they have been sent before."""
    name, digest, size = kept
    Original.objects.get_or_create(sha256=digest, defaults={"size": size})
    original = Original.objects.select_for_update().get(sha256=digest)
    known = original.files.filter(within(by, "intake.send")).select_related("shipment__by").first()
    if known:
        return [name, _said(known), str(known.pk)]
    ListFile.objects.create(shipment=shipment, original=original, name=name, region_code=shipment.region_code)
    return None


_WHERE = {
    FileState.WITHDRAWN: " dan sudah dicabut",
    FileState.REPLACED: " dan sudah diganti yang lebih baru",
    FileState.FAILED: " dan tidak terbaca",
}


def _said(known: ListFile) -> str:
    """When the same bytes came before."""
    when = long_date(known.created_at.date())
    where = _WHERE.get(FileState(known.state), "")
    return f"Isinya sama dengan {known.name} yang dikirim {when}{where}. Tidak ada yang berubah."
