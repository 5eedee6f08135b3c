"""The charts of a plan: months against people, and the line of budgets. Each is drawn for a wide page and a phone."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jangkau.apps.planning.drawing import Picture, Points, split_at, steps
from jangkau.core.kernel.formats import number

PAGE, WIDE, HALF, NARROW = 1160, 880, 560, 340
_THOUSAND, _MILLION = 10_000, 1_000_000
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Chart:
    """A chart in its two sizes."""

    wide: SafeString
    narrow: SafeString


def months_chart(rows: Rows, chosen: int, needed: int, wide: int = WIDE) -> Chart | None:
    """People whom the same money pays by months each; below it, months with full death benefit.

    `needed`: months until a new member has the full benefit. None where nobody can be paid.
    """
    shown = [row for row in rows if row["orang"]]
    if not shown:
        return None
    return Chart(*(_Months(shown, chosen, needed, width).draw() for width in (wide, NARROW)))


class _Months:
    def __init__(self, rows: Rows, chosen: int, needed: int, width: int) -> None:
        self.rows, self.chosen, self.needed, self.width = rows, chosen, needed, width
        self.left, self.right, self.top, self.floor = 52, width - 26, 40, 208
        self.base = 302
        self.last: int = max(rows[-1]["bulan"], needed)
        self.most: list[int] = steps(max(row["orang"] for row in rows))
        title = _("Orang yang dibayar menurut bulan per orang")
        told = "; ".join(f"{row['bulan']}: {number(row['orang'])}" for row in rows)
        self.picture = Picture(width, 326, title, told, "months-chart")

    def x(self, month: float) -> float:
        first: int = min(self.rows[0]["bulan"], 1)
        return self.left + 14 + (month - first) * (self.right - self.left - 28) / max(self.last - first, 1)

    def y(self, people: float) -> float:
        return self.floor - people * (self.floor - self.top) / (self.most[-1] or 1)

    def draw(self) -> SafeString:
        picture = self.picture
        picture.text(self.left - 44, 14, _("orang dibayar"), "axis")
        picture.grid(self.left, self.right, [(self.y(mark), _short(mark, self.most[-1])) for mark in self.most])
        points: Points = [(self.x(row["bulan"]), self.y(row["orang"])) for row in self.rows]
        short, enough = split_at(points, self.x(self.needed))
        picture.area(short, self.floor, "short", f"arsir-{self.width}")
        picture.area(enough, self.floor, "enough")
        picture.path(short, "line-short")
        picture.path(enough, "line-enough")
        self._border()
        self._chosen()
        self._bars()
        return picture.done()

    def _border(self) -> None:
        """Where the full death benefit begins."""
        at = self.x(self.needed)
        self.picture.line(at, self.top - 20, at, self.floor, "border")
        words = _("mulai bulan ke-%(month)s: santunan kematian penuh") % {"month": self.needed}
        if self.width == NARROW:
            words = _("ke-%(month)s: JKM penuh") % {"month": self.needed}
        self.picture.text(at + 6, self.top - 12, words, "strong")

    def _chosen(self) -> None:
        row = next((row for row in self.rows if row["bulan"] == self.chosen), None)
        if row is None:
            return
        kind = "harm" if self.chosen < self.needed else "own"
        x, y = self.x(self.chosen), self.y(row["orang"])
        self.picture.dot(x, y, f"dot {kind}")
        words = _("%(people)s orang × %(months)s bulan") % {"people": number(row["orang"]), "months": self.chosen}
        side = "end" if x > self.width * 0.55 else "start"
        self.picture.text(x + (6 if side == "end" else 12), self._above(x, y, side), words, f"strong {kind}", side)

    def _above(self, x: float, y: float, side: str) -> float:
        """A height at which words on that side of the mark do not lie on the line."""
        reach = 190 if side == "end" else -190
        low, high = sorted((x - reach, x))
        over = [self.y(r["orang"]) for r in self.rows if low <= self.x(r["bulan"]) <= high]
        return max(min([y, *over]) - 14, self.top + 14)

    def _bars(self) -> None:
        picture, most = self.picture, max(row["bulan_terlindung"] for row in self.rows) or 1
        picture.text(self.left - 44, self.floor + 24, _("bulan dengan JKM penuh"), "axis")
        gap = min(abs(self.x(2) - self.x(1)), 60)
        every = 1 if gap > 24 else 2 if gap > 13 else 3
        for row in self.rows:
            x, height = self.x(row["bulan"]), 38 * row["bulan_terlindung"] / most
            own = row["bulan"] == self.chosen
            kind = "own" if own else "other"
            picture.bar(x - gap * 0.33, self.base - height, gap * 0.66, height, kind)
            label = "strong own" if own else ""
            label = "strong harm" if not row["bulan_terlindung"] else label
            if own or (row["bulan"] - self.rows[0]["bulan"]) % every == 0:
                if gap > 24 or own:
                    picture.text(x, self.base - height - 6, _short(row["bulan_terlindung"], most), label, "middle")
                picture.text(x, self.base + 18, str(row["bulan"]), "strong" if own else "axis", "middle")
        picture.text(8, self.base + 18, _("bulan"), "axis")
        picture.line(self.left, self.base, self.right, self.base, "ground")


def budget_chart(rows: Rows) -> Chart:
    """People by the money of all funds, from nothing to twice as much; the plan's own money is marked."""
    return Chart(*(_budget(rows, width) for width in (HALF, NARROW)))


def _budget(rows: Rows, width: int) -> SafeString:
    left, right, top, floor = 52, width - 20, 30, 216
    most, money = steps(max(row["orang"] for row in rows)), max(row["anggaran"] for row in rows) or 1
    told = "; ".join(f"{row['persen_anggaran']}%: {number(row['orang'])}" for row in rows[::4])
    picture = Picture(width, 262, _("Orang yang dibayar menurut besarnya uang"), told, "budget-chart")
    picture.text(8, 14, _("orang dibayar"), "axis")

    def place(row: dict[str, Any]) -> tuple[float, float]:
        x = left + row["anggaran"] * (right - left) / money
        return x, floor - row["orang"] * (floor - top) / (most[-1] or 1)

    picture.grid(
        left, right, [(floor - mark * (floor - top) / (most[-1] or 1), _short(mark, most[-1])) for mark in most]
    )
    picture.path([place(row) for row in rows], "line-enough")
    for row in rows:
        if row["persen_anggaran"] in {0, 50, 100, 150, 200}:
            x = place(row)[0]
            end = "end" if row["persen_anggaran"] == 200 else "middle"
            picture.text(x, floor + 20, f"{row['persen_anggaran']}%", "axis", end)
    picture.text(right, floor + 40, _("uang semua dana; 100% = rencana ini"), "axis", "end")
    own = next((row for row in rows if row["persen_anggaran"] == 100), None)
    if own:
        x, y = place(own)
        picture.line(x, y, x, floor, "border")
        picture.dot(x, y, "dot own")
        words = _("%(people)s orang") % {"people": number(own["orang"])}
        picture.text(x + 10, min(y + 22, floor - 8), words, "strong own")
    return picture.done()


def _short(value: float, largest: float) -> str:
    """12345 -> `12 rb`, 1234567 -> `1,2 jt`, all in the unit of the largest; small ones whole."""
    if largest >= _MILLION and value:
        return _("%(n)s jt") % {"n": number(value / _MILLION, 0 if value % _MILLION == 0 else 1)}
    if largest >= _THOUSAND and value:
        return _("%(n)s rb") % {"n": number(value / 1_000, 0 if value % 1_000 == 0 or value >= _THOUSAND else 1)}
    return number(value)
