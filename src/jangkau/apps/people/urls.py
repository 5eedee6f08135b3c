"""Addresses of persons."""

from django.urls import path

from jangkau.apps.people import views

urlpatterns = [
    path("pekerja/", views.people, name="people"),
    path("pekerja/<str:key>/", views.person, name="person"),
    path("pekerja/<str:key>/nik/", views.reveal_nik, name="person_reveal"),
    path("pekerja/<str:key>/pisah/<int:pk>/", views.split, name="person_split"),
    path("pekerja/<str:key>/gabung/", views.merge, name="person_merge"),
    path("pekerja/<str:key>/batal/<int:pk>/", views.undo, name="person_undo"),
]
