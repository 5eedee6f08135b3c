"""Addresses of the public pages."""

from django.urls import path

from jangkau.apps.portal import office_views, views

urlpatterns = [
    path("portal/", views.home, name="portal"),
    path("portal/keluarga/", views.family, name="portal_family"),
    path("portal/tanya/", views.questions, name="portal_questions"),
    path("portal/cek/", views.check, name="portal_check"),
    path("portal/cek/waris/", views.heirs, name="portal_heirs"),
    path("portal/bayar/", views.howto, name="portal_howto"),
    path("portal/klaim/", views.claiming, name="portal_claim"),
    path("portal/kantor/", views.offices, name="portal_offices"),
    path("portal/kantor/<str:kecamatan>/", views.offices_near, name="portal_offices_near"),
    path("portal/cakupan/", views.covered, name="portal_coverage"),
    path("portal/cakupan/<str:code>/", views.covered, name="portal_coverage_of"),
    path("portal/cetak/", views.materials, name="portal_materials"),
    path("portal/cetak/<slug:kind>-<slug:work>.pdf", views.material, name="portal_material"),
    path("data/kantor/", office_views.edit, name="offices"),
    path("data/kantor/unduh/", office_views.download, name="offices_download"),
    path("portal/selebaran.pdf", views.leaflet, name="portal_leaflet"),
]
