"""Addresses of reconciliation and of the lapse radar."""

from django.urls import path

from jangkau.apps.reconciliation.views import handover, lists, one, radar

urlpatterns = [
    path("kepesertaan/rekonsiliasi/", lists.index, name="reconciliations"),
    path("kepesertaan/rekonsiliasi/mulai/", lists.start, name="reconciliation_start"),
    path("kepesertaan/rekonsiliasi/<int:pk>/", one.one, name="reconciliation"),
    path("kepesertaan/rekonsiliasi/<int:pk>/putuskan/", one.decide, name="reconciliation_decide"),
    path("kepesertaan/rekonsiliasi/<int:pk>/unduh/", one.export, name="reconciliation_export"),
    path("kepesertaan/rekonsiliasi/<int:pk>/pengganti/", one.replacing, name="reconciliation_substitutes"),
    path("kepesertaan/temuan/<int:pk>/batal/", one.undo, name="finding_undo"),
    path("kepesertaan/serah-terima/", handover.index, name="handovers"),
    path("kepesertaan/serah-terima/usulkan/", handover.propose, name="handover_propose"),
    path("kepesertaan/serah-terima/<int:pk>/putuskan/", handover.decide, name="handover_decide"),
    path("kepesertaan/radar/", radar.radar, name="radar"),
    path("kepesertaan/radar/jembatani/", radar.bridge, name="radar_bridge"),
]
