"""Making, looking through and deciding about editions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs, require
from jangkau.apps.opendata import actions, selectors
from jangkau.apps.opendata.forms import EditionForm, ReasonForm
from jangkau.apps.opendata.models import Edition, EditionState
from jangkau.apps.registry.selectors import settings

_PAGE = 50


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@needs("opendata.view")
def editions(request: HttpRequest) -> HttpResponse:
    """All editions."""
    page = Paginator(selectors.editions(), _PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_propose": allowed(request.user, "opendata.propose")}
    return render(request, "opendata/index.html", context)


@needs("opendata.propose")
def new(request: HttpRequest) -> HttpResponse:
    """Ask for an edition."""
    province = settings().provinsi
    require(request, "opendata.propose", province)
    form = EditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        title, choice = form.cleaned_data["judul"], form.choice()
        made = actions.ask(title, choice, by=_user(request), region_code=province)
        return redirect("edition", made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "opendata/new.html", {"form": form}, status=status)


@needs("opendata.view")
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition: what is closed and why, what the attack found; while it is made, how far that is."""
    shown = _found(request, pk)
    if request.headers.get("HX-Request"):
        answer = render(request, "opendata/parts/progress.html", {"edition": shown})
        if shown.state != EditionState.COMPUTING:
            answer.headers["HX-Refresh"] = "true"
        return answer
    return render(request, "opendata/edition.html", _page(request, shown, ReasonForm()))


def _found(request: HttpRequest, pk: int) -> Edition:
    return find(
        request, selectors.editions().select_related("proposed_by", "withdrawn_by"), "opendata.view", None, pk=pk
    )


def _page(request: HttpRequest, shown: Edition, form: ReasonForm) -> dict[str, Any]:
    mine = request.user.pk in {shown.made_by_id, shown.proposed_by_id}
    may_approve = allowed(request.user, "opendata.approve", shown.region_code)
    rows = selectors.closed(shown)
    return {
        "edition": shown, "rows": rows, "total": selectors.total(rows), "form": form, "states": EditionState,
        "may_propose": allowed(request.user, "opendata.propose", shown.region_code),
        "may_decide": may_approve and not mine, "own": may_approve and mine, "may_withdraw": may_approve,
    }  # fmt: skip


def _step(permission: str, act: Callable[..., Edition], done: str, *, reasoned: bool = False) -> Callable[..., Any]:
    """A view that does one thing with an edition, for a reason where one is asked, and comes back to it."""

    @needs(permission)
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        shown = find(request, selectors.editions(), permission, pk=pk)
        form = ReasonForm(request.POST)
        if reasoned and not form.is_valid():
            return render(request, "opendata/edition.html", _page(request, shown, form), status=422)
        act(shown, *([form.cleaned_data["alasan"]] if reasoned else []), by=_user(request))
        messages.success(request, _(done))
        return redirect("edition", pk)

    return view


propose = _step("opendata.propose", actions.propose, gettext_noop("Edisi diusulkan. Yang memutusnya orang lain."))
approve = _step("opendata.approve", actions.approve, gettext_noop("Edisi terbit. Semua orang kini dapat membacanya."))
refuse = _step("opendata.approve", actions.refuse, gettext_noop("Edisi ditolak. Alasannya tercatat."), reasoned=True)
_GONE = gettext_noop("Edisi dicabut. Berkasnya tidak dapat diunduh lagi.")
withdraw = _step("opendata.approve", actions.withdraw, _GONE, reasoned=True)
