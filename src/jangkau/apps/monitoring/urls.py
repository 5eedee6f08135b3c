"""Addresses of monitoring."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from jangkau.apps.monitoring.views import board


class _Region(StringConverter):
    regex = r"\d{2}|\d{4}|\d{6}|\d{10}"


register_converter(_Region, "region")
urlpatterns = [
    path("monev/", board.home, name="monev"),
    path("monev/<region:region>/", board.board, name="monev_board"),
    path("monev/<region:region>/gambar/<str:name>.<str:kind>", board.picture, name="monev_chart"),
    path("monev/<region:region>/angka/<str:code>/", board.figure, name="monev_figure"),
]
