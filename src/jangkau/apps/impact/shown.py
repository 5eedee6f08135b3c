"""An estimate as its page shows it: words, numbers and charts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jangkau.apps.impact import charts
from jangkau.apps.planning.charts import Chart
from jangkau.apps.regions.selectors import region_name
from jangkau.core.impact import Model, classes
from jangkau.core.kernel.formats import number, percent, rupiah

Row = dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """A figure with its range and its pessimistic value, as text."""

    name: object
    middle: str
    span: str
    worst: str = ""


@dataclass(frozen=True)
class Group:
    """A breakdown: what by, its rows, and its chart."""

    key: str
    title: str
    rows: list[Row]
    chart: Chart | None = None


def figures(found: Row) -> list[Figure]:
    """The headline: person-years averted, deaths, and what one person-year costs."""
    worst = found["pesimis"]
    names = {
        "P0": _("Orang-tahun miskin ekstrem terhindar (P0)"),
        "P1": _("Kedalaman kemiskinan terhindar (P1)"),
        "P2": _("Keparahan kemiskinan terhindar (P2)"),
    }
    rows = [Figure(name, *_range(found[key]), number(worst[key], 1)) for key, name in names.items()]
    rows.append(Figure(_("Kematian selama terlindungi"), *_range(found["kematian_diharapkan"])))
    each, low = found["biaya_per_P0"], worst["biaya_per_P0"]
    rows.append(Figure(_("Iuran tiap orang-tahun P0"), *_range(each, _money), _money(low)))
    return rows


def groups(found: Row) -> list[Group]:
    """Who is expected to gain, each way."""
    sexes = {"L": _("laki-laki"), "P": _("perempuan")}
    words: dict[str, tuple[str, Callable[[str], str]]] = {
        "desil": (_("Desil kesejahteraan"), str),
        "wilayah": (_("Wilayah"), _place),
        "jenis_kelamin": (_("Jenis kelamin"), lambda label: sexes.get(label, label)),
        "umur": (_("Umur"), str),
        "dana": (_("Dana"), str),
    }
    return [_group(key, found["menurut"][key], *words[key]) for key in words]


def _group(key: str, rows: list[Row], title: str, word: Callable[[str], str]) -> Group:
    shown = [_row(row, word(row[key])) for row in rows]
    return Group(key, title, shown, charts.bars(shown, title) if key in {"desil", "umur"} else None)


def years(found: Row) -> list[tuple[int, list[str]]]:
    """P0, P1, P2 of each calendar year of cover."""
    return [(row["tahun"], [number(row[name], 2) for name in ("P0", "P1", "P2")]) for row in found["menurut"]["tahun"]]


def swings(found: Row) -> list[Row]:
    """Each assumption that moves the answer, the most moving first, with its meaning and ends."""
    known = {row["nama"]: row for row in found["asumsi"]}
    moving = [bar for bar in found["peka"] if bar["P0_rendah"] != bar["P0_tinggi"]]
    return [
        bar | {"arti": known[bar["nama"]]["arti"], "rentang": f"{plain(bar['rendah'])}–{plain(bar['tinggi'])}",
               "teks": f"{number(bar['P0_rendah'], 1)}–{number(bar['P0_tinggi'], 1)}"}
        for bar in moving
    ]  # fmt: skip


def evenness(found: Row) -> list[Row]:
    """Gini and concentration of premiums and expected benefits."""
    even = found["pemerataan"]
    names = {"iuran": _("Iuran yang dibayar"), "manfaat": _("Manfaat yang diharapkan")}
    return [
        {"nama": name, "gini": _decimal(even[key]["gini"]), "konsentrasi": _decimal(even[key]["konsentrasi"])}
        for key, name in names.items()
    ]


def assumptions(rows: list[Row]) -> list[Row]:
    """Each assumption with its value and range as text."""
    return [
        row | {"teks": plain(row["nilai"]), "rentang": f"{plain(row['rendah'])}–{plain(row['tinggi'])}"} for row in rows
    ]


def fitted(model: Model) -> Row:
    """How well a survey's model fits, as text."""
    told = model.diagnosa
    return {
        "baris": told["baris"], "tidak": told["baris_tidak_dipakai"], "r2": plain(told["r2"]),
        "uji": plain(told["breusch_pagan"]["nilai"]), "peluang": number(told["breusch_pagan"]["peluang"], 4),
        "kemiringan": number(told["sisaan"]["kemiringan"], 2), "kurtosis": number(told["sisaan"]["kurtosis"], 2),
        "suku": [(c["nama"], number(c["nilai"], 4), number(c["galat_baku"], 4)) for c in told["koefisien"]],
        "kelas": [
            (row["kelas"], *map(_share, (row["miskin_survei"], row["miskin_model"], row["rentan"])))
            for row in classes(told)
        ],
    }  # fmt: skip


def _share(part: float) -> str:
    return percent(100 * part)


def plain(value: float) -> str:
    """391000 -> 391.000; 0.35 -> 0,35: as many decimals as say something."""
    for decimals in (0, 1, 2, 3):
        if abs(value - round(value, decimals)) < 5e-5 * max(1.0, abs(value)):
            return number(value, decimals)
    return number(value, 3)


def _row(row: Row, label: str) -> Row:
    share = row["manfaat"] / row["iuran"] if row["iuran"] else None
    return row | {
        "manfaat": round(row["manfaat"]),
        "label": label,
        "P0_teks": number(row["P0"], 2),
        "nisbah": _decimal(share),
    }


def _place(code: str) -> str:
    return region_name(code) if code.isdigit() else code


def _range(cell: dict[str, float | None], word: Any = None) -> tuple[str, str]:
    word = word or (lambda value: "–" if value is None else number(value, 1))
    low, high = word(cell["bawah"]), word(cell["atas"])
    return word(cell["nilai"]), _("%(low)s sampai %(high)s") % {"low": low, "high": high}


def _money(value: float | None) -> str:
    return "–" if value is None else rupiah(round(value)).replace("Rp", "Rp\N{NO-BREAK SPACE}")


def _decimal(value: float | None) -> str:
    return "–" if value is None else number(value, 3)
