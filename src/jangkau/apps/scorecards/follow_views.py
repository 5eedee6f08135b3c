"""Follow-ups: the list, taking one on, ending it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.permissions import allowed, find, needs
from jangkau.apps.scorecards import actions, selectors
from jangkau.apps.scorecards.forms import AgreeForm, FinishForm
from jangkau.apps.scorecards.models import FollowUp, Step
from jangkau.apps.scorecards.views import PER_PAGE, user_of


@needs("scorecards.view")
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Everything recommended and agreed, by state."""
    return _list(request)


def _list(request: HttpRequest, wrong: str = "", at: int = 0, status: int = 200) -> HttpResponse:
    own = selectors.follow_ups(user_of(request))
    counts = dict(own.order_by().values_list("state").annotate(n=Count("pk")))
    state = request.GET.get("keadaan", "")
    state = state if state in Step.values else ""
    page = Paginator(own.filter(state=state) if state else own, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "state": state, "wrong": wrong, "at": at,
        "groups": [("", _("Semua"), sum(counts.values())), *((k, w, counts.get(k, 0)) for k, w in Step.choices)],
        "may_fill": allowed(request.user, selectors.FILL),
    }  # fmt: skip
    return render(request, "scorecards/follow_ups.html", context, status=status)


def _found(request: HttpRequest, pk: int) -> FollowUp:
    return find(request, FollowUp.objects.all(), selectors.FILL, "card__region_code", pk=pk)


@needs("scorecards.fill")
@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Who does it and until when."""
    follow_up, form = _found(request, pk), AgreeForm(request.POST)
    if not form.is_valid():
        words = " ".join(str(error) for error in form.errors.get("batas", ())) or _("Isi pelaksana dan batas waktunya.")
        return _list(request, words, pk, 422)
    told = form.cleaned_data
    actions.agree(follow_up, told["pelaksana"], told["batas"], by=user_of(request))
    messages.success(request, _("Tindak lanjut disepakati."))
    return redirect("scorecard_follow_ups")


@needs("scorecards.fill")
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of it."""
    follow_up, form = _found(request, pk), FinishForm(request.POST)
    if not form.is_valid():
        return _list(request, _("Tulis hasilnya, atau mengapa dibatalkan."), pk, 422)
    told = form.cleaned_data
    actions.finish(follow_up, told["hasil"], dropped=told["batal"], by=user_of(request))
    messages.success(request, _("Tercatat."))
    return redirect("scorecard_follow_ups")
