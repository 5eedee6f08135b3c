"""A counting made by hand, and what was typed in and loaded beside it."""

import monitored
from examples import example


@example("monev_board")
def board(user) -> dict:
    monitored.counting()
    return {"region": "1705"}


@example("monev_chart")
def chart(user) -> dict:
    return board(user) | {"name": "urutan", "kind": "csv"}


@example("monev_figure")
def figure(user) -> dict:
    return board(user) | {"code": "cakupan"}
