"""Addresses of the field: for phones under their token, for the office under lapangan-kerja."""

from django.urls import path

from jangkau.apps.field.openrosa import lists, lookup, receive

urlpatterns = [
    path("k/<str:token>/formList", lists.form_list, name="field_form_list"),
    path("k/<str:token>/forms/<int:pk>", lists.xform, name="field_xform"),
    path("k/<str:token>/forms/<int:pk>/manifest", lists.manifest, name="field_manifest"),
    path("k/<str:token>/forms/<int:pk>/<str:name>", lists.media, name="field_media"),
    path("k/<str:token>/integrity/<str:dataset>", lists.integrity, name="field_integrity"),
    path("k/<str:token>/submission", receive.submission, name="field_submission"),
    path("k/<str:token>/cek", lookup.lookup, name="field_lookup"),
]
