"""Half years: `2026-1` is January to June 2026."""

import re
from dataclasses import dataclass
from datetime import date

_FORM = re.compile(r"(20\d\d)-([12])")
_MONTHS = ("Januari sampai Juni", "Juli sampai Desember")


@dataclass(frozen=True, order=True)
class Semester:
    """Half a year."""

    year: int
    half: int

    @staticmethod
    def parse(text: str) -> "Semester":
        """`2026-1`. Raises ValueError."""
        found = _FORM.fullmatch(text)
        if not found:
            raise ValueError(text)
        return Semester(int(found[1]), int(found[2]))

    @staticmethod
    def of(day: date) -> "Semester":
        """The half year in which a day lies."""
        return Semester(day.year, 1 if day.month <= 6 else 2)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, 6 * self.half - 5, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def name(self) -> str:
        """Semester 1 2026 (Januari sampai Juni)."""
        return f"Semester {self.half} {self.year} ({_MONTHS[self.half - 1]})"

    def before(self) -> "Semester":
        """The half year before it."""
        return Semester(self.year, 1) if self.half == 2 else Semester(self.year - 1, 2)

    def __str__(self) -> str:
        return f"{self.year}-{self.half}"
