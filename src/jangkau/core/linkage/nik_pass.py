"""The exact pass: equal NIK, believed only where name and birth date do not speak against it."""

from jangkau.core.linkage.normalise import Connection

_NAMES_AGREE = (
    "(a.bunyi = b.bunyi OR jaro_winkler_similarity(a.nama, b.nama) >= 0.92 "
    "OR jaro_winkler_similarity(a.bunyi, b.bunyi) >= 0.92)"
)
_DATES_NEAR = (
    "(a.lahir IS NULL OR b.lahir IS NULL OR year(a.lahir) = year(b.lahir) "
    "OR (month(a.lahir) = month(b.lahir) AND day(a.lahir) = day(b.lahir)))"
)
_NAMES_NEAR = "(jaro_winkler_similarity(a.nama, b.nama) >= 0.75 OR list_has_any(a.kata, b.kata))"
# Twins share the date and often a word of the name; a date alone therefore asks for more than one common word
# when the sexes differ or nothing else agrees.
GUARD = (
    f"(({_NAMES_AGREE} AND {_DATES_NEAR}) "
    f"OR (a.lahir = b.lahir AND (a.nama IS NULL OR b.nama IS NULL OR ({_NAMES_NEAR} AND "
    "(list_has_all(a.kata, b.kata) OR list_has_all(b.kata, a.kata) OR a.awal = b.awal AND a.akhir = b.akhir)))))"
)


def nik_pass(con: Connection, left: str, right: str) -> None:
    """Fill table `lewat_nik` (l, r) with the guarded pairs of equal NIK.

    What the guard refuses is not rejected: it goes on to the blocks, where the rightful person may be found as well.
    """
    con.execute(
        "CREATE OR REPLACE TABLE lewat_nik AS SELECT a.rid AS l, b.rid AS r "
        f"FROM {left} a JOIN {right} b ON a.nik = b.nik WHERE coalesce({GUARD}, FALSE)"
    )
