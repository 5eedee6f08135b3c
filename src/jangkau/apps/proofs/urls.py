"""Addresses of proof of work."""

from django.urls import path

from jangkau.apps.proofs import views

urlpatterns = [
    path("bukti/orang/<str:key>/", views.proofs, name="proofs"),
    path("bukti/<int:pk>/berkas/", views.file, name="proof_file"),
    path("bukti/<int:pk>/tarik/", views.withdraw, name="proof_withdraw"),
]
