"""An XLSForm made into an XForm that every client can show, or refused with the places to mend."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert as to_xform

from jangkau.core.field.check import Refusal, check
from jangkau.core.field.mapping import COLUMNS
from jangkau.core.field.model import FormModel, read_model
from jangkau.core.field.workbook import open_workbook
from jangkau.core.kernel.problems import Problem, kind

_PLACE = re.compile(r"\[row : (\d+)\]\s*")
_SHEET = re.compile(r"the '(\w+)' sheet")


@dataclass(frozen=True)
class Built:
    """A form that can be used. `xform` is what phones load; `md5` is of its bytes."""

    model: FormModel
    xform: bytes
    md5: str


def build(xlsx: bytes) -> Built | list[Refusal]:
    """The form, or everything that has to be mended first. Raises FORMULIR_BERKAS."""
    refused = check(open_workbook(xlsx))
    if refused:
        return refused
    try:
        text = to_xform(xlsx, file_type=".xlsx", form_name="data").xform
    except PyXFormError as error:
        return [_told(str(error))]
    return _built(text.encode())


def _built(xform: bytes) -> Built | list[Refusal]:
    model = read_model(xform)
    uses = Counter(field.usulan for field in model.fields if field.usulan)
    wrong = [f for f in model.fields if f.usulan and (f.usulan not in COLUMNS or uses[f.usulan] > 1 or f.repeat)]
    if wrong:
        return [_refused("FORMULIR_PEMETAAN", nama=field.usulan, boleh=", ".join(COLUMNS)) for field in wrong]
    if undated := [field for field in model.fields if field.bukti and not model.proofs[field.path]]:
        return [_refused("FORMULIR_BUKTI", nama=field.bukti) for field in undated]
    return Built(model, xform, hashlib.md5(xform, usedforsecurity=False).hexdigest())


def _refused(kode: str, *, lembar: str = "survey", baris: int | None = None, **words: str) -> Refusal:
    found = kind(kode)
    return Refusal(lembar, baris, "", kode, found.pesan.format(**words), found.saran.format(**words))


def _told(words: str) -> Refusal:
    """What the converter found that our own check did not, with the place it names."""
    row, sheet = _PLACE.search(words), _SHEET.search(words)
    place = {"lembar": sheet[1] if sheet else "survey", "baris": int(row[1]) if row else None}
    return _refused("FORMULIR_TIDAK_TERSUSUN", sebab=_PLACE.sub("", words).strip()[:300], **place)  # type: ignore[arg-type]


def must(xlsx: bytes) -> Built:
    """The form. Raises FORMULIR_DITOLAK where anything has to be mended."""
    built = build(xlsx)
    if isinstance(built, list):
        raise Problem("FORMULIR_DITOLAK", jumlah=len(built))
    return built
