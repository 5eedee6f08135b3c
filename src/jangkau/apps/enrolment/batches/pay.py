"""The insurer's bill for a batch, and its payment: entered by one, approved by another."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment import ledger, steps
from jangkau.apps.enrolment.batches.send import lock, members, months
from jangkau.apps.enrolment.decrees.revoke import release_unwanted, unwanted
from jangkau.apps.enrolment.models import Batch, BatchState, MonthState
from jangkau.apps.notices.actions import settle, tell
from jangkau.apps.proofs.files import accept
from jangkau.core.kernel.formats import rupiah
from jangkau.core.kernel.problems import Problem


def ours(batch: Batch) -> int:
    """What the accepted of a batch cost, rupiah: the months that the ledger holds for them."""
    state = MonthState.COMMITTED if batch.state == BatchState.ANSWERED else MonthState.BILLED
    if batch.state == BatchState.PAID:
        state = MonthState.PAID
    return months(batch, state, answer="diterima").aggregate(Sum("rate"))["rate__sum"] or 0


@transaction.atomic
def bill(batch: Batch, code: str, amount: int, note: str, *, by: User) -> Batch:
    """Enter the billing code of the accepted; the ledger bills their months. The same code again changes nothing.

    Raises PENGAJUAN_KEADAAN, PENGAJUAN_KOSONG, TAGIHAN_SELISIH (a difference without a note), TAGIHAN_KODE_DIPAKAI.
    """
    batch = lock(batch, BatchState.ANSWERED, BatchState.BILLED)
    if batch.state == BatchState.BILLED and batch.billing_code == code:
        return batch
    batch = lock(batch, BatchState.ANSWERED)
    due, mine = months(batch, MonthState.COMMITTED, answer="diterima"), ours(batch)
    if not mine:
        raise Problem("PENGAJUAN_KOSONG")
    if amount != mine and not note.strip():
        told = {"tagihan": rupiah(amount), "selisih": rupiah(amount - mine), "kita": rupiah(mine)}
        raise Problem("TAGIHAN_SELISIH", **told)
    batch.state, batch.billing_code, batch.billed = BatchState.BILLED, code, amount
    batch.billing_note, batch.billed_at = note.strip(), timezone.now()
    try:
        with transaction.atomic():
            batch.save()
    except IntegrityError:
        raise Problem("TAGIHAN_KODE_DIPAKAI") from None
    ledger.bill(due, batch=batch, by=by)
    why = f"kode iuran {code}"
    steps.move(members(batch, "diterima", answer="diterima"), "ditagih", by=by, why=why, batch=batch)
    after = {"billing_code": code, "billed": amount, "ours": mine}
    record("batches.bill", by=by, thing=batch, after=after, reason=batch.billing_note)
    return batch


@transaction.atomic
def unbill(batch: Batch, why: str, *, by: User) -> Batch:
    """Take a bill back that is not paid; months of people who have stopped go free. Raises PENGAJUAN_KEADAAN."""
    batch = lock(batch, BatchState.BILLED)
    ended = list(months(batch, MonthState.BILLED).filter(pk__in=unwanted().values("pk")).values_list("pk", flat=True))
    ledger.unbill(months(batch, MonthState.BILLED), batch=batch, by=by, note=why[:200])
    steps.move(members(batch, "ditagih"), "diterima", by=by, why=why, batch=batch)
    release_unwanted(batch, ended, why, by=by)
    before = {"billing_code": batch.billing_code, "billed": batch.billed}
    batch.state, batch.billing_code, batch.billed, batch.billed_at = BatchState.ANSWERED, "", None, None
    batch.billing_note = batch.proof_number = batch.proof_sha256 = batch.proof_name = ""
    batch.paid_on = batch.entered_by = None
    batch.save()
    settle(_key(batch))
    record("batches.unbill", by=by, thing=batch, before=before, after={"state": batch.state}, reason=why)
    return batch


def _key(batch: Batch) -> str:
    return f"payment:{batch.pk}"


def enter(batch: Batch, upload: "UploadedFile[Any]", proof_number: str, on: date, *, by: User) -> Batch:
    """Enter the proof of payment; another person approves it. Entered again, the newer proof takes its place.

    Raises PENGAJUAN_KEADAAN, BUKTI_BESAR, BUKTI_JENIS, PENYIMPANAN_PENUH.
    """
    proof = accept(upload)
    with transaction.atomic():
        batch = lock(batch, BatchState.BILLED)
        batch.proof_sha256, batch.proof_number, batch.paid_on = proof.sha256, proof_number.strip(), on
        batch.proof_name, batch.entered_by = f"bukti-bayar-{batch.pk}.{proof.media}", by
        batch.save()
        link = reverse("batch", args=[batch.pk])
        tell("payment_waits", region_code=batch.region_code, link=link, key=_key(batch), but=by, judul=str(batch))
        after = {"proof_number": batch.proof_number, "paid_on": str(on), "sha256": proof.sha256}
        record("batches.enter_payment", by=by, thing=batch, after=after)
    return batch


@transaction.atomic
def approve(batch: Batch, *, by: User) -> Batch:
    """The payment stands: the ledger pays the months, people are paid for. Again is the same.

    Raises PENGAJUAN_KEADAAN (also where no proof is entered yet), SETUJU_SENDIRI.
    """
    batch = lock(batch, BatchState.BILLED, BatchState.PAID)
    if batch.state == BatchState.PAID:
        return batch
    if not batch.proof_sha256:
        raise Problem("PENGAJUAN_KEADAAN", keadaan=batch.get_state_display())
    if batch.entered_by_id == by.pk:
        raise Problem("SETUJU_SENDIRI")
    ledger.pay(months(batch, MonthState.BILLED), batch=batch, by=by)
    steps.move(members(batch, "ditagih"), "dibayar", by=by, why=f"bukti {batch.proof_number}", batch=batch)
    batch.state, batch.approved_by, batch.approved_at = BatchState.PAID, by, timezone.now()
    batch.save()
    settle(_key(batch))
    record("batches.approve_payment", by=by, thing=batch, after={"state": batch.state, "proof": batch.proof_sha256})
    return batch
