"""Pages of tokens: one's own, and an admin's view of somebody's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jangkau.apps.access import selectors
from jangkau.apps.access import tokens as actions
from jangkau.apps.access.forms import TokenForm
from jangkau.apps.access.models import ApiToken
from jangkau.apps.access.views import told
from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import needs


@needs("tokens.own")
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """My tokens. A POST makes one; its text is in this answer only."""
    assert isinstance(request.user, User)
    by, form = request.user, TokenForm(request.POST or None, by=request.user)
    made = None
    if request.method == "POST" and form.is_valid():
        made = told(form, lambda: actions.make(by, **form.cleaned_data))
    context = {"form": form if not made else TokenForm(by=by), "made": made, "tokens": ApiToken.objects.filter(user=by)}
    return render(request, "access/tokens.html", context)


@needs("tokens.own")
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """My token no longer works."""
    assert isinstance(request.user, User)
    actions.revoke(get_object_or_404(ApiToken, pk=pk, user=request.user), by=request.user)
    messages.success(request, _("Token dicabut."))
    return redirect("tokens")


@needs("users.manage")
@require_POST
def revoke_of_user(request: HttpRequest, pk: int, token: int) -> HttpResponse:
    """Somebody's token no longer works."""
    assert isinstance(request.user, User)
    found = get_object_or_404(ApiToken, pk=token, user__in=selectors.managed(request.user), user_id=pk)
    actions.revoke(found, by=request.user)
    messages.success(request, _("Token dicabut."))
    return redirect("user", pk)
