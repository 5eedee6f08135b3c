"""Addresses of monitoring."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from jangkau.apps.monitoring.views import behind, board, entering


class _Region(StringConverter):
    regex = r"\d{2}|\d{4}|\d{6}|\d{10}"


register_converter(_Region, "region")
urlpatterns = [
    path("monev/", board.home, name="monev"),
    path("monev/angka/", entering.figures, name="monev_figures"),
    path("monev/angka/baru/", entering.new_figure, name="monev_figure_new"),
    path("monev/angka/<int:pk>/tarik/", entering.withdraw, name="monev_figure_withdraw"),
    path("monev/angka/<int:pk>/dokumen/", entering.document, name="monev_figure_document"),
    path("monev/batas/", entering.load_borders, name="monev_borders"),
    path("monev/<region:region>/", board.board, name="monev_board"),
    path("monev/<region:region>/perubahan/", board.moves, name="monev_moves"),
    path("monev/<region:region>/gambar/<str:name>.<str:kind>", board.picture, name="monev_chart"),
    path("monev/<region:region>/angka/<str:code>/", board.figure, name="monev_figure"),
    path("monev/<region:region>/angka/<str:code>/orang/", behind.people, name="monev_people"),
    path("monev/<region:region>/angka/<str:code>/orang.<str:kind>", behind.people_file, name="monev_people_file"),
    path(
        "monev/<region:region>/angka/<str:code>/orang/<int:nomor>/nik/", behind.reveal_person, name="monev_people_nik"
    ),
]
