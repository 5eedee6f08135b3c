"""Versions of forms: uploaded, opened, closed; their content never changes."""

import csv
import hashlib
import io
from collections.abc import Mapping

from django.db import transaction

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.field.models import FormState, FormVersion
from jangkau.apps.registry.keeping import keep
from jangkau.core.field import Built, build
from jangkau.core.field.check import Refusal
from jangkau.core.field.features import MOST_CHOICES
from jangkau.core.kernel.problems import Problem, kind

BUILT_IN = ("desa.csv", "pekerja.csv")
STEPS = {
    FormState.DRAFT: (FormState.OPEN,), FormState.OPEN: (FormState.CLOSED,), FormState.CLOSED: (FormState.OPEN,),
}  # fmt: skip


def upload(xlsx: bytes, files: Mapping[str, bytes], *, by: User | None) -> FormVersion | list[Refusal]:
    """A draft of a new version, or what has to be mended first; the very same version again changes nothing.

    Raises FORMULIR_BERKAS, FORMULIR_VERSI_SUDAH_ADA, PENYIMPANAN_PENUH.
    """
    built = build(xlsx)
    if isinstance(built, list):
        return built
    needed = {name for name in built.model.files if name not in BUILT_IN}
    wrong = [*_missing(needed - files.keys()), *(_faulty(name) for name in needed & files.keys() if _bad(files[name]))]
    return wrong or _keep(xlsx, built, {name: files[name] for name in sorted(needed)}, by)


def _missing(names: set[str]) -> list[Refusal]:
    return [_refusal("FORMULIR_BERKAS_KURANG", berkas=name) for name in sorted(names)]


def _faulty(name: str) -> Refusal:
    return _refusal("FORMULIR_BERKAS_KOLOM", berkas=name, batas=str(MOST_CHOICES))


def _refusal(kode: str, **words: str) -> Refusal:
    found = kind(kode)
    return Refusal("survey", None, "", kode, found.pesan.format(**words), found.saran.format(**words))


def _bad(data: bytes) -> bool:
    """Whether a list has not the columns, or more lines than a phone can show."""
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error):
        return True
    return not rows or not {"name", "label"} <= set(rows[0]) or len(rows) > MOST_CHOICES + 1


@transaction.atomic
def _keep(xlsx: bytes, built: Built, files: Mapping[str, bytes], by: User | None) -> FormVersion:
    model = built.model
    sums = {name: [keep([data])[0], _md5(data)] for name, data in files.items()}
    told = {
        "title": model.title, "md5": built.md5, "xlsx": keep([xlsx])[0], "xform": keep([built.xform])[0],
        "model": model.model_dump(mode="json", exclude_defaults=True), "files": sums, "by": by,
    }  # fmt: skip
    made, new = FormVersion.objects.get_or_create(form_id=model.form_id, version=model.version, defaults=told)
    if new:
        record("field.form_add", by=by, thing=made, after={"form": model.form_id, "version": model.version})
    elif (made.md5, made.files) != (built.md5, sums):
        raise Problem("FORMULIR_VERSI_SUDAH_ADA", formulir=model.form_id, versi=model.version)
    return made


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


@transaction.atomic
def move(form: FormVersion, state: FormState, *, by: User | None) -> None:
    """Open a draft, close what is open, or open it again. Raises FORMULIR_KEADAAN."""
    form = FormVersion.objects.select_for_update().get(pk=form.pk)
    before = FormState(form.state)
    if state not in STEPS[before]:
        raise Problem("FORMULIR_KEADAAN", dari=before.label, ke=FormState(state).label)
    form.state = state
    form.save(update_fields=["state"])
    record("field.form_state", by=by, thing=form, before={"state": before}, after={"state": state})
