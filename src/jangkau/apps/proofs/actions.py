"""Keeping proof of work."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.linkage.models import Person
from jangkau.apps.proofs.files import Kept, accept
from jangkau.apps.proofs.models import Proof


def add(person: Person, kind: str, day: date, upload: "UploadedFile[Any]", *, by: User) -> Proof:
    """Keep a proof; the same file for the same person is kept once. Raises BUKTI_BESAR, BUKTI_JENIS."""
    return attach(person, kind, day, accept(upload), by=by)


def attach(person: Person, kind: str, day: date, file: Kept, *, by: User) -> Proof:
    """A file that is kept already becomes a proof of the person, once."""
    with transaction.atomic():
        told = {"kind": kind, "date": day, "size": file.size, "media": file.media}
        proof, new = Proof.objects.get_or_create(
            person=person, sha256=file.sha256, withdrawn_at=None,
            defaults=told | {"region_code": person.region_code, "by": by},
        )  # fmt: skip
        if new:
            record("proofs.add", by=by, thing=proof, after={**told, "sha256": file.sha256, "person": person.id_pekerja})
    return proof


@transaction.atomic
def withdraw(proof: Proof, reason: str, *, by: User) -> None:
    """The proof is not of this person, or shows something else; it stays on record."""
    proof.withdrawn_at, proof.withdrawn_by, proof.reason = timezone.now(), by, reason
    proof.save()
    record("proofs.withdraw", by=by, thing=proof, before={"kind": proof.kind, "date": proof.date}, reason=reason)
