"""Addresses of reports."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from jangkau.apps.reports import views
from jangkau.apps.reports.models import Kind


class _Document(StringConverter):
    regex = "|".join(Kind.values)


register_converter(_Document, "report_kind")
urlpatterns = [
    path("monev/laporan/", views.reports, name="reports"),
    path("monev/laporan/buat/", views.make, name="report_make"),
    path("monev/laporan/jadwal/", views.schedules, name="report_schedules"),
    path("monev/laporan/jadwal/<int:pk>/henti/", views.stop, name="report_schedule_stop"),
    path("monev/laporan/jadwal/<int:pk>/kabar/", views.follow, name="report_schedule_follow"),
    path("monev/laporan/<int:pk>/", views.report, name="report"),
    path("monev/laporan/<int:pk>/<report_kind:kind>/", views.download, name="report_download"),
    path("monev/laporan/<int:pk>/banding/", views.compare, name="report_compare"),
    path("monev/laporan/<int:pk>/catatan/", views.note, name="report_note"),
    path("monev/laporan/<int:pk>/tarik/", views.withdraw, name="report_withdraw"),
]
