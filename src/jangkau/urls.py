"""Every address."""

from django.urls import URLPattern, URLResolver, include, path

from jangkau.api.main import api
from jangkau.web import home, look

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("healthz", home.healthz, name="healthz"),
    path("", include("jangkau.apps.field.urls")),  # early: thousands of phones send at the end of a day
    path("tampilan/", look.look, name="look"),
    path("api/v1/", api.urls),
    path("", include("jangkau.apps.accounts.urls")),
    path("", include("jangkau.apps.access.urls")),
    path("", include("jangkau.apps.audit.urls")),
    path("", include("jangkau.apps.registry.urls")),
    path("", include("jangkau.apps.linkage.urls")),
    path("", include("jangkau.apps.intake.urls")),
    path("", include("jangkau.apps.notices.urls")),
    path("", include("jangkau.apps.proofs.urls")),
    path("", include("jangkau.apps.reconciliation.urls")),
    path("", include("jangkau.apps.claims.urls")),
    path("", include("jangkau.apps.enrolment.urls")),
    path("", include("jangkau.apps.planning.urls")),
    path("", include("jangkau.apps.scorecards.urls")),
    path("", include("jangkau.apps.people.urls")),
    path("", include("jangkau.apps.reports.urls")),
    path("", include("jangkau.apps.impact.urls")),
    path("", include("jangkau.apps.surveys.urls")),
    path("", include("jangkau.apps.opendata.urls")),
    path("", include("jangkau.apps.monitoring.urls")),
    path("", include("jangkau.apps.partners.urls")),
    path("", include("jangkau.apps.outreach.urls")),
    path("", include("jangkau.apps.requests.urls")),
    path("", include("jangkau.apps.portal.urls")),
]
handler400 = "jangkau.web.errors.unreadable"
handler403 = "jangkau.web.errors.refused"
handler404 = "jangkau.web.errors.not_found"
handler500 = "jangkau.web.errors.failed"
