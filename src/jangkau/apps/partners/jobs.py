"""Background work on partners."""

from typing import Any

from django.utils.translation import gettext_noop

from jangkau.apps.jobs.actions import start
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Running, after, work
from jangkau.apps.partners.companies import CHECK, LIST, check_all
from jangkau.apps.partners.matching import match
from jangkau.apps.partners.models import Company, WorkerList


@work(LIST)
def match_workers(running: Running) -> dict[str, Any]:
    """Link a company's own list of workers to the members."""
    return match(WorkerList.objects.select_related("company", "by").get(pk=running.args["list"]), running)


@work(CHECK)
def check_companies(running: Running) -> dict[str, Any]:
    """Look at all companies beside the member register in use."""
    running.step(gettext_noop("Memeriksa perusahaan"))
    return {"perusahaan": check_all()}


@after("registers.read")
def members_came(job: Job) -> None:
    """A register was read: companies are looked at anew."""
    if Company.objects.exists():
        start(CHECK, {}, by=None)
