"""Places to go to, as data: a CSV that an installation fills in itself; nothing is shipped, nothing is guessed."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import modelform_factory
from django.utils.translation import gettext as _

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.portal.models import Office
from jangkau.apps.regions.models import Region

COLUMNS = ("nama", "jenis", "kode_wilayah", "alamat", "telepon", "jam", "sumber", "per", "keyakinan")
MOST = 2_000


def read(data: bytes) -> list[Office]:
    """The offices of a CSV, `;` or `,` between. Raises ValidationError that names row and column."""
    rows = list(_rows(data))
    known = set(Region.objects.filter(level__in=("kabupaten", "kota")).values_list("code", flat=True))
    made, wrong = [], []
    for line, row in enumerate(rows, 2):
        form = modelform_factory(Office, fields=COLUMNS)(row)
        if form.is_valid() and row["kode_wilayah"] in known:
            made.append(form.save(commit=False))
        else:
            wrong += _wrong(line, form.errors or {"kode_wilayah": [_("bukan kabupaten atau kota di sini")]})
    if wrong:
        raise ValidationError(wrong[:20])
    return made


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
        yield {name: (row[name] or "").strip() for name in COLUMNS}


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
    writer.writerow(COLUMNS)
    writer.writerows(Office.objects.values_list(*COLUMNS))
    return text.getvalue()
