"""Background work on decrees and batches."""

from typing import Any

from jangkau.apps.enrolment.batches import answer as answers
from jangkau.apps.enrolment.batches.make import Asked, make
from jangkau.apps.enrolment.decrees import annex
from jangkau.apps.enrolment.models import Answer, Decree
from jangkau.apps.jobs.running import Running, work
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.problems import Problem


@work("decrees.annex")
def write_annex(running: Running) -> dict[str, Any]:
    """Make the files of a version that is proposed."""
    decree = Decree.objects.get(pk=running.args["decree"])
    annex.write(decree, running)
    return {"berkas": decree.files.count()}


@work("answers.read")
def read_answer(running: Running) -> dict[str, Any]:
    """Read an answer that has arrived."""
    answer = Answer.objects.select_related("batch__fund").get(pk=running.args["answer"])
    return answers.read(answer, running)


@work("batches.make")
def make_batch(running: Running) -> dict[str, Any]:
    """Make a large batch; where it was made before a crash, nothing is left to send and nothing is made."""
    args = running.args
    running.step("Menyusun pengajuan")
    asked = Asked(Fund.objects.get(pk=args["fund"]), args["region_code"], args["first"], args["months"])
    try:
        batch = make(asked, by=running.job.by)
    except Problem as problem:
        if problem.kind.kode == "PENGAJUAN_KOSONG" and running.job.attempts > 1:
            return {}
        raise
    return {"pengajuan": batch.pk}
