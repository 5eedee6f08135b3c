"""The insurer's answers: kept, read, and brought to the lines and memberships that they are about.

What a line comes to is settled from all rows of all answers of its batch, so that a file that comes twice, late or out
of order ends in the same; one file is one transaction, so that a killed reading is simply begun again.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_noop

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.audit.masking import mask_number
from jangkau.apps.enrolment import steps
from jangkau.apps.enrolment.batches import mappings
from jangkau.apps.enrolment.batches.send import lock, members
from jangkau.apps.enrolment.models import (
    Answer,
    AnswerRow,
    AnswerState,
    Batch,
    BatchLine,
    BatchState,
    Enrolment,
    MappingKind,
)
from jangkau.apps.enrolment.rows import insert, update
from jangkau.apps.jobs import actions as jobs
from jangkau.apps.notices.actions import tell
from jangkau.apps.registry.keeping import keep, kept
from jangkau.core.enrolment.acknowledgement import SheetLines, match, parse, settle
from jangkau.core.intake.files import check_kind, open_bytes
from jangkau.core.intake.sheets import show
from jangkau.core.kernel.parts import parts
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Progress, Silent

ANSWERABLE = (BatchState.SENT, BatchState.ANSWERED, BatchState.BILLED, BatchState.PAID)
PART = 2**20
_ROWS = {
    "urut": pl.Int64, "hasil": pl.String, "kode": pl.String, "kode_asal": pl.String, "kpj": pl.String,
    "tanggal": pl.Date,
}  # fmt: skip


def receive(batch: Batch, upload: "UploadedFile[Any]", day: date, *, by: User) -> tuple[Answer, bool]:
    """Keep an answer and queue its reading; the same file again is given back (False) and changes nothing.

    It is read again only where the mapping of answers is another now, or its reading did not come to an end.
    Raises BERKAS_JENIS_LAIN, BERKAS_KOSONG, BERKAS_TERLALU_BESAR, PENYIMPANAN_PENUH, PENGAJUAN_KEADAAN.
    """
    name = Path(upload.name or "jawaban").name
    check_kind(name, upload.size or 0)
    digest, size = keep(upload.chunks(PART))
    with transaction.atomic():
        batch = lock(batch, *ANSWERABLE)
        shown = {"file_name": name[:200], "size": size, "issued_on": day, "by": by}
        answer, new = Answer.objects.get_or_create(batch=batch, sha256=digest, defaults=shown)
        if not new and answer.state == AnswerState.READ and answer.counts.get("pemetaan") == _mapping_print():
            return answer, False
        answer.state = AnswerState.READING
        answer.job = jobs.start("answers.read", {"answer": answer.pk}, by=by, region_code=batch.region_code)
        answer.save()
        record("answers.receive", by=by, thing=answer, region_code=batch.region_code, after={"sha256": digest})
    return answer, True


def _mapping_print() -> str:
    return hashlib.sha256(mappings.text(MappingKind.ANSWER).encode()).hexdigest()[:16]


def read(answer: Answer, progress: Progress | None = None) -> dict[str, Any]:
    """Read an answer that waits; one that was read is left as it is. A file that is no answer is refused in words."""
    told = progress or Silent()
    if answer.state != AnswerState.READING:
        return dict(answer.counts)
    told.step(gettext_noop("Membaca jawaban"))
    try:
        rows = parse(_lines(answer), mappings.answers(), answer.issued_on or answer.at.date())
    except Problem as problem:
        return _refuse(answer, problem)
    told.step(gettext_noop("Mencocokkan jawaban"))
    found = match(rows, _sent(answer.batch))
    told.step(gettext_noop("Mencatat jawaban"))
    return _bring(answer, found)


def _lines(answer: Answer) -> list[SheetLines]:
    sheets = open_bytes(kept(answer.sha256).read_bytes())
    return [(sheet.name, [(row.number, [show(cell) for cell in row.cells]) for row in sheet.rows]) for sheet in sheets]


def _sent(batch: Batch) -> pl.DataFrame:
    """The rows as they were sent, for `match`."""
    names = ("urut", "kunci", "tanda", "nik", "nama")
    head = f"{batch.fund.kode}-{batch.year}-{batch.number}"
    rows = batch.lines.values_list("pk", "row", "signature", "nik", "nama").iterator(5_000)
    data = [(pk, f"{head}-{row:06d}", signature, nik or None, nama) for pk, row, signature, nik, nama in rows]
    return pl.DataFrame(data, schema={"urut": pl.Int64, **dict.fromkeys(names[1:], pl.String)}, orient="row")


def _refuse(answer: Answer, problem: Problem) -> dict[str, Any]:
    answer.state = AnswerState.REFUSED
    answer.notes = [{"kode": problem.kind.kode, "pesan": problem.pesan, "saran": problem.saran}]
    answer.save()
    return {"ditolak": problem.kind.kode}


@transaction.atomic
def _bring(answer: Answer, found: pl.DataFrame) -> dict[str, Any]:
    """The rows of an answer into the database, and what its batch comes to with them."""
    batch = lock(answer.batch, *ANSWERABLE)
    AnswerRow.objects.filter(answer=answer).delete()
    insert(AnswerRow, _rows(answer, found))
    changed = _settle(batch, answer)
    if batch.state == BatchState.SENT and batch.lines.exclude(answer="").exists():
        batch.state = BatchState.ANSWERED
        batch.save()
    answer.counts = _counts(found) | {"berubah": changed, "pemetaan": _mapping_print()}
    answer.state, answer.notes = AnswerState.READ, []
    answer.save()
    _tell(batch, answer)
    record("answers.read", by=answer.by, thing=answer, region_code=batch.region_code, after=answer.counts)
    return dict(answer.counts)


def _rows(answer: Answer, found: pl.DataFrame) -> Iterator[dict[str, Any]]:
    for row in found.iter_rows(named=True):
        yield {
            "answer_id": answer.pk, "line_id": row["urut"], "sheet": row["lembar"][:100], "row": row["baris"],
            "nik": mask_number(row["nik"]) if row["nik"] else "", "nama": row["nama"][:200], "verdict": row["hasil"],
            "code": row["kode"], "raw_code": row["kode_asal"][:200], "remark": row["keterangan"][:300],
            "kpj": row["kpj"][:20], "day": row["tanggal"], "problem": row["masalah"] or "",
        }  # fmt: skip


def _counts(found: pl.DataFrame) -> dict[str, int]:
    known = found.filter(pl.col("urut").is_not_null())
    told = {verdict: int((known["hasil"] == verdict).sum()) for verdict in ("diterima", "ditolak")}
    twice = len(known) - known["urut"].n_unique()
    return {"baris": len(found), **told, "tak_dikenal": len(found) - len(known), "berulang": twice}


def _settle(batch: Batch, answer: Answer) -> int:
    """Every line of the batch becomes what its answers together say; memberships take their steps.

    A line that a person has decided stays. Returns how many lines changed.
    """
    rows = AnswerRow.objects.filter(answer__batch=batch, line__isnull=False, verdict__in=("diterima", "ditolak"))
    columns = rows.values_list("line", "verdict", "code", "raw_code", "kpj", "day").iterator(5_000)
    settled = settle(pl.DataFrame(list(columns), schema=_ROWS, orient="row"))
    settled = _others(settled, batch)
    lines = batch.lines.filter(decided_by=None).values_list("pk", "answer", "code", "raw_code", "kpj", "doubt")
    names = ("answer", "code", "raw_code", "kpj", "doubt")
    schema = {"urut": pl.Int64, **{f"{name}_kini": pl.String for name in names}}
    now = pl.DataFrame(list(lines), schema=schema, orient="row")
    renamed = settled.rename({"jawaban": "answer", "kode": "code", "kode_asal": "raw_code", "sebab": "doubt"})
    both = renamed.with_columns(pl.col("doubt").fill_null("")).join(now, on="urut", how="inner")
    changed = both.filter(pl.any_horizontal(pl.col(name) != pl.col(f"{name}_kini") for name in names))
    values = changed.select(*names, pl.lit(answer.pk).alias("oleh"), "urut").iter_rows()
    update(BatchLine, [*names, "answered_by_id"], values)
    follow_lines(batch)
    return len(changed)


def _others(settled: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """A KPJ that a membership of somebody else bears already needs a person."""
    given = settled.filter(pl.col("kpj") != "").select("urut", "kpj")
    numbers = given["kpj"].to_list()
    own = dict(batch.lines.values_list("pk", "enrolment__person"))
    taken: set[int] = set()
    of = {number: urut for urut, number in given.iter_rows()}
    for part in parts(numbers, 500):
        known = Enrolment.objects.filter(kpj__in=part).values_list("kpj", "person")
        taken |= {of[number] for number, person in known if own.get(of[number]) != person}
    clash = pl.col("urut").is_in(list(taken))
    return settled.with_columns(
        pl.when(clash).then(pl.lit("bertentangan")).otherwise("jawaban").alias("jawaban"),
        pl.when(clash).then(pl.lit("")).otherwise("kpj").alias("kpj"),
        pl.when(clash).then(pl.lit("JAWABAN_KPJ_GANDA")).otherwise("sebab").alias("sebab"),
    )


def follow_lines(batch: Batch, by: User | None = None, why: str = "") -> None:
    """Memberships follow their lines; the months of a member who has been paid before change no state."""
    given = batch.lines.filter(answer="diterima").exclude(kpj="").exclude(kpj=F("enrolment__kpj"))
    update(Enrolment, ["kpj"], list(given.values_list("kpj", "enrolment")))
    why = why or f"jawaban pengajuan {batch}"
    before = ("diajukan", "ditolak")
    steps.move(members(batch, *before, answer="diterima"), "diterima", by=by, why=why, batch=batch)
    steps.move(members(batch, "diajukan", answer="ditolak"), "ditolak", by=by, why=why, batch=batch)


def _tell(batch: Batch, answer: Answer) -> None:
    refused = batch.lines.filter(answer="ditolak").count()
    if refused:
        link, key = reverse("batch", args=[batch.pk]), f"answer:{answer.pk}"
        tell("answer_refused", region_code=batch.region_code, link=link, key=key, n=refused, judul=str(batch))


@transaction.atomic
def decide(line: BatchLine, verdict: str, kpj: str, why: str, *, by: User) -> None:
    """A person settles a line whose answers contradict one another; later answers leave it so.

    Raises PENGAJUAN_BERSENGKETA where it does not wait for that, and what the lifecycle says of a membership that is
    billed already.
    """
    batch = lock(line.batch, *ANSWERABLE)
    line = BatchLine.objects.select_for_update().get(pk=line.pk)
    if line.answer != "bertentangan":
        raise Problem("PENGAJUAN_BERSENGKETA")
    line.answer, line.decided_by = verdict, by
    line.kpj = kpj.strip() if verdict == "diterima" else ""
    line.code = "TOLAK_LAIN" if verdict == "ditolak" else ""
    line.save()
    if verdict == "ditolak":
        steps.move(members(batch, "diterima", pk=line.pk), "ditolak", by=by, why=why, batch=batch)
    follow_lines(batch, by, why)
    after = {"row": line.row, "answer": verdict}
    record("answers.decide", by=by, thing=line, region_code=batch.region_code, after=after, reason=why)
