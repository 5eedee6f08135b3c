"""Addresses of estimates."""

from django.urls import path

from jangkau.apps.impact import views

urlpatterns = [
    path("dampak/", views.impacts, name="impacts"),
    path("dampak/banding/", views.compare, name="impact_compare"),
    path("dampak/keluarga/", views.family, name="impact_family"),
    path("dampak/dasar/", views.bases, name="impact_bases"),
    path("dampak/dasar/beri/", views.give, name="impact_basis_give"),
    path("dampak/dasar/<int:pk>/tarik/", views.withdraw, name="impact_basis_withdraw"),
    path("dampak/<int:pk>/", views.impact, name="impact"),
    path("dampak/<int:pk>/hitung/", views.work_out, name="impact_work_out"),
    path("dampak/<int:pk>/dampak.csv", views.download, name="impact_download"),
]
