"""Bringing instruments in."""

import hashlib
from collections.abc import Collection

from django.db import IntegrityError, transaction

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.scorecards.models import Instrument
from jangkau.core.kernel.problems import Problem
from jangkau.core.scorecard import read, shipped


def upload(text: bytes, *, by: User | None) -> Instrument:
    """Keep a new version of an instrument. Raises INSTRUMEN_SALAH, INSTRUMEN_SUDAH_ADA."""
    form = read(text)
    made = Instrument(
        code=form.kode, version=form.versi, title=form.judul, official=form.resmi, text=text.decode(),
        sha256=hashlib.sha256(text).hexdigest(), by=by,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            record("scorecards.instrument", by=by, thing=made, after={"kode": made.code, "versi": made.version})
    except IntegrityError as error:
        raise Problem("INSTRUMEN_SUDAH_ADA", instrumen=made.code, versi=made.version) from error
    return made


def missing(known: Collection[str]) -> list[bytes]:
    """The instruments of our own whose sha256 is not among those known."""
    texts = [text.encode() for text in shipped().values()]
    return [text for text in texts if hashlib.sha256(text).hexdigest() not in known]


def bring_shipped(*, by: User | None) -> int:
    """Keep the instruments of our own that are not there yet; returns how many came."""
    return len([upload(text, by=by) for text in missing(set(Instrument.objects.values_list("sha256", flat=True)))])


def previous(instrument: Instrument) -> Instrument | None:
    """The version that came before."""
    return Instrument.objects.filter(code=instrument.code, pk__lt=instrument.pk).order_by("-pk").first()
