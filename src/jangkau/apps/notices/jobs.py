"""Background work on notices."""

from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext_noop

from jangkau.apps.intake.models import FileState, Shipment
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Running, after, work
from jangkau.apps.notices.actions import tell
from jangkau.apps.notices.sending import KIND, deliver


@work(KIND)
def send(running: Running) -> dict[str, Any]:
    """Send the messages that are due."""
    running.step(gettext_noop("Mengirim pemberitahuan"))
    return dict(deliver())


@after("intake.read")
def tell_of_problems(job: Job) -> None:
    """Whoever sent lists is told once, of all of them, how much in them must be mended."""
    shipment = Shipment.objects.filter(pk=job.args.get("shipment")).select_related("by").first()
    if shipment is None or shipment.by is None:
        return
    faulty = shipment.files.filter(state=FileState.READ, faults__gt=0).aggregate(n=Sum("faults"), daftar=Count("pk"))
    if faulty["daftar"]:
        link, key = reverse("intake_shipment", args=[shipment.pk]), f"kiriman-{shipment.pk}"
        tell("list_problems", region_code=shipment.region_code, link=link, key=key, to=shipment.by, **faulty)
