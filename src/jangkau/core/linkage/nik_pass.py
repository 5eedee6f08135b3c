"""The exact pass: equal NIK, believed only where name and birth date do not speak against it."""

import polars as pl

from jangkau.core.linkage.blocks import NIK, Index, candidates
from jangkau.core.linkage.comparisons import ELSE, Comparison, Level
from jangkau.core.linkage.household import OWN_NAME
from jangkau.core.linkage.normalise import Connection
from jangkau.core.linkage.pairs import Desk, Rows
from jangkau.core.linkage.readings import Levels
from jangkau.core.linkage.side import Numbers, Side

GUARD_COLUMNS = ("nama", "bunyi", "awal", "akhir", "kata", "lahir")
_NAMES_AGREE = (
    "(bunyi_l = bunyi_r OR jaro_winkler_similarity(nama_l, nama_r) >= 0.92 "
    "OR jaro_winkler_similarity(bunyi_l, bunyi_r) >= 0.92)"
)
_DATES_NEAR = (
    "(lahir_l IS NULL OR lahir_r IS NULL OR year(lahir_l) = year(lahir_r) "
    "OR (month(lahir_l) = month(lahir_r) AND day(lahir_l) = day(lahir_r)))"
)
_NAMES_NEAR = "(jaro_winkler_similarity(nama_l, nama_r) >= 0.75 OR list_has_any(kata_l, kata_r))"
# Twins share the date and often a word of the name; a date alone therefore asks for more than one common word
# when the sexes differ or nothing else agrees.
GUARD = (
    f"{OWN_NAME} AND (({_NAMES_AGREE} AND {_DATES_NEAR}) "
    f"OR (lahir_l = lahir_r AND (nama_l IS NULL OR nama_r IS NULL OR ({_NAMES_NEAR} AND "
    "(list_has_all(kata_l, kata_r) OR list_has_all(kata_r, kata_l) OR awal_l = awal_r AND akhir_l = akhir_r)))))"
)


# Equal sounds and dates that do not speak against it are most of what the guard believes, and integers tell them.
_BELIEVED = Comparison(
    "percaya",
    "FALSE",
    (
        Level("sebunyi", f"bunyi_l = bunyi_r AND {_DATES_NEAR} AND {OWN_NAME}"),
        Level("serupa", GUARD),
        Level("lain", ELSE),
    ),
)
_LEVELS = Levels((_BELIEVED,))


def nik_pass(desk: Desk, side: Side, rids: Numbers, right: Side, found: Index) -> pl.DataFrame:
    """The guarded pairs of equal NIK: l, r.

    What the guard refuses is not rejected: it goes on to the blocks, where the rightful person may be found as well.
    """
    pairs = candidates(side, rids, found, only=NIK)
    if not len(pairs):
        return pl.DataFrame(schema={"l": pl.Int32, "r": pl.Int32})
    return desk.each(pairs, side, right, believed)


def believed(con: Connection, rows: Rows) -> pl.DataFrame:
    """Those pairs of equal NIK that the guard believes: l, r."""
    return rows.pairs.filter(_LEVELS.of(con, rows)["t_percaya"] < 2)
