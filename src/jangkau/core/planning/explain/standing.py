"""Where a person stands before each fund: may it pay, in which months, and if not, which of its rules fails."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from jangkau.core.kernel.month import month_text
from jangkau.core.planning.funds import Fund, condition

UNKNOWN = "belum diketahui"
_FACTS = {"desil": "desil", "penghasilan": "penghasilan", "belum_terdaftar": "terdaftar", "terdaftar": "terdaftar"}


@dataclass(frozen=True)
class Failure:
    """One rule of a fund that a person does not meet: WILAYAH, PEKERJAAN, SYARAT or BULAN."""

    jenis: str
    harus: str
    tercatat: str


@dataclass(frozen=True)
class Standing:
    """A fund before one person: rules that fail, and the months of the plan in which it is valid (indexes)."""

    fund: Fund
    at: int
    fails: tuple[Failure, ...]
    months: tuple[int, ...]

    @property
    def allowed(self) -> bool:
        """Whether the fund may pay this person in some month of the plan."""
        return not self.fails

    @property
    def near(self) -> bool:
        """Whether the fund is of this person's place, so that only its other rules can fail."""
        return all(failure.jenis != "WILAYAH" for failure in self.fails)


def standings(person: dict[str, Any], funds: list[Fund], months: range) -> list[Standing]:
    """Every fund before one person. `person`: a row with kode_desa, pekerjaan, desil, terdaftar, penghasilan."""
    tests = sorted({test for fund in funds for test in fund.conditions})
    types = {"desil": pl.Int64, "penghasilan": pl.Int64, "terdaftar": pl.Boolean}
    row = pl.DataFrame([{name: person[name] for name in types}], schema=types)
    holds = row.select(condition(test).alias(test) for test in tests).to_dicts()[0] if tests else {}
    return [_standing(at, fund, person, holds, months) for at, fund in enumerate(funds)]


def _standing(at: int, fund: Fund, person: dict[str, Any], holds: dict[str, bool], months: range) -> Standing:
    fails, valid = [], tuple(month for month in months if fund.valid(month))
    village, job = person["kode_desa"] or "", person["pekerjaan"]
    if not village.startswith(fund.area):
        fails.append(Failure("WILAYAH", fund.area, village or UNKNOWN))
    if fund.jobs and job not in fund.jobs:
        fails.append(Failure("PEKERJAAN", " atau ".join(sorted(fund.jobs)), job or UNKNOWN))
    fails += [Failure("SYARAT", test, _recorded(test, person)) for test in fund.conditions if not holds[test]]
    if not valid:
        fails.append(Failure("BULAN", _span(fund), f"{month_text(months[0])} s.d. {month_text(months[-1])}"))
    return Standing(fund, at, tuple(fails), valid)


def _recorded(test: str, person: dict[str, Any]) -> str:
    """What is recorded of a person where a condition asks."""
    name = next(fact for start, fact in _FACTS.items() if test.startswith(start))
    if name == "terdaftar":
        return "terdaftar" if person[name] else "belum_terdaftar"
    return UNKNOWN if person[name] is None else str(person[name])


def _span(fund: Fund) -> str:
    first = month_text(fund.first) if fund.first is not None else "awal"
    last = month_text(fund.last) if fund.last is not None else "akhir"
    return f"{first} s.d. {last}"
