"""The charts of an estimate: what moves it, who gains, how evenly, and one family month by month."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jangkau.apps.planning.charts import HALF, NARROW, WIDE, Chart
from jangkau.apps.planning.drawing import Picture, Points, steps
from jangkau.core.kernel.formats import number, rupiah, short_month

Rows = list[dict[str, Any]]
_BAR, _TOP = 34, 34


def tornado(rows: Rows, middle: float) -> Chart | None:
    """P0 as each assumption goes to the ends of its range; the line is the middle of all."""
    return Chart(*(_tornado(rows[:8], middle, width) for width in (WIDE, NARROW))) if rows else None


def _tornado(rows: Rows, middle: float, width: int) -> SafeString:
    most = max(middle, *(max(row["P0_rendah"], row["P0_tinggi"]) for row in rows)) or 1
    left, right = 12, width - 70
    told = "; ".join(f"{row['arti']}: {number(row['P0_rendah'], 1)} – {number(row['P0_tinggi'], 1)}" for row in rows)
    picture = Picture(width, _TOP + len(rows) * (_BAR + 12), _("Asumsi yang paling menentukan"), told, "tornado")

    def x(value: float) -> float:
        return left + value * (right - left) / most

    for at, row in enumerate(rows):
        y = _TOP + at * (_BAR + 12)
        low, high = sorted((row["P0_rendah"], row["P0_tinggi"]))
        picture.text(left, y, row["arti"] if width > NARROW else row["nama"].replace("_", " "), "")
        picture.bar(x(low), y + 8, max(x(high) - x(low), 1), 14, "own")
        picture.line(x(middle), y + 4, x(middle), y + 26, "border")
        picture.text(x(high) + 6, y + 20, f"{number(low, 1)}–{number(high, 1)}", "axis")
    picture.text(x(middle), 14, _("tengah %(value)s") % {"value": number(middle, 1)}, "strong", "middle")
    return picture.done()


def bars(rows: Rows, title: str) -> Chart | None:
    """P0 averted in each class."""
    return Chart(*(_bars(rows, title, width) for width in (HALF, NARROW))) if any(r["P0"] for r in rows) else None


def _bars(rows: Rows, title: str, width: int) -> SafeString:
    most, left, right = max(row["P0"] for row in rows), 110, width - 60
    told = "; ".join(f"{row['label']}: {row['P0_teks']}" for row in rows)
    picture = Picture(width, 8 + len(rows) * 24, title, told, "bars-chart")
    for at, row in enumerate(rows):
        y, long = 8 + at * 24, row["P0"] * (right - left) / most
        picture.text(left - 8, y + 13, row["label"], "", "end")
        picture.bar(left, y, max(long, 1), 16, "own")
        picture.text(left + long + 6, y + 13, row["P0_teks"], "axis")
    return picture.done()


def curves(even: dict[str, Any]) -> Chart | None:
    """Concentration curves of premiums and benefits over people from poor to rich; the diagonal is an even share."""
    if not even["iuran"]["kurva"]:
        return None
    return Chart(*(_curves(even, width) for width in (HALF, NARROW)))


def _curves(even: dict[str, Any], width: int) -> SafeString:
    left, right, top, floor = 52, min(width - 20, 380), 24, 264
    told = "; ".join(f"{number(100 * a)}%: {number(100 * b)}%" for a, b in even["manfaat"]["kurva"])
    picture = Picture(width, 300, _("Kurva konsentrasi, dari desil termiskin"), told, "curve-chart")

    def points(name: str) -> Points:
        return [(left + a * (right - left), floor - b * (floor - top)) for a, b in even[name]["kurva"]]

    picture.grid(left, right, [(floor - mark * (floor - top) / 100, f"{mark}%") for mark in (0, 50, 100)])
    picture.line(left, floor, right, top, "grid")
    picture.path(points("iuran"), "line-short")
    picture.path(points("manfaat"), "line-enough")
    picture.text(left, 14, _("bagian dari semua iuran dan manfaat"), "axis")
    picture.text(right, floor + 20, _("bagian orang, dari desil termiskin"), "axis", "end")
    middle = len(even["manfaat"]["kurva"]) // 2
    for name, words in (("manfaat", _("manfaat")), ("iuran", _("iuran"))):
        x, y = points(name)[middle]
        picture.text(x + 8, y + (16 if name == "iuran" else -6), words, "strong" if name == "manfaat" else "axis")
    return picture.done()


def family(found: dict[str, Any]) -> Chart | None:
    """Rupiah a person month by month with and without cover, over the line of extreme poverty."""
    return Chart(*(_family(found, width) for width in (WIDE, NARROW))) if found["bulan"] else None


def _family(found: dict[str, Any], width: int) -> SafeString:
    rows, left, right, top, floor = found["bulan"], 72, width - 24, 30, 230
    most = steps(max(found["semula"], *(row["dengan"] for row in rows)))
    told = "; ".join(f"{row['bulan']}: {rupiah(row['tanpa'])} / {rupiah(row['dengan'])}" for row in rows[:24])
    picture = Picture(width, 274, _("Pengeluaran seorang sebulan sesudah kejadian"), told, "family-chart")

    def y(value: float) -> float:
        return floor - value * (floor - top) / (most[-1] or 1)

    def points(side: str) -> Points:
        wide = (right - left) / max(len(rows), 1)
        return [
            at
            for n, row in enumerate(rows)
            for at in ((left + n * wide, y(row[side])), (left + (n + 1) * wide, y(row[side])))
        ]

    picture.grid(left, right, [(y(mark), number(mark / 1000)) for mark in most])
    picture.text(8, 14, _("ribu rupiah seorang sebulan"), "axis")
    picture.line(left, y(found["garis"]), right, y(found["garis"]), "border")
    picture.text(right, y(found["garis"]) + 16, _("garis miskin ekstrem"), "axis", "end")
    picture.path(points("tanpa"), "line-short")
    picture.path(points("dengan"), "line-enough")
    heads = {side: y(rows[0][side]) for side in ("dengan", "tanpa")}
    close = heads["tanpa"] - heads["dengan"] < 24
    picture.text(left + 8, heads["dengan"] - 8, _("dengan perlindungan"), "strong own")
    picture.text(left + 8, heads["tanpa"] + (18 if close else -8), _("tanpa perlindungan"), "strong harm")
    picture.text(left, floor + 22, short_month(rows[0]["bulan"]), "axis")
    picture.text(right, floor + 22, short_month(rows[-1]["bulan"]), "axis", "end")
    return picture.done()
