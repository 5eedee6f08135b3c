"""What is printed: a letter to one family, a leaflet for everyone."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from jangkau.apps.accounts.permissions import needs
from jangkau.apps.audit.actions import record
from jangkau.apps.claims.models import Case, Happening
from jangkau.apps.claims.sight import PARTS, Sight, sight
from jangkau.apps.claims.views import find_case, user_of
from jangkau.apps.regions.selectors import path_name
from jangkau.core.enrolment.letters import Letter, leaflet_pdf, letter_pdf
from jangkau.core.law.book import Book


@needs("claims.view")
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter to the family, as a PDF; each one is on record."""
    case = find_case(request, pk, "claims.view")
    with translation.override("id"):  # families read Indonesian, whatever the office does
        pdf = letter_pdf(_letter(case, sight(case, Book.load())))
    record("claims.letter", by=user_of(request), thing=case)
    return _pdf(pdf, f"surat-{case}")


def _letter(case: Case, seen: Sight) -> Letter:
    unmet = [condition.name for condition in seen.claim.conditions if not condition.met] if seen.claim else []
    return Letter(
        number=str(case), on=timezone.localdate(), name=case.nama, place=path_name(case.region_code),
        happening=str(Happening(case.happening).label), day=case.day, death=case.death,
        due=[(str(PARTS[name]), amount) for name, amount in (seen.claim.parts if seen.claim else {}).items()],
        unmet=unmet, to_prove=list(seen.claim.to_prove) if seen.claim else [],
        papers=[(ticked.paper.name, ticked.paper.where, ticked.there is not None) for ticked in seen.papers],
        expires=case.expires, report_by=case.report_by if not case.told_at else None,
        sources=[source.reference for source in seen.claim.sources] if seen.claim else [],
    )  # fmt: skip


@needs("claims.view")
def leaflet(request: HttpRequest) -> HttpResponse:
    """The leaflet: what to do when somebody dies or is hurt at work."""
    return _pdf(leaflet_pdf(timezone.localdate()), "selebaran-klaim")


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer
