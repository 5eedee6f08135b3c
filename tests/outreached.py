"""A campaign in kabupaten Seluma with its events, and counts of its villages made by hand."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import monitored
import polars as pl

from jangkau.apps.accounts.models import User
from jangkau.apps.outreach.gathered import place
from jangkau.apps.outreach.models import Campaign, Material, OutreachEvent, Score
from jangkau.core.kernel.month import month_of

NIUR, NEXT = "1705012002", "1705012003"
DAY = date(2026, 8, 12)
PER = date(2026, 10, 31)
VILLAGES = [f"17050120{at:02}" for at in range(2, 16)]


def campaign(by: User, region: str = "1705", **more: Any) -> Campaign:
    """For farmers, July to December 2026, with three questions."""
    told = {"nama": "Petani terlindungi", "jobs": "TANI", "first": date(2026, 7, 1), "last": date(2026, 12, 31),
            "target": 500, "questions": "beda|tunggu|beasiswa", "bank": "2026-11"}  # fmt: skip
    return Campaign.objects.create(region_code=region, by=by, **{**told, **more})


def event(of: Campaign, desa: str = NIUR, **more: Any) -> OutreachEvent:
    """An event that took place: 12 women and 8 men, 15 uncovered."""
    told = {"place": "Balai desa", "on": DAY, "speaker": "Ibu Contoh", "women": 12, "men": 8, "uncovered": 15,
            "recorded_by": of.by}  # fmt: skip
    return OutreachEvent.objects.create(campaign=of, region_code=desa, by=of.by, **{**told, **more})


def planned(of: Campaign, desa: str = NIUR, **more: Any) -> OutreachEvent:
    """An event that nobody has recorded."""
    return event(of, desa, **{"women": None, "men": None, "uncovered": None, "recorded_by": None, **more})


def everything(by: User, villages: Sequence[str] = VILLAGES) -> Campaign:
    """A campaign with events in six villages, a material, scores."""
    made = campaign(by)
    for at, desa in enumerate(villages[:6]):
        held = event(made, desa, on=date(2026, 7 + at % 2, 12))
        Score.objects.create(
            event=held, question="tunggu", asked_before=10, right_before=2, asked_after=8, right_after=6
        )
    sheet = Material.objects.create(campaign=made, kind="selebaran", what="TANI", nama="Selebaran petani",
                                    version="aturan abc", copies=100)  # fmt: skip
    held.materials.add(sheet)
    return made


def counts(villages: Iterable[str] = VILLAGES, after: int = 9) -> None:
    """Of every village 200 farmers, 20 and more covered; two to five a month join by themselves, `after` from the
    month of the event on in the first six."""
    counting = monitored.counting()
    folder = place(counting)
    folder.mkdir(parents=True, exist_ok=True)
    known = list(villages)
    rows = [(code, tag, n, 20 + at) for at, code in enumerate(known) for tag, n in (("TANI", 200), ("NELAYAN", 50))]
    columns = {"kode_desa": pl.String, "tanda": pl.String, "pekerja": pl.Int64, "terlindungi": pl.Int64}
    pl.DataFrame(rows, columns, orient="row").write_parquet(folder / "belum.parquet")
    joined = [
        (code, "TANI", month, _people(at, month, after))
        for at, code in enumerate(known) for month in range(month_of(PER) - 11, month_of(PER) + 1)
    ]  # fmt: skip
    columns = {"kode_desa": pl.String, "tanda": pl.String, "bulan": pl.Int64, "orang": pl.Int64}
    pl.DataFrame(joined, columns, orient="row").write_parquet(folder / "mandiri.parquet")
    about = {"per": PER.isoformat(), "terakhir": month_of(PER), "pertama": month_of(PER) - 11,
             "sumber": "register penduduk dan register peserta"}  # fmt: skip
    (folder / "tentang.json").write_text(json.dumps(about), "utf-8")


def _people(at: int, month: int, after: int) -> int:
    """Who joins in a month: more from the month of the event on in the first six villages."""
    begun = at < 6 and month >= month_of(date(2026, 7 + at % 2, 1))
    return (after if begun else 2) + (at * 5 + month * (1 + at % 3)) % 4
