"""Addresses of requests: under /portal/ for everybody, under /permintaan/ for the desk."""

from django.urls import path

from jangkau.apps.requests.office import views as office
from jangkau.apps.requests.public import views as public

urlpatterns = [
    path("portal/permintaan/", public.start, name="ask_start"),
    path("portal/permintaan/cek/", public.status, name="ask_status"),
    path("portal/permintaan/tarik/", public.withdraw, name="ask_withdraw"),
    path("portal/permintaan/<slug:kind>/", public.place, name="ask_place"),
    path("portal/permintaan/<slug:kind>/<str:kecamatan>/", public.ask, name="ask"),
    path("permintaan/", office.petitions, name="petitions"),
    path("permintaan/<int:pk>/", office.petition, name="petition"),
    path("permintaan/<int:pk>/daftar/", office.enlist, name="petition_enlist"),
    path("permintaan/<int:pk>/hentikan/", office.stop, name="petition_stop"),
    path("permintaan/<int:pk>/betulkan/", office.mend, name="petition_mend"),
    path("permintaan/<int:pk>/jawab/", office.answer, name="petition_answer"),
    path("permintaan/<int:pk>/catat/", office.note, name="petition_note"),
    path("permintaan/<int:pk>/teruskan/", office.hand_up, name="petition_up"),
    path("permintaan/<int:pk>/nik/", office.reveal_nik, name="petition_reveal"),
]
