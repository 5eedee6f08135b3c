"""What is compared and at which levels: one builder for training, for scoring and for explaining.

A condition is SQL over `name_l` and `name_r`, read both by Splink and by our own compiler (`score.py`). Levels are
tried from the first to the last; the last one is everything else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jangkau.core.linkage.dialects import SQL, Dialect


@dataclass(frozen=True)
class Level:
    """One outcome of a comparison; `tf` names the column whose frequency replaces u where values are equal."""

    label: str
    condition: str
    tf: str | None = None
    fixed: bool = False


@dataclass(frozen=True)
class Comparison:
    """One question about a pair; `missing` is true where either side is silent, which weighs nothing."""

    name: str
    missing: str
    levels: tuple[Level, ...]


ELSE = "ELSE"

_HAMMING = "CASE WHEN length(nikt_l) = length(nikt_r) THEN hamming(nikt_l, nikt_r) ELSE 99 END"
# The edit distance costs a hundred hammings, so it is asked only where it can still answer yes.
_ONE_EDIT = (
    f"(CASE WHEN {_HAMMING} <= 1 THEN TRUE "
    "WHEN length(nikt_l) + length(nikt_r) < 24 THEN FALSE "
    f"WHEN {_HAMMING} = 2 OR (abs(length(nikt_l) - length(nikt_r)) = 1 "
    "AND (left(nikt_l, 5) = left(nikt_r, 5) OR right(nikt_l, 5) = right(nikt_r, 5))) "
    "THEN damerau_levenshtein(nikt_l, nikt_r) <= 1 ELSE FALSE END)"
)
_CUT = (
    "(left(nikt_l, 15) = left(nikt_r, 15) OR (length(nikt_l) < 16 AND starts_with(nikt_r, nikt_l)) "
    "OR (length(nikt_r) < 16 AND starts_with(nikt_l, nikt_r)))"
)
# MUHAMMAD or SITI before both would make any two names alike.
JW = "jaro_winkler_similarity(inti_l, inti_r)"
SHARED_WORD = "list_has_any(kata_l, kata_r)"
# Words that many bear among them.
ANY_WORD = "list_has_any(semua_l, semua_r)"
TWO_WORDS = "least(len(kata_l), len(kata_r)) >= 2"
ONE_WORD = "least(len(semua_l), len(semua_r)) = 1"
NEAR_NIK = f"({_CUT} OR {_ONE_EDIT})"
SAME_STEM = "left(nikt_l, 12) = left(nikt_r, 12)"
ONE_LETTER = "damerau_levenshtein(inti_l, inti_r) <= 1"
_SAME_BIRTH = f"(lahir_l = lahir_r AND {SAME_STEM})"
WHOLE = " AND ".join(f"length(nikt_{side}) = 16 AND right(nikt_{side}, 4) <> '0000'" for side in "lr")
_OWN_DATES = " AND ".join(
    f"substr(nikt_{side}, 9, 4) = strftime(lahir_{side}, '%m%y') "
    f"AND try_cast(substr(nikt_{side}, 7, 2) AS INTEGER) % 40 = day(lahir_{side})"
    for side in "lr"
)
_SAME_ENDS = "(awal_l = awal_r AND akhir_l = akhir_r AND awal_l <> akhir_l)"
# One of the two ends is the letter that the other one begins with, the other end the same.
_INITIAL = (
    "((awal_l = awal_r AND (akhir_l = akhir1_r OR akhir1_l = akhir_r)) "
    "OR (akhir_l = akhir_r AND (awal_l = awal1_r OR awal1_l = awal_r)))"
)
# In a name of three letters one letter is too much.
_ONE_LETTER = (
    "(abs(length(inti_l) - length(inti_r)) <= 1 AND least(length(inti_l), length(inti_r)) >= 4 "
    f"AND {JW} >= 0.8 AND {ONE_LETTER})"
)
_SAME_START = (
    "(awal_l = awal_r AND (awal_l = akhir_l OR awal_r = akhir_r)) "
    f"OR ({JW} >= 0.7 AND (starts_with(inti_l, inti_r) OR starts_with(inti_r, inti_l)))"
)
_NEAR_NAME = f"({JW} >= 0.88 OR (akhir_l = akhir_r AND awal1_l = awal1_r))"
_CONTAINED = f"({SHARED_WORD} AND {TWO_WORDS} AND (list_has_all(kata_l, kata_r) OR list_has_all(kata_r, kata_l)))"
# What is written where only the year is known, or was reckoned from an age; censuses take the middle of the year.
_DEFAULT_DAY = " OR ".join(f"strftime(lahir_{side}, '%m%d') IN ('0101', '0701', '1231')" for side in "lr")


def _date_parts(first: str, second: str) -> str:
    return f"({first}(lahir_l) = {first}(lahir_r) AND {second}(lahir_l) = {second}(lahir_r))"


_SAME_DAY = _date_parts("month", "day")
_TWO_PARTS = (
    "(" + " OR ".join(_date_parts(*pair) for pair in (("year", "month"), ("year", "day"), ("month", "day"))) + ")"
)

COMPARISONS = (
    Comparison(
        "nik",
        "nikt_l IS NULL OR nikt_r IS NULL",
        (
            # A family member's number is read often enough that equality alone must not decide: u stays fixed.
            Level("sama", "nikt_l = nikt_r", fixed=True),
            # A number tells district, sex and birth date; only its serial is its own. Relatives and neighbours born on
            # one day have every other digit alike, so that two serials say more against one person than for one.
            Level("seri lain, lahir dan kecamatan sama", f"{_SAME_BIRTH} AND kec_l = kec_r AND {WHOLE}", fixed=True),
            Level("seri hilang, lahir dan kecamatan sama", f"{_SAME_BIRTH} AND kec_l = kec_r", fixed=True),
            # Where each number follows its own birth date, it differs because the dates do: that is no slip of the pen.
            Level("beda seperti lahirnya", f"{NEAR_NIK} AND lahir_l <> lahir_r AND {_OWN_DATES}", fixed=True),
            # Otherwise a near number adds little to dates that agree as well.
            Level("satu salah, lahir serupa", f"{NEAR_NIK} AND {_TWO_PARTS}", fixed=True),
            Level("seri lain, kecamatan sama", f"{SAME_STEM} AND kec_l = kec_r", fixed=True),
            Level("satu salah", NEAR_NIK, fixed=True),
            Level("dua belas angka, lahir sama", _SAME_BIRTH, fixed=True),
            Level("dua belas angka", SAME_STEM, fixed=True),
            Level("lain", ELSE, fixed=True),
        ),
    ),
    Comparison(
        "nama",
        "nama_l IS NULL OR nama_r IS NULL",
        (
            Level("sama", "nama_l = nama_r", tf="bunyi"),
            Level("sebunyi", "bunyi_l = bunyi_r", tf="bunyi"),
            # Words in another order, or written as one.
            Level("huruf sama", "huruf_l = huruf_r"),
            Level("termuat", f"{_SAME_ENDS} OR {_CONTAINED}"),
            Level("disingkat", _INITIAL),
            # People go by one of their words, whichever; so do lists.
            Level("satu kata saja", f"{ONE_WORD} AND {SHARED_WORD}"),
            Level("mirip", f"{JW} >= 0.94"),
            Level("satu huruf", _ONE_LETTER),
            Level("agak mirip", _NEAR_NAME),
            Level("satu kata", SHARED_WORD),
            # A word that many bear (Census.common) is little, and more than nothing.
            Level("kata umum", f"{ANY_WORD} OR {_SAME_START}"),
            Level("lain", ELSE),
        ),
    ),
    Comparison(
        "lahir",
        "lahir_l IS NULL OR lahir_r IS NULL",
        (
            # Who borrowed a number borrowed it from a relative: only a twin has the date as well.
            Level("sama, NIK sama", "lahir_l = lahir_r AND nikt_l = nikt_r", fixed=True),
            Level("sama", "lahir_l = lahir_r", tf="lahir"),
            Level(
                "hari-bulan tertukar",
                "year(lahir_l) = year(lahir_r) AND month(lahir_l) = day(lahir_r) AND day(lahir_l) = month(lahir_r)",
            ),
            Level("tahun sama, hari bawaan", f"year(lahir_l) = year(lahir_r) AND ({_DEFAULT_DAY})"),
            Level(
                "tahun meleset satu, hari bawaan",
                f"abs(year(lahir_l) - year(lahir_r)) = 1 AND ({_DEFAULT_DAY})",
                fixed=True,
            ),
            # A year off by one or two was reckoned from an age, by ten is a slip of one digit.
            Level("tahun meleset", f"{_SAME_DAY} AND abs(year(lahir_l) - year(lahir_r)) IN (1, 2, 10)"),
            Level("satu bagian beda", f"year(lahir_l) = year(lahir_r) AND {_TWO_PARTS}"),
            Level("tahun sama", "year(lahir_l) = year(lahir_r)"),
            Level("hari-bulan sama", _SAME_DAY),
            Level("lain", ELSE),
        ),
    ),
    Comparison(
        "kelamin",
        "jk_l IS NULL OR jk_r IS NULL",
        (Level("sama", "jk_l = jk_r"), Level("lain", ELSE)),
    ),
    Comparison(
        "tempat",
        "kab_l IS NULL OR kab_r IS NULL",
        (
            # How often strangers share a place is counted in the register at hand (`Model.for_register`).
            # A borrowed number comes from the same place, so that the place then says next to nothing.
            Level("kabupaten, NIK sama", "kab_l = kab_r AND nikt_l = nikt_r", fixed=True),
            # Households share this number, so it may say little more than the village does.
            Level("satu KK", "kk_l = kk_r", fixed=True),
            Level("desa", "desa_l = desa_r", fixed=True),
            Level("kecamatan", "kec_l = kec_r AND desa_l <> desa_r", fixed=True),
            Level("kecamatan, desa tak diketahui", "kec_l = kec_r", fixed=True),
            Level("kabupaten", "kab_l = kab_r AND kec_l <> kec_r", fixed=True),
            Level("kabupaten, kecamatan tak diketahui", "kab_l = kab_r", fixed=True),
            Level("lain", ELSE, fixed=True),
        ),
    ),
    Comparison(
        "telepon",
        "hp_l IS NULL OR hp_r IS NULL",
        (Level("sama", "hp_l = hp_r", fixed=True), Level("lain", ELSE, fixed=True)),
    ),
)

MISSING_LABEL = "kosong"
Parameters = dict[str, dict[str, tuple[float, float]]]


# Rules that training and Splink's own search use; see `train.py`.
TRAINING_RULES = ("l.lahir = r.lahir AND l.awal = r.awal", "l.bunyi = r.bunyi AND l.desa = r.desa", "l.nikt = r.nikt")


def term_columns(comparisons: tuple[Comparison, ...]) -> tuple[str, ...]:
    """The columns whose value frequencies replace u, in order."""
    return tuple(dict.fromkeys(level.tf for c in comparisons for level in c.levels if level.tf))


def splink_settings(
    comparisons: tuple[Comparison, ...],
    parameters: Parameters,
    minimum_frequency: float,
    rules: tuple[str, ...] = TRAINING_RULES,
    dialect: Dialect = "duckdb",
) -> dict[str, Any]:
    """The Splink settings of these comparisons with their m and u (link_only, every level spelled out).

    The one builder for both engines: the same levels and numbers, the conditions in the words of `dialect`.
    """
    said = SQL[dialect]
    return {
        "link_type": "link_only",
        "unique_id_column_name": "rid",
        "comparisons": [_splink_comparison(c, parameters[c.name], minimum_frequency, said) for c in comparisons],
        "blocking_rules_to_generate_predictions": list(rules),
    }


def _splink_comparison(
    comparison: Comparison,
    values: dict[str, tuple[float, float]],
    minimum_frequency: float,
    said: Callable[[str], str],
) -> dict[str, Any]:
    missing = {"sql_condition": said(comparison.missing), "label_for_charts": MISSING_LABEL, "is_null_level": True}
    levels = [_splink_level(level, *values[level.label], minimum_frequency, said) for level in comparison.levels]
    return {"output_column_name": comparison.name, "comparison_levels": [missing, *levels]}


def _splink_level(
    level: Level, m: float, u: float, minimum_frequency: float, said: Callable[[str], str]
) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "sql_condition": level.condition if level.condition == ELSE else said(level.condition),
        "label_for_charts": level.label,
        "m_probability": m,
        "u_probability": u,
    }
    if level.fixed:
        settings |= {"fix_m_probability": True, "fix_u_probability": True}
    if level.tf:
        settings |= {
            "tf_adjustment_column": level.tf,
            "tf_adjustment_weight": 1.0,
            "tf_minimum_u_value": minimum_frequency,
            "disable_tf_exact_match_detection": True,
        }
    return settings
