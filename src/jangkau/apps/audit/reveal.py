"""Showing a number in full: with a reason, on record, a limited number of times an hour, never kept by a browser.

A page shows `{% include "audit/parts/reveal.html" with address=... %}` beside the masked number; the view behind that
address finds the thing within the user's region and returns `reveal(...)`:

    @needs("people.reveal")
    @require_POST
    def reveal_nik(request: HttpRequest, pk: int) -> HttpResponse:
        person = find(request, Person.objects.all(), "people.reveal", pk=pk)
        return reveal(request, person, "nik", back=reverse("people.person", args=[pk]))
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.audit.models import Event

VERB = "reveal"


class ReasonForm(forms.Form):
    """Why the number must be seen."""

    alasan = forms.CharField(
        label=_("Alasan membuka nomor lengkap"),
        min_length=10,
        max_length=300,
        strip=True,
        error_messages={
            "required": _("Tulis alasannya, paling sedikit 10 huruf."),
            "min_length": _("Alasan terlalu pendek: tulis paling sedikit 10 huruf."),
        },
    )


def reveal(
    request: HttpRequest, thing: Model, field: str, *, back: str, number: str | None = None,
    told: Mapping[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """The number in full if the POST gives a reason and the user has not had too many this hour; else the form again.

    `thing` is already found within the user's region; `field` names its number, which `number` gives where it is kept
    elsewhere, `told` then saying of whom it is. The answer is a fragment for htmx and a page otherwise. The audit log
    says who saw which field of what and why, never the number itself.
    """
    assert isinstance(request.user, User)
    form = ReasonForm(request.POST)
    own = str(getattr(thing, field) or "") if number is None else number
    seen = own if form.is_valid() and _recorded(request.user, thing, {"kolom": field, **(told or {})}, form) else None
    template = "audit/parts/reveal.html" if request.headers.get("HX-Request") else "audit/reveal.html"
    shown = {"form": form, "number": seen, "address": request.get_full_path(), "back": back}
    answer = render(request, template, shown)
    add_never_cache_headers(answer)
    return answer


@transaction.atomic
def _recorded(user: User, thing: Model, told: Mapping[str, Any], form: ReasonForm) -> bool:
    """Whether it was put on record; else, with an error in the form, the hour's share is used up."""
    User.objects.select_for_update().get(pk=user.pk)  # two requests at once count one after the other
    if left(user) <= 0:
        words = _("Batas %(limit)s nomor per jam sudah tercapai. Lanjutkan nanti, atau minta admin menaikkan batasnya.")
        form.add_error(None, words % {"limit": settings.JANGKAU_REVEALS_PER_HOUR})
        return False
    record(VERB, by=user, thing=thing, after=told, reason=form.cleaned_data["alasan"])
    return True


def left(user: User) -> int:
    """How many more numbers the user may see within this hour."""
    since = timezone.now() - timedelta(hours=1)
    seen = Event.objects.filter(oleh=user, tindakan=VERB, waktu__gt=since).count()
    return int(settings.JANGKAU_REVEALS_PER_HOUR) - seen
