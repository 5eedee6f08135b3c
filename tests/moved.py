"""Twenty members of Seluma in August, of whom ten leave and twelve others come by October, kept as on the site."""

from datetime import date

import counted as c
import monitored
import polars as pl

from jangkau.apps.monitoring import persons, reading
from jangkau.apps.monitoring.gathering import Inputs
from jangkau.apps.monitoring.models import Counting
from jangkau.apps.registry.models import Programme
from jangkau.core.coverage import parameters, read_panel
from jangkau.core.law.book import Book

DAYS = (date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31))
SPAN = {"sejak": "2026-08-31", "sampai": "2026-10-31"}


def snapshot(until: str, *numbers: int):
    return c.members(
        *(c.member(n, kode_wilayah="1705", nama=f"Warga {n:02}", dibayar_sampai=until) for n in numbers),
        *(c.member(n, kode_wilayah="1705", nama=f"Warga {n:02}", dibayar_sampai="2025-01") for n in (90, 91)),
    )


def counting() -> Counting:
    """What moved from month to month is kept; over the two months it is worked out from the people kept."""
    Programme.objects.create(values={"provinsi": "17", "per": "2026-11-22", "mulai": "2026-12"})
    months = ("2026-08", "2026-09", "2026-10")
    who = (range(1, 21), range(11, 30), range(11, 33))
    potret = {day: snapshot(month, *numbers) for day, month, numbers in zip(DAYS, months, who, strict=True)}
    panel = read_panel(potret, "17", Book.load(), parameters().bayar_menyusul)
    persons.keep_people(monitored.PARTS, Inputs(potret=potret), panel, "17", Book.load())
    told = persons.changes(monitored.PARTS, panel, "17", ["1705"])
    rows = [*monitored.rows(), monitored.row("cakupan", "1705", DAYS[-1], 22, 100)]
    return monitored.counting(rows, beside={reading.CHANGED: told.filter(pl.col("sejak") != DAYS[0])})
