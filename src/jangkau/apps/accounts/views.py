"""The account page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jangkau.apps.accounts.permissions import assignments, needs


@needs("account.view")
def mine(request: HttpRequest) -> HttpResponse:
    """Who I am here, and how I sign in."""
    return render(request, "accounts/mine.html", {"assignments": assignments(request.user)})
