"""Addresses of persons."""

from django.urls import path

from jangkau.apps.people import views

urlpatterns = [
    path("pekerja/", views.people, name="people"),
]
