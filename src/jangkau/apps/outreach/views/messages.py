"""Pages of messages: all of them, one with its numbers filled, writing a new version."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, assignments, needs, within
from jangkau.apps.outreach import actions, selectors
from jangkau.apps.outreach.forms import PreviewForm, WordsForm
from jangkau.apps.outreach.models import Channel, OutreachEvent, Words
from jangkau.apps.portal.forms import WORK
from jangkau.apps.regions.selectors import region_name
from jangkau.core.kernel.formats import long_date
from jangkau.core.law.book import Book
from jangkau.core.outreach.messages import OCCASION, PLACES, Template, amounts, dated, message, sms

_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


@needs("outreach.view")
def words(request: HttpRequest) -> HttpResponse:
    """Every message in its newest version, by channel."""
    found = selectors.newest_words().values()
    groups = [(channel.label, [one for one in found if one.channel == channel]) for channel in Channel]
    context = {"groups": [group for group in groups if group[1]], "may_write": allowed(request.user, "outreach.words")}
    return render(request, "outreach/words.html", context)


@needs("outreach.view")
def words_one(request: HttpRequest, code: str) -> HttpResponse:
    """One message with the numbers of a day, ready to copy or print."""
    known = {template.version: template for (name, _v), template in selectors.all_words().items() if name == code}
    if not known:
        raise Http404
    asked = request.GET.get("versi", "")
    template = known.get(int(asked)) if asked.isdecimal() and len(asked) < 6 else known[max(known)]
    if template is None:
        raise Http404
    form = PreviewForm(request.GET if "tanggal" in request.GET else None)
    context = {
        "template": template, "versions": sorted(known, reverse=True), "form": form,
        "channel": Channel(template.channel).label, "told": _told(request, template, form),
        "law": Book.load().version[:8], "may_write": allowed(request.user, "outreach.words"),
    }  # fmt: skip
    return render(request, "outreach/words_one.html", context, status=422 if form.errors else 200)


def _told(request: HttpRequest, template: Template, form: PreviewForm) -> dict[str, Any] | None:
    """The message as it is sent; None where what was asked cannot be."""
    if form.is_bound and not form.is_valid():
        return None
    usual: dict[str, Any] = {"tanggal": timezone.localdate(), "pekerjaan": "TANI", "penghasilan": 1_000_000}
    given = form.cleaned_data if form.is_bound else usual
    day: date = given["tanggal"]
    values = amounts(day, sector=given["pekerjaan"], income=given["penghasilan"]) | _occasion(request)
    with translation.override("id"):  # what villagers read is Indonesian, whoever asks
        values["pekerjaan"] = str(WORK[given["pekerjaan"]])
    text = dated(message(template.text, values), day)
    return {"text": text, "day": day, "sms": sms(text) if template.channel == Channel.SMS else None}


def _occasion(request: HttpRequest) -> dict[str, str]:
    """What an event, where one is named that the user sees, says of itself; else the user's own region."""
    asked = request.GET.get("acara", "")
    events = OutreachEvent.objects.filter(within(request.user, "outreach.view"))
    event = events.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 12 else None
    if event is None:
        held = assignments(request.user)
        return {"wilayah": region_name(held[0].region_code)} if held else {}
    day = f"{_DAYS[event.on.weekday()]}, {long_date(event.on)}"
    return {"wilayah": region_name(event.region_code), "hari": day, "tempat": event.place}


@needs("outreach.words")
def words_edit(request: HttpRequest, code: str = "") -> HttpResponse:
    """A new message, or the next version of one."""
    assert isinstance(request.user, User)
    known = selectors.newest_words().get(code) if code else None
    if code and known is None:
        raise Http404
    start = {"channel": known.channel, "title": known.title, "text": known.text} if known else {}
    form = WordsForm(request.POST or None, code=code, initial=start, instance=Words(code=code) if code else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        name = code or told["code"]
        made = actions.write(name, told["channel"], told["title"], told["text"], by=request.user)
        messages.success(request, _("Pesan tersimpan sebagai versi %(n)s.") % {"n": made.version})
        return redirect("words_one", made.code)
    values = amounts(timezone.localdate())
    places = [(name, meaning, values.get(name, "")) for name, meaning in PLACES.items()]
    context = {"form": form, "template": known, "places": places, "occasion": OCCASION}
    return render(request, "outreach/words_edit.html", context, status=422 if form.is_bound else 200)
