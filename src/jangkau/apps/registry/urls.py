"""Addresses of registers, funds, targets and settings."""

from django.urls import path

from jangkau.apps.registry import views

urlpatterns = [
    path("data/", views.snapshots, name="snapshots"),
    path("data/unggah/", views.upload, name="snapshot_upload"),
    path("data/cuplikan/<int:pk>/", views.snapshot, name="snapshot"),
    path("data/cuplikan/<int:pk>/tarik/", views.withdraw, name="snapshot_withdraw"),
    path("data/cuplikan/<int:pk>/asal/", views.original, name="snapshot_original"),
    path("data/dana/", views.funds, name="funds"),
    path("data/dana/baru/", views.fund, name="fund_new"),
    path("data/dana/<int:pk>/", views.fund, name="fund"),
    path("data/target/", views.targets, name="targets"),
    path("data/target/baru/", views.target, name="target_new"),
    path("data/target/<int:pk>/", views.target, name="target"),
    path("data/target/<int:pk>/hapus/", views.remove_target, name="target_remove"),
    path("data/wilayah/", views.regions, name="regions"),
    path("data/wilayah/<str:code>/", views.regions, name="region"),
    path("data/pengaturan/", views.programme, name="programme"),
]
