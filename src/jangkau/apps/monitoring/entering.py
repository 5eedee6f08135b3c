"""Figures typed in from a document, and withdrawn."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.monitoring.models import Figure
from jangkau.apps.proofs.files import accept


def enter(figure: Figure, document: "UploadedFile[Any]", *, by: User) -> Figure:
    """Keep a figure with its document. Raises the problems of `proofs.files.accept`."""
    kept = accept(document)
    figure.sha256, figure.size, figure.media, figure.by = kept.sha256, kept.size, kept.media, by
    with transaction.atomic():
        figure.save()
        told = {name: str(value) for name, value in model_to_dict(figure).items() if value not in {None, ""}}
        record("monev.enter", by=by, thing=figure, after=told)
    return figure


def withdraw(figure: Figure, reason: str, *, by: User) -> Figure:
    """Take a figure out of use; it stays on record."""
    with transaction.atomic():
        figure.withdrawn_by, figure.withdrawn_at, figure.reason = by, timezone.now(), reason
        figure.save()
        record("monev.withdraw", by=by, thing=figure, reason=reason)
    return figure
