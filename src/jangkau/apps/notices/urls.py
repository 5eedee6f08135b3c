"""Addresses of notices."""

from django.urls import path

from jangkau.apps.notices import views

urlpatterns = [
    path("pemberitahuan/", views.notices, name="notices"),
    path("pemberitahuan/dibaca/", views.read_all, name="notices_read"),
    path("pemberitahuan/saluran/", views.channels, name="notice_channels"),
    path("pemberitahuan/<int:pk>/", views.follow, name="notice"),
]
