"""Addresses of lists."""

from django.urls import URLPattern, path

from jangkau.apps.intake import views

urlpatterns: list[URLPattern] = [
    path("pendataan/", views.lists.index, name="intake"),
    path("pendataan/kirim/", views.lists.send, name="intake_send"),
    path("pendataan/belum-kirim/", views.lists.missing, name="intake_missing"),
    path("pendataan/baris-saya/", views.lists.elsewhere, name="intake_elsewhere"),
    path("pendataan/masalah.xlsx", views.lists.hand_back_many, name="intake_hand_back_many"),
    path("pendataan/kiriman/<int:pk>/", views.shipments.shipment, name="intake_shipment"),
    path("pendataan/kiriman/<int:pk>/hentikan/", views.shipments.stop, name="intake_stop"),
    path("pendataan/kiriman/<int:pk>/lanjutkan/", views.shipments.go_on, name="intake_go_on"),
    path("pendataan/daftar/<int:pk>/", views.one.show, name="intake_list"),
    path("pendataan/daftar/<int:pk>/isi/", views.one.rows, name="intake_rows"),
    path("pendataan/daftar/<int:pk>/asli", views.one.original, name="intake_original"),
    path("pendataan/daftar/<int:pk>/masalah.xlsx", views.one.hand_back, name="intake_hand_back"),
    path("pendataan/daftar/<int:pk>/cabut/", views.one.withdraw, name="intake_withdraw"),
    path("pendataan/daftar/<int:pk>/kembalikan/", views.one.restore, name="intake_restore"),
    path("pendataan/daftar/<int:pk>/baca-lagi/", views.one.read_again, name="intake_read_again"),
    path("pendataan/daftar/<int:pk>/gantikan/<int:old>/", views.one.replace, name="intake_replace"),
    path("pendataan/daftar/<int:pk>/batalkan/", views.one.undo_return, name="intake_undo_return"),
    path("pendataan/baris/<int:pk>/", views.cells.row, name="intake_row"),
    path("pendataan/baris/<int:pk>/sel/<str:kolom>/", views.cells.cell, name="intake_cell"),
    path("pendataan/perbaikan/<int:pk>/batalkan/", views.cells.undo, name="intake_undo"),
    path("pendataan/perbaikan/<int:pk>/putuskan/", views.cells.decide, name="intake_decide"),
]
