"""Addresses of the field: for phones under their token, for the office under lapangan-kerja."""

from django.urls import path

from jangkau.apps.field.openrosa import lists, lookup, receive
from jangkau.apps.field.views import forms, giving, seeing, settle, trying, web

urlpatterns = [
    path("k/<str:token>/formList", lists.form_list, name="field_form_list"),
    path("k/<str:token>/forms/<int:pk>", lists.xform, name="field_xform"),
    path("k/<str:token>/forms/<int:pk>/manifest", lists.manifest, name="field_manifest"),
    path("k/<str:token>/forms/<int:pk>/<str:name>", lists.media, name="field_media"),
    path("k/<str:token>/integrity/<str:dataset>", lists.integrity, name="field_integrity"),
    path("k/<str:token>/submission", receive.submission, name="field_submission_in"),
    path("k/<str:token>/cek", lookup.lookup, name="field_lookup"),
    path("k/<str:token>/saya", web.whose, name="field_whose"),
    path("isi/", web.page, name="field_page"),
    path("isi/sw.js", web.worker, name="field_worker"),
    path("isi/manifest.webmanifest", web.manifest, name="field_app"),
    path("lapangan-kerja/", seeing.overview_page, name="field"),
    path("lapangan-kerja/isian/", seeing.submissions, name="field_submissions"),
    path("lapangan-kerja/isian/<int:pk>/", seeing.submission, name="field_submission"),
    path("lapangan-kerja/isian/<int:pk>/putusan/", settle.decide, name="field_decide"),
    path("lapangan-kerja/lampiran/<int:pk>/", seeing.file, name="field_file"),
    path("lapangan-kerja/karantina/", settle.quarantine, name="field_quarantine"),
    path("lapangan-kerja/perubahan/<int:pk>/", settle.decide_change, name="field_change"),
    path("lapangan-kerja/formulir/", forms.form_list, name="field_forms"),
    path("lapangan-kerja/formulir/unggah/", forms.upload, name="field_upload"),
    path("lapangan-kerja/formulir/<int:pk>/", forms.form, name="field_form"),
    path("lapangan-kerja/formulir/<int:pk>/keadaan/", forms.move, name="field_form_state"),
    path("lapangan-kerja/formulir/<int:pk>/unduh/", forms.download, name="field_form_download"),
    path("lapangan-kerja/formulir/<int:pk>/coba/", trying.page, name="field_form_try"),
    path("lapangan-kerja/formulir/<int:pk>/coba/xform", trying.xform, name="field_form_try_xform"),
    path("lapangan-kerja/formulir/<int:pk>/coba/berkas/<str:name>", trying.media, name="field_form_try_list"),
    path("lapangan-kerja/perangkat/", giving.device_list, name="field_devices"),
    path("lapangan-kerja/perangkat/<int:pk>/cabut/", giving.revoke, name="field_device_revoke"),
    path("lapangan-kerja/perangkat/<int:pk>/tautan/", giving.renew, name="field_device_renew"),
    path("lapangan-kerja/tugas/", giving.task_list, name="field_tasks"),
    path("lapangan-kerja/tugas/<int:pk>/cabut/", giving.withdraw, name="field_task_withdraw"),
    path("lapangan-kerja/tugas/<int:pk>/siapkan/", giving.prepare, name="field_prepare"),
]
