"""Places to go to, as data: a CSV that an installation fills in itself; nothing is shipped, nothing is guessed."""

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import modelform_factory
from django.utils.translation import gettext as _

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.portal.models import Office
from jangkau.apps.regions.models import Region

_LEVELS = ("kabupaten", "kota", "kecamatan")
COLUMNS = ("nama", "jenis", "kode_wilayah", "alamat", "telepon", "jam", "sumber", "per", "keyakinan")
POINT = ("lintang", "bujur")  # columns that a table may leave out
MOST = 2_000
_EARTH = 6_371  # kilometres
_NEAREST = 8


def read(data: bytes) -> list[Office]:
    """The offices of a CSV, `;` or `,` between. Raises ValidationError that names row and column."""
    rows = list(_rows(data))
    known = set(Region.objects.filter(level__in=_LEVELS).values_list("code", flat=True))
    made, wrong = [], []
    for line, row in enumerate(rows, 2):
        form = modelform_factory(Office, fields=(*COLUMNS, *POINT))(row)
        if form.is_valid() and not (errors := _faults(row, known)):
            made.append(form.save(commit=False))
        else:
            wrong += _wrong(line, form.errors or errors)
    if wrong:
        raise ValidationError(wrong[:20])
    return made


def _faults(row: dict[str, str], known: set[str]) -> dict[str, list[str]]:
    """What no field alone can see."""
    if row["kode_wilayah"] not in known:
        return {"kode_wilayah": [_("bukan kabupaten, kota, atau kecamatan di sini")]}
    if bool(row["lintang"]) != bool(row["bujur"]):
        return {"lintang": [_("tulis lintang dan bujur, atau kosongkan keduanya")]}
    return {}


def _rows(data: bytes) -> Iterator[dict[str, str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("Berkas ini bukan CSV UTF-8. Simpan lagi sebagai CSV UTF-8.")) from error
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in head else ",")
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise ValidationError(_("Kolom ini belum ada: %(names)s.") % {"names": ", ".join(missing)})
    for at, row in enumerate(reader):
        if at == MOST:
            raise ValidationError(_("Paling banyak %(n)s baris.") % {"n": MOST})
        told = {name: (row.get(name) or "").strip() for name in (*COLUMNS, *POINT)}
        yield told | {name: told[name].replace(",", ".") for name in POINT}


def _wrong(line: int, errors: Any) -> list[str]:
    words = _("Baris %(line)s, %(name)s: %(what)s")
    return [words % {"line": line, "name": name, "what": " ".join(map(str, told))} for name, told in errors.items()]


@transaction.atomic
def replace(offices: list[Office], *, by: User) -> None:
    """These are the offices from now on, all of them."""
    before = Office.objects.count()
    Office.objects.all().delete()
    Office.objects.bulk_create(offices)
    record("offices.replace", by=by, before={"kantor": before}, after={"kantor": len(offices)})


def as_csv() -> str:
    """What is known now, to be filled in and sent back; the headings alone where nothing is."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow((*COLUMNS, *POINT))
    writer.writerows(Office.objects.values_list(*COLUMNS, *POINT))
    return text.getvalue()


@dataclass(frozen=True)
class Near:
    """An office, and how many kilometres it is as the crow flies; None where a point is not known."""

    office: Office
    km: int | None


def near(kecamatan: str) -> list[Near]:
    """The offices nearest to a kecamatan first; those whose distance is not known only where they are in its kabupaten,
    the ones of the kecamatan itself first."""
    offices = list(Office.objects.all())
    here = next((_point(one) for one in offices if one.kode_wilayah == kecamatan and _point(one)), None)
    found = [Near(one, _km(here, _point(one))) for one in offices]
    far = sorted((one for one in found if one.km is not None), key=lambda one: (one.km, one.office.nama))
    own = [one for one in found if one.km is None and one.office.kode_wilayah in (kecamatan, kecamatan[:4])]
    return [*far[:_NEAREST], *sorted(own, key=lambda one: one.office.kode_wilayah != kecamatan)]


def _point(office: Office) -> tuple[float, float] | None:
    return None if office.lintang is None or office.bujur is None else (office.lintang, office.bujur)


def _km(one: tuple[float, float] | None, other: tuple[float, float] | None) -> int | None:
    """Great circle (haversine), rounded."""
    if one is None or other is None:
        return None
    (a, x), (b, y) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin((y - x) / 2) ** 2
    return round(2 * _EARTH * math.asin(math.sqrt(half)))
