"""Addresses of match review."""

from django.urls import path

from jangkau.apps.linkage import views

urlpatterns = [
    path("tinjauan/", views.review, name="review"),
    path("tinjauan/batal/", views.undo_last, name="review_undo_last"),
    path("tinjauan/pencocokan/", views.run, name="linkage_run"),
    path("tinjauan/pasangan/<int:pk>/", views.pair, name="review_pair"),
    path("tinjauan/pasangan/<int:pk>/putus/", views.decide, name="review_decide"),
    path("tinjauan/keputusan/<int:pk>/batal/", views.undo, name="review_undo"),
]
