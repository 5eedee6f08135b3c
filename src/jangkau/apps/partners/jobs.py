"""Background work on partners."""

from typing import Any

from django.utils.translation import gettext_noop

from jangkau.apps.jobs.actions import start
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Running, after, work
from jangkau.apps.partners import employees
from jangkau.apps.partners.companies import CHECK, LIST, check_all
from jangkau.apps.partners.matching import match
from jangkau.apps.partners.models import Company, WorkerList
from jangkau.apps.registry.models import Kind
from jangkau.apps.registry.selectors import current


@work(LIST)
def match_workers(running: Running) -> dict[str, Any]:
    """Link a company's own list of workers to the members."""
    return match(WorkerList.objects.select_related("company", "by").get(pk=running.args["list"]), running)


@work(CHECK)
def check_companies(running: Running) -> dict[str, Any]:
    """Look at all companies beside the member register in use, and for employees whom no company has registered."""
    running.step(gettext_noop("Memeriksa perusahaan"))
    checked = check_all()
    running.step(gettext_noop("Mencari karyawan yang bukan peserta"))
    return {"perusahaan": checked, "karyawan": employees.refresh()}


@after("registers.read")
def members_came(job: Job) -> None:
    """A register was read: companies and employees are looked at anew."""
    if Company.objects.exists() or current(Kind.PENDUDUK):
        start(CHECK, {}, by=None)
