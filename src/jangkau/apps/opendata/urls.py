"""Addresses of open data."""

from django.urls import path

from jangkau.apps.opendata.views import public, work

urlpatterns = [
    path("terbuka/", public.index, name="open_data"),
    path("terbuka/edisi/<int:number>/<str:name>", public.download, name="open_file"),
    path("terbuka/<slug:code>/", public.dataset, name="open_dataset"),
    path("monev/data-terbuka/", work.editions, name="editions"),
    path("monev/data-terbuka/baru/", work.new, name="edition_new"),
    path("monev/data-terbuka/<int:pk>/", work.edition, name="edition"),
    path("monev/data-terbuka/<int:pk>/usulkan/", work.propose, name="edition_propose"),
    path("monev/data-terbuka/<int:pk>/terbitkan/", work.approve, name="edition_approve"),
    path("monev/data-terbuka/<int:pk>/tolak/", work.refuse, name="edition_refuse"),
    path("monev/data-terbuka/<int:pk>/cabut/", work.withdraw, name="edition_withdraw"),
]
