"""Age on the first day planned."""

import narwhals as nw

from jangkau.core.kernel.month import first_day
from jangkau.core.tables.settings import Settings


def age_expr(birth_date: str, settings: Settings) -> nw.Expr:
    """Whole years of age on the first day of `mulai`; null where the birth date is unknown."""
    start, born = first_day(settings.start), nw.col(birth_date)
    year, month, day = (part.cast(nw.Int64) for part in (born.dt.year(), born.dt.month(), born.dt.day()))
    before_birthday = month * 100 + day > start.month * 100 + start.day
    return nw.lit(start.year) - year - before_birthday.cast(nw.Int64)


def outside_ages(birth_date: str, settings: Settings) -> nw.Expr:
    """Whether a known birth date is outside the programme's ages, both ends being inside."""
    age = age_expr(birth_date, settings)
    return ((age < settings.usia.min) | (age > settings.usia.maks)).fill_null(value=False)
