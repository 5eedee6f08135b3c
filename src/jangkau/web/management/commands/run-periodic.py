"""`jangkau-admin run-periodic`: what has to happen now and then; for a timer of the machine."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from jangkau.api import once
from jangkau.apps.claims.actions import daily
from jangkau.apps.field import flow
from jangkau.apps.jobs.actions import pick_up_the_fallen
from jangkau.apps.notices import sending
from jangkau.apps.partners import companies, groups, pledging
from jangkau.apps.reports import schedules
from jangkau.apps.requests.office import actions as requests
from jangkau.apps.scorecards import actions as scorecards
from jangkau.web.cover import ask_to_publish


class Command(BaseCommand):
    """Pick up fallen work, close and remind of claims, tell users, and forget what is kept for a time only.

    What came from the field meanwhile is settled too, and requests that a desk let lie go to the desk above.
    Safe at any time.
    """

    help = "Pekerjaan berkala; jalankan dari timer mesin."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        count = pick_up_the_fallen()
        daily()
        flow.poke()
        scorecards.daily()
        pledging.daily()
        companies.daily()
        groups.refresh(timezone.localdate())
        requests.daily()
        schedules.run_due()
        ask_to_publish()
        sending.daily()
        once.forget()
        call_command("clearsessions", verbosity=0)
        call_command("prune_db_task_results", verbosity=0)
        self.stdout.write(f"{count} pekerjaan dilanjutkan.")
