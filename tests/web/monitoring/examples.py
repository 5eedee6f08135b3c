"""A counting made by hand, and what was typed in and loaded beside it."""

import monitored
from examples import example

from jangkau.apps.monitoring.models import Figure
from jangkau.apps.proofs.files import Kept
from jangkau.apps.registry.keeping import kept as place_of
from jangkau.apps.registry.models import Programme


@example("monev_board")
def board(user) -> dict:
    monitored.counting()
    return {"region": "1705"}


@example("monev_moves")
def moves(user) -> dict:
    day = monitored.DAYS
    monitored.counting(changes=[("1705", "SEMUA", step, 9, 9, day[0], day[1]) for step in ("awal", "akhir")])
    return {"region": "1705"}


@example("monev_chart")
def chart(user) -> dict:
    return board(user) | {"name": "urutan", "kind": "csv"}


@example("monev_figure")
def figure(user) -> dict:
    return board(user) | {"code": "cakupan"}


@example("monev_figure_withdraw", "monev_figure_document")
def typed(user) -> dict:
    told = {"indikator": "cakupan", "wilayah": "1705", "per": "2025-12-31", "nilai": 40, "versi": "terbit"}
    kept = Kept("0" * 64, 0, "pdf")
    place_of(kept.sha256).parent.mkdir(parents=True, exist_ok=True)
    place_of(kept.sha256).write_bytes(b"")
    return {"pk": Figure.objects.create(**told, sha256=kept.sha256, media=kept.media).pk}


@example("monev_people")
def people(user) -> dict:
    values = {"provinsi": "17", "per": "2026-11-22", "mulai": "2026-12"}
    Programme.objects.create(values=values)
    return board(user) | {"code": "peserta_aktif"}


@example("monev_people_file")
def people_file(user) -> dict:
    monitored.counting([monitored.row("nik_sah", "1705", monitored.DAYS[-1], 0, 0)])
    return {"region": "1705", "code": "nik_sah", "kind": "csv"}


@example("monev_people_nik")
def people_nik(user) -> dict:
    return people(user) | {"nomor": 0}
