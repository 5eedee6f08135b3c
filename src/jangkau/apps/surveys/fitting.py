"""From a survey of spending to the consumption model that impact rests on."""

from typing import Any

from django.db import transaction

from jangkau.apps.accounts.models import User
from jangkau.apps.impact.actions import give
from jangkau.apps.impact.models import BasisKind
from jangkau.apps.impact.selectors import assumptions
from jangkau.apps.jobs import actions as jobs
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Running
from jangkau.apps.surveys.models import Survey
from jangkau.core.impact import Asked, fit, model_text, read_households
from jangkau.core.kernel.month import month_of, month_text

FIT = "surveys.fit"


@transaction.atomic
def ask(survey: Survey, told: dict[str, Any], *, by: User) -> Job:
    """Queue the fit. `told`: desil, anggota (columns), serumah (spending is of the whole household)."""
    return jobs.start(FIT, {"survey": survey.pk, **told}, by=by, region_code=survey.region_code)


def last(survey: Survey) -> Job | None:
    """The newest attempt to fit it."""
    return Job.objects.filter(kind=FIT, args__survey=survey.pk).order_by("-id").first()


def work_out(running: Running) -> dict[str, Any]:
    """Fit consumption to the survey and put the model in use. Raises what reading and fitting raise."""
    told, survey = running.args, Survey.objects.get(pk=running.args["survey"])
    columns, by = survey.columns, running.job.by
    assert by is not None
    region = columns.get("domain") if columns.get("arti") == "wilayah" else None
    asked = Asked(
        columns["nilai"], told["desil"], told["anggota"], columns.get("bobot") or None, columns.get("strata") or None,
        columns.get("psu") or None, region or None, household=bool(told["serumah"]),
    )  # fmt: skip
    month = month_of(survey.per)
    line = assumptions(month)["garis_miskin_ekstrem"].nilai
    model = fit(read_households(survey.microdata, asked), line, survey.source, month_text(month), survey.file_name)
    basis = give(BasisKind.SURVEY, f"{survey.title}.json", model_text(model).encode(), by=by)
    return {"model": basis.pk, "baris": model.diagnosa["baris"]}
