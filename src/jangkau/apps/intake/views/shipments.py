"""A shipment while it is read, and what came of it."""

from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import find, needs
from jangkau.apps.intake import listing
from jangkau.apps.intake.actions.receive import resume
from jangkau.apps.intake.models import FileState, Shipment
from jangkau.apps.jobs import actions as jobs


def _shipment(request: HttpRequest, permission: str, pk: int) -> Shipment:
    return find(request, Shipment.objects.select_related("job", "by"), permission, pk=pk)


@needs("intake.view")
def shipment(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the reading is, and every file with what was found in it."""
    shown = _shipment(request, "intake.view", pk)
    counts = shown.files.aggregate(
        files=Count("pk"), waiting=Count("pk", filter=Q(state=FileState.WAITING)), rows=Sum("rows_read"),
        people=Sum("people"), faults=Sum("faults"), warnings=Sum("warnings"),
    )  # fmt: skip
    running = bool(shown.job and shown.job.alive)
    context = {"shipment": shown, "counts": counts, "done": counts["files"] - counts["waiting"], "running": running}
    if request.headers.get("HX-Request") and running:
        return render(request, "intake/parts/progress.html", context)
    files = list(shown.files.select_related("shipment__by").order_by("name"))
    earlier = listing.earlier(files)
    context |= {
        "files": [(file, earlier.get(file.pk, [])) for file in files],
        "kinds": listing.kinds(shown.files.all()),
    }
    answer = render(request, "intake/shipment.html", context)
    if request.headers.get("HX-Request"):
        answer.headers["HX-Refresh"] = "true"
    return answer


@needs("intake.upload")
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the reading; files that were read stay read."""
    assert isinstance(request.user, User)
    shown = _shipment(request, "intake.upload", pk)
    if shown.job and shown.job.alive:
        jobs.cancel(shown.job, by=request.user)
    return redirect("intake_shipment", pk)


@needs("intake.upload")
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the files that still wait."""
    assert isinstance(request.user, User)
    resume(_shipment(request, "intake.upload", pk), by=request.user)
    return redirect("intake_shipment", pk)
