"""Pages of groups: the register, one group with its lists and counts; a liaison sees the own group only."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs
from jangkau.apps.audit.actions import record
from jangkau.apps.intake.actions.receive import Incoming
from jangkau.apps.partners import groups as actions
from jangkau.apps.partners import selectors
from jangkau.apps.partners.company_forms import GroupForm
from jangkau.apps.partners.models import Group

_PAGE = 50


@needs("groups.view")
def groups(request: HttpRequest) -> HttpResponse:
    """The groups that the user sees."""
    assert isinstance(request.user, User)
    found = selectors.groups(request.user).annotate(count=Count("shipments", distinct=True))
    page = Paginator(found.order_by("closed", "nama", "pk"), _PAGE).get_page(request.GET.get("page"))
    return render(request, "partners/groups.html", {"page": page, "may_edit": allowed(request.user, "groups.edit")})


@needs("groups.edit")
def group_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add or change one."""
    assert isinstance(request.user, User)
    known = find(request, Group.objects.all(), "groups.edit", pk=pk) if pk else None
    form = GroupForm(request.POST or None, instance=known, by=request.user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = form.save()
            after = {"nama": made.nama, "jenis": made.kind, "akun": made.users.count()}
            record("partners.group", by=request.user, thing=made, after=after)
        return redirect("group", made.pk)
    context = {"form": form, "group": known}
    return render(request, "partners/group_edit.html", context, status=422 if form.is_bound else 200)


@needs("groups.view")
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One group: its liaison, its lists, counts of its members."""
    assert isinstance(request.user, User)
    shown, today = get_object_or_404(selectors.groups(request.user), pk=pk), timezone.localdate()
    office = any(shown.region_code.startswith(code) for code in selectors.office_codes(request.user, "groups.view"))
    counts = actions.counts if office else actions.told
    context: dict[str, Any] = {
        "group": shown, "office": office, "least": settings.JANGKAU_SMALL_CELLS, "counts": counts(shown, today),
        "shipments": actions.sent(shown)[:_PAGE], "may_edit": allowed(request.user, "groups.edit", shown.region_code),
        "may_send": not shown.closed and allowed(request.user, "intake.send", shown.region_code),
    }  # fmt: skip
    return render(request, "partners/group.html", context)


@needs("intake.send")
@require_POST
def group_send(request: HttpRequest, pk: int) -> HttpResponse:
    """A list of its members comes."""
    assert isinstance(request.user, User)
    shown = get_object_or_404(selectors.groups(request.user).filter(closed=False), pk=pk)
    files = [Incoming(upload.name or "berkas", upload.chunks()) for upload in request.FILES.getlist("berkas")]
    shipment = actions.send(shown, files, by=request.user)
    if not shipment.job:
        messages.info(request, _("Semua berkas ini sudah pernah dikirim. Tidak ada yang berubah."))
    elif not allowed(request.user, "intake.view", shipment.region_code):
        messages.success(request, _("Daftar diterima dan sedang dibaca. Kantor desa memeriksanya."))
    may_see = allowed(request.user, "intake.view", shipment.region_code)
    return redirect("intake_shipment", shipment.pk) if may_see else redirect("group", pk)
