"""Addresses of the public pages."""

from django.urls import path

from jangkau.apps.portal import views

urlpatterns = [
    path("portal/", views.home, name="portal"),
    path("portal/keluarga/", views.family, name="portal_family"),
    path("portal/tanya/", views.questions, name="portal_questions"),
    path("portal/cek/", views.check, name="portal_check"),
    path("portal/cek/waris/", views.heirs, name="portal_heirs"),
    path("portal/selebaran.pdf", views.leaflet, name="portal_leaflet"),
]
