"""The published lottery: people alike in fund and points draw lots, and anyone can repeat the draw."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from jangkau.core.planning.build import Built
from jangkau.core.planning.explain.record import Record
from jangkau.core.planning.instance import Ints
from jangkau.core.planning.schedule import ticket
from jangkau.core.tables.results import UNDIAN
from jangkau.core.tables.schema import Frame

RECIPE = "karcis = sha256('benih|id_pekerja'), terkecil menang; misalnya: printf '%s' '{benih}|{id}' | sha256sum"


@dataclass(frozen=True)
class Draw:
    """One person in the lottery: ticket, rank among the tied (1 wins first), how many stood and how many won."""

    karcis: str
    urutan: int
    peserta: int
    menang: int
    resep: str


def draw_of(record: Record, at: int) -> Draw | None:
    """The lottery that a person (place in `built.people`) took part in; None where no tie had to be settled."""
    if record.alike.signature[at] < 0:
        return None
    tied = _tied(record, at)
    won = int(record.is_paid[tied].sum())
    if not 0 < won < len(tied):
        return None
    seed, ids = record.settings.benih, record.built.people["id_pekerja"]
    mine = ticket(seed, ids[at])
    rank = sum(ticket(seed, who) <= mine for who in ids.gather(tied).to_list())
    return Draw(mine, rank, len(tied), won, RECIPE.format(benih=seed, id=ids[at]))


def lotteries(record: Record) -> Frame:
    """UNDIAN: every ticket of every lottery of the plan, without a name or a number of anybody."""
    built, case = record.alike, record.alike.case
    points = built.people["poin"].to_numpy()
    known = built.signature >= 0
    table = pl.DataFrame(
        {
            "u": built.signature[known], "poin": points[known], "terpilih": record.is_paid[known],
            "id": built.people["id_pekerja"].filter(pl.Series(known)),
        }
    )  # fmt: skip
    split = table.with_columns(menang=pl.col("terpilih").sum().over("u", "poin"), n=pl.len().over("u", "poin"))
    drawn = split.filter((pl.col("menang") > 0) & (pl.col("menang") < pl.col("n")))
    codes = [fund.code for fund in record.funds]
    funds = [" ".join(codes[f] for f in np.unique(case.arc_fund[case.arc_u == u])) for u in drawn["u"].unique().sort()]
    seed = record.settings.benih
    drawn = drawn.with_columns(
        undian=pl.struct("u", "poin").rank("dense").cast(pl.Int64),
        dana=pl.Series(funds, dtype=pl.String).gather(drawn["u"].rank("dense").cast(pl.Int64) - 1),
        karcis=pl.Series([ticket(seed, who) for who in drawn["id"]], dtype=pl.String),
    )
    ranked = drawn.with_columns(urutan=pl.col("karcis").rank("ordinal").over("undian").cast(pl.Int64))
    return UNDIAN.check(ranked.sort("undian", "urutan"))


def ahead(built: Built, at: int, points: int, seed: int | str) -> int:
    """People of the same standing who come before a person that has so many points: more points, or a better lot."""
    others = np.flatnonzero(built.signature == built.signature[at])
    others = others[others != at]
    theirs = built.people["poin"].to_numpy()[others]
    ids = built.people["id_pekerja"]
    mine = ticket(seed, ids[at])
    better = sum(ticket(seed, who) < mine for who in ids.gather(others[theirs == points]).to_list())
    return int((theirs > points).sum()) + better


def _tied(record: Record, at: int) -> Ints:
    """Places of the people of the same standing and points, the person among them."""
    built = record.alike
    points = built.people["poin"].to_numpy()
    return np.flatnonzero((built.signature == built.signature[at]) & (points == points[at]))
