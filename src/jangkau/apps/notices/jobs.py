"""Background work on notices."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from jangkau.apps.intake.models import FileState, ListFile
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Running, after, work
from jangkau.apps.notices.actions import tell
from jangkau.apps.notices.sending import KIND, deliver
from jangkau.apps.regions.selectors import region_name


@work(KIND)
def send(running: Running) -> dict[str, Any]:
    """Send the messages that are due."""
    running.step(gettext_noop("Mengirim pemberitahuan"))
    return dict(deliver())


@after("intake.read")
def tell_of_problems(job: Job) -> None:
    """Whoever sent a list is told how much in it must be mended."""
    files = ListFile.objects.filter(shipment=job.args.get("shipment"), state=FileState.READ, faults__gt=0)
    for file in files.select_related("shipment__by"):
        if file.shipment.by:
            link, key = reverse("intake_list", args=[file.pk]), f"daftar-{file.pk}"
            place = region_name(file.region_code)
            tell("list_problems", region_code=file.region_code, link=link, key=key, to=file.shipment.by, judul=place,
                 n=file.faults)  # fmt: skip
