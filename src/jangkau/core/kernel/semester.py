"""Half years: `2026-1` is January to June 2026."""

import re
from dataclasses import dataclass
from datetime import date

from jangkau.core.kernel.formats import MONTHS
from jangkau.core.kernel.problems import Problem

KINDS = ("laporan", "excel", "ringkas", "poster")  # the documents about a half year
_CODE = re.compile(r"(\d{4})-([12])")


@dataclass(frozen=True, order=True)
class Semester:
    """One half of a year, `ke` 1 or 2."""

    tahun: int
    ke: int

    @classmethod
    def read(cls, text: str) -> "Semester":
        """The semester of a code such as `2026-1`. Raises SEMESTER_SALAH for anything else."""
        found = _CODE.fullmatch(text.strip())
        if not found or not int(found[1]):
            raise Problem("SEMESTER_SALAH", teks=text)
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> "Semester":
        """The semester that a day is in."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    def __str__(self) -> str:
        return f"{self.tahun}-{self.ke}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.tahun, 1 if self.ke == 1 else 7, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.tahun, 6, 30) if self.ke == 1 else date(self.tahun, 12, 31)

    @property
    def before(self) -> "Semester":
        """The semester before."""
        return Semester(self.tahun - (self.ke == 1), 3 - self.ke)

    @property
    def name(self) -> str:
        """`Semester I 2026`."""
        return f"Semester {'I' * self.ke} {self.tahun}"

    @property
    def months(self) -> str:
        """`Januari sampai Juni 2026`."""
        return f"{MONTHS[self.first.month - 1]} sampai {MONTHS[self.last.month - 1]} {self.tahun}"
