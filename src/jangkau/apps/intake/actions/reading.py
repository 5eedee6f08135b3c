"""What a file says: its bytes as sent, with the mends that hold laid over them, read by the core."""

from datetime import date
from functools import lru_cache

from django.utils import timezone

from jangkau.apps.intake.actions.store import store
from jangkau.apps.intake.models import ListFile, MendState
from jangkau.apps.regions.models import Region
from jangkau.apps.registry.keeping import full
from jangkau.apps.registry.selectors import settings
from jangkau.core.identity.regions import CODE_LENGTHS, Regions
from jangkau.core.intake import Tables, mend, read_sheets
from jangkau.core.intake.files import check_kind, open_bytes
from jangkau.core.intake.place import Named, Places
from jangkau.core.intake.sheets import Sheet, number
from jangkau.core.kernel.problems import Problem


def content(file: ListFile) -> bytes:
    """The bytes as sent. Raises PENYIMPANAN_PENUH or OSError."""
    try:
        return file.original.path.read_bytes()
    except OSError as error:
        raise full(error) from error


def opened(file: ListFile, data: bytes) -> list[Sheet]:
    """The sheets as sent. Raises the problems of `open_bytes`."""
    check_kind(file.name, len(data))
    return open_bytes(data)


def read_now(file: ListFile, sheets: list[Sheet]) -> Tables:
    """What the sheets give with the mends that hold."""
    return read_sheets(file.name, mend(sheets, cells_of(file)), _places(_province()), as_of(file), _meant(file))


def reread(file: ListFile) -> None:
    """Bring rows and problems in line with the mends; the file is locked by the caller."""
    store(file, read_now(file, opened(file, content(file))))


def cells_of(file: ListFile) -> dict[tuple[str, int, int], str]:
    """The cells that mends fill: of several the last that holds."""
    holding = file.mends.filter(state=MendState.HOLDS).order_by("pk")
    return {
        (lembar, baris, number(kolom)): after
        for lembar, baris, kolom, after in holding.values_list("lembar", "baris", "kolom", "after")
    }


def as_of(file: ListFile) -> date:
    """The date a file is read as of, the same whenever it is read again: the programme's, or when it came."""
    if file.per:
        return file.per
    try:
        return settings().per
    except Problem:
        return timezone.localdate(file.created_at)


def _province() -> str:
    return Region.objects.values_list("code", flat=True).get(level="provinsi")


@lru_cache(maxsize=2)
def _places(province: str) -> Places:
    return Places(Regions.load(province))


def _meant(file: ListFile) -> Named:
    """The place chosen by the sender, as names that the reading understands."""
    code = file.shipment.meant
    if len(code) == CODE_LENGTHS["desa"]:
        return Named(desa=code)
    if len(code) == CODE_LENGTHS["kecamatan"]:
        names = dict(Region.objects.filter(code__in=(code, code[:4])).values_list("code", "name"))
        return Named(kecamatan=names[code], kabupaten=names[code[:4]])
    return Named()
