"""Addresses of the audit log."""

from django.urls import path

from jangkau.apps.audit import views

urlpatterns = [
    path("audit/", views.browse, name="audit"),
    path("audit/unduh/", views.export, name="audit_export"),
    path("audit/<int:nomor>/", views.event, name="audit_event"),
]
