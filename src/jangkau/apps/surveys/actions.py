"""Importing a survey and estimating from it."""

import hashlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.jobs import actions as jobs
from jangkau.apps.jobs.running import Running
from jangkau.apps.surveys.estimates import estimate
from jangkau.apps.surveys.models import Survey, SurveyState
from jangkau.core.kernel.problems import Problem

ESTIMATE = "surveys.estimate"


@transaction.atomic
def receive(upload: "UploadedFile[Any]", told: dict[str, Any], *, by: User, region_code: str) -> Survey:
    """Keep a file of microdata, readable by this installation alone, and estimate in the background.

    `told`: title, source, per, measured, line, columns.
    """
    survey = Survey(region_code=region_code, by=by, file_name=(upload.name or "")[-200:], size=upload.size or 0, **told)
    survey.save()
    survey.folder.mkdir(parents=True, mode=0o700)
    survey.sha256 = _write(upload, survey)
    survey.job = jobs.start(ESTIMATE, {"survey": survey.pk}, by=by, region_code=region_code)
    survey.save()
    record("surveys.receive", by=by, thing=survey, after={"judul": survey.title, "sidik": survey.sha256})
    return survey


def _write(upload: "UploadedFile[Any]", survey: Survey) -> str:
    total = hashlib.sha256()
    survey.microdata.touch(mode=0o600)
    with survey.microdata.open("wb") as handle:
        for part in upload.chunks():
            handle.write(part)
            total.update(part)
    return total.hexdigest()


def work_out(running: Running) -> dict[str, Any]:
    """Estimate; a survey that is done is left as it is. Killed half way it is begun again."""
    survey = Survey.objects.get(pk=running.args["survey"])
    if survey.state == SurveyState.COMPUTING:
        try:
            told = estimate(survey, running)
        except Problem:
            Survey.objects.filter(pk=survey.pk).update(state=SurveyState.FAILED)
            raise
        Survey.objects.filter(pk=survey.pk).update(state=SurveyState.DONE, told=told)
    return {"survei": survey.pk}
