"""Pages of sponsors: who they are, their consent, and the list for everybody."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs, public
from jangkau.apps.audit.actions import record
from jangkau.apps.partners import pledging, selectors
from jangkau.apps.partners.forms import SponsorForm
from jangkau.apps.partners.models import Published, Sponsor

_PAGE = 50


@needs("pledges.view")
def sponsors(request: HttpRequest) -> HttpResponse:
    """The sponsors that the user sees."""
    assert isinstance(request.user, User)
    found = selectors.sponsors(request.user).annotate(count=Count("pledges", distinct=True)).order_by("nama", "pk")
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    may = {"may_keep": allowed(request.user, "sponsors.edit"), "may_say": allowed(request.user, "pledges.make")}
    return render(request, "partners/sponsors.html", {"page": page, **may})


@needs("sponsors.edit")
def sponsor(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add or change one."""
    assert isinstance(request.user, User)
    known = find(request, Sponsor.objects.all(), "sponsors.edit", pk=pk) if pk else None
    form = SponsorForm(request.POST or None, instance=known, by=request.user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = form.save()
            after = {"nama": made.nama, "pengguna": made.users.count()}
            record("partners.sponsor", by=request.user, thing=made, after=after)
        messages.success(request, _("Tersimpan."))
        return redirect("sponsors")
    return render(
        request, "partners/sponsor.html", {"form": form, "sponsor": known}, status=422 if form.is_bound else 200
    )


@needs("pledges.make")
@require_POST
def sponsor_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """May be named to everybody, or no longer."""
    assert isinstance(request.user, User)
    shown = get_object_or_404(selectors.sponsors(request.user), pk=pk)
    pledging.consent(shown, public=request.POST.get("umum") == "ya", by=request.user)
    messages.success(request, _("Tersimpan. Daftar untuk umum sudah diperbarui."))
    return redirect("sponsors")


@public
def sponsors_public(request: HttpRequest) -> HttpResponse:
    """Who pays for others, as published."""
    page = Paginator(Published.objects.all(), _PAGE).get_page(request.GET.get("page"))
    return render(request, "partners/public.html", {"page": page})
