"""FEBRL data set 4 (Christen 2008) in our terms: its columns, comparisons, blocks and what is assumed before training.

Australian records, made by FEBRL's own generator: 5,000 originals and one damaged copy of each.
"""

from __future__ import annotations

import polars as pl

from jangkau.core.linkage.comparisons import ELSE, Comparison, Level, Parameters
from jangkau.core.linkage.keys import Rule
from jangkau.core.linkage.model import Model, Thresholds
from jangkau.core.linkage.side import Side, whole


def _near(column: str, edits: int) -> str:
    return f"damerau_levenshtein({column}_l, {column}_r) <= {edits}"


def _alike(column: str, least: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}"


def _missing(column: str) -> str:
    return f"{column}_l IS NULL OR {column}_r IS NULL"


def _text(column: str, *more: Level, tf: bool = False) -> Comparison:
    """Equal, nearly equal by letters, and whatever else the column asks for."""
    levels = (
        Level("same", f"{column}_l = {column}_r", tf=column if tf else None),
        Level("one edit", _near(column, 1)),
        Level("alike", _alike(column, 0.88)),
        *more,
        Level("other", ELSE),
    )
    return Comparison(column, _missing(column), levels)


def _number(column: str, *more: Level) -> Comparison:
    """Equal, one edit, two edits."""
    levels = (
        Level("same", f"{column}_l = {column}_r"),
        Level("one edit", _near(column, 1)),
        Level("two edits", _near(column, 2)),
        *more,
        Level("other", ELSE),
    )
    return Comparison(column, _missing(column), levels)


COMPARISONS = (
    _text("given", Level("crossed", "given_l = surname_r"), tf=True),
    _text("surname", Level("crossed", "surname_l = given_r"), tf=True),
    _number("birth"),
    _number("social"),
    _number("house"),
    _text("street", Level("a word", "list_has_any(words_l, words_r)")),
    _text("place", Level("a word", "list_has_any(words_l, words_r)")),
    _text("suburb"),
    _number("postcode"),
    Comparison("state", _missing("state"), (Level("same", "state_l = state_r"), Level("other", ELSE))),
)
RULES = (
    Rule("social", ("social",)),
    Rule("birth, given", ("birth", "given_3")),
    Rule("birth, surname", ("birth", "surname_3")),
    Rule("birth, crossed", ("birth", "name_1", "name_2")),
    Rule("name", ("given", "surname")),
    Rule("birth, postcode", ("birth", "postcode")),
    Rule("birth, suburb", ("birth", "suburb_4")),
    Rule("birth, house", ("birth", "house")),
    Rule("surname, postcode", ("surname", "postcode")),
    Rule("given, postcode", ("given", "postcode")),
    Rule("given, suburb", ("given", "suburb")),
    Rule("surname, suburb", ("surname", "suburb")),
    Rule("house, postcode", ("house", "postcode")),
    Rule("street, house", ("street", "house")),
    Rule("birth year and month, surname", ("month", "surname_2")),
    Rule("social, first half", ("social_first", "surname_1")),
    Rule("social, last half", ("social_last", "surname_1")),
)
# What the rules ask for beside the columns themselves.
PARTS = {
    "given_3": pl.col("given").str.head(3), "surname_3": pl.col("surname").str.head(3),
    "surname_2": pl.col("surname").str.head(2), "surname_1": pl.col("surname").str.head(1),
    "name_1": pl.min_horizontal("given", "surname"), "name_2": pl.max_horizontal("given", "surname"),
    "suburb_4": pl.col("suburb").str.head(4), "month": pl.col("birth").str.head(6),
    "social_first": pl.col("social").str.head(4), "social_last": pl.col("social").str.tail(4),
}  # fmt: skip
TRAINING = ("l.birth = r.birth", "l.surname = r.surname AND l.given = r.given", "l.social = r.social")
COLUMNS = {
    "given": "given_name", "surname": "surname", "birth": "date_of_birth", "social": "soc_sec_id",
    "house": "street_number",
    "street": "address_1", "place": "address_2", "suburb": "suburb", "postcode": "postcode", "state": "state",
}  # fmt: skip


def start() -> Model:
    """What is assumed before anything is learned: equal is common in the same person, rare in two."""
    parameters: Parameters = {}
    for comparison in COMPARISONS:
        rest = len(comparison.levels) - 1
        m = [0.8, *[0.2 / rest] * rest]
        u = [0.01, *[0.01] * (rest - 1), 1 - 0.01 * rest]
        labels = [level.label for level in comparison.levels]
        parameters[comparison.name] = dict(zip(labels, zip(m, u, strict=True), strict=True))
    return Model("febrl/1", parameters, 1e-4, 1.0, {"people": 0.9}, Thresholds(0.5, 0.1), COMPARISONS)


def side(frame: pl.DataFrame, register: pl.DataFrame) -> Side:
    """The records in their order, with the words of both address lines; tf_: how common a name is in `register`."""
    rows = _plain(frame)
    lines = pl.concat_str("street", "place", separator=" ", ignore_nulls=True)
    rows = rows.with_columns(words=lines.str.split(" ").list.unique(maintain_order=True), **PARTS)
    known = _plain(register)
    for term in ("given", "surname"):
        common = known.group_by(term).agg((pl.len() / len(known)).alias(f"tf_{term}")).drop_nulls(term)
        rows = rows.join(common, term, how="left", maintain_order="left")
    return whole(rows)


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Our names for the columns, texts without blanks at the ends, nothing as null."""
    texts = frame.select(pl.col(old).cast(pl.String).str.strip_chars().alias(new) for new, old in COLUMNS.items())
    return texts.with_columns(pl.when(pl.all() != "").then(pl.all()))
