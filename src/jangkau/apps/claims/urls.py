"""Addresses of claims."""

from django.urls import path

from jangkau.apps.claims import papers_views, report_views, views

urlpatterns = [
    path("klaim/", views.claims, name="claims"),
    path("klaim/unduh/", views.export, name="claims_export"),
    path("klaim/lapor/", report_views.look, name="claim_look"),
    path("klaim/lapor/isi/", report_views.report, name="claim_report"),
    path("klaim/selebaran/", papers_views.leaflet, name="claim_leaflet"),
    path("klaim/<int:pk>/", views.claim, name="claim"),
    path("klaim/<int:pk>/langkah/", views.step, name="claim_step"),
    path("klaim/<int:pk>/berkas/", views.paper, name="claim_paper"),
    path("klaim/<int:pk>/lapor-bpjs/", views.told, name="claim_told"),
    path("klaim/<int:pk>/betulkan/", views.correct, name="claim_correct"),
    path("klaim/<int:pk>/surat/", papers_views.letter, name="claim_letter"),
    path("klaim/berkas/<int:pk>/", views.file, name="claim_file"),
]
