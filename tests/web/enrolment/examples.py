"""A decree in force, a batch and its answer in Seluma."""

import enrolled
from examples import example

from jangkau.apps.enrolment import ledger
from jangkau.apps.enrolment.models import DecreeFile, Journal
from jangkau.apps.registry.keeping import keep
from jangkau.apps.registry.models import Fund


@example(
    "decree",
    "decree_propose",
    "decree_issue",
    "decree_send_back",
    "decree_discard",
    "decree_version",
    "decree_take_out",
    "decree_revoke",
)
def decree(user) -> dict:
    return {"pk": enrolled.proposed(user).pk}


@example("decree_file")
def decree_file(user) -> dict:
    made = enrolled.proposed(user)
    sha, size = keep([b"%PDF-1.7 lampiran"])
    return {"pk": DecreeFile.objects.create(decree=made, name="1705.pdf", sha256=sha, size=size).pk}


@example(
    "batch", "batch_submit", "batch_cancel", "batch_follow_up", "batch_lines", "batch_lines_export", "batch_file",
    "answer_receive", "batch_bill", "batch_unbill", "batch_drop", "payment_enter", "payment_approve",
)  # fmt: skip
def batch(user) -> dict:
    return {"pk": enrolled.answered(user).pk}


@example("payment_proof")
def proof(user) -> dict:
    return {"pk": enrolled.entered(user).pk}


@example("answer", "answer_original")
def an_answer(user) -> dict:
    return {"pk": enrolled.answered(user).answers.get().pk}


@example("line_decide")
def line(user) -> dict:
    return {"pk": enrolled.doubted(user).lines.get(answer="bertentangan").pk}


@example("mapping", shared=True)
def mapping(user) -> dict:
    return {"kind": "jawaban"}


def fund() -> Fund:
    known = {"nama": "Dana contoh", "jenis": "APBD_KAB", "anggaran": 1_000_000, "wilayah": "1705012002"}
    return Fund.objects.get_or_create(kode="BUKU", defaults=known)[0]


@example("journal", "journal_export")
def journal(user) -> dict:
    made = fund()
    return {"pk": (ledger.budget(made, by=None) or Journal.objects.filter(fund=made).first()).pk}


@example("reopen")
def ended(user) -> dict:
    return {"pk": enrolled.ended(user).pk}


@example("reopening_decide")
def reopening(user) -> dict:
    return {"pk": enrolled.reopening(user).pk}
