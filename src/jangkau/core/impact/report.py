"""The whole answer about one plan, and plans beside one another."""

from dataclasses import asdict
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.impact import estimate
from jangkau.core.impact.distribution import by_fund, evenness, groups
from jangkau.core.impact.exposure import Exposure
from jangkau.core.impact.model import Model, survey_range
from jangkau.core.impact.parameters import DEATHS, Floats, Parameter, central
from jangkau.core.impact.words import MEANING, PUBLISHED, caveats

DRAWS = 10_000
_ENDS = (0.05, 0.95)


def impact(
    e: Exposure, known: dict[str, Parameter], draws: int = DRAWS, seed: int = 0, model: Model | None = None
) -> dict[str, Any]:
    """P0, P1, P2, kematian_diharapkan, biaya, biaya_per_P0, each with its 5-95 % range, pesimis, and what they rest on.

    Person-years expected before the event; biaya is the plan's premiums, rupiah. The same for the same seed. `model`:
    of the survey that the exposures were given their consumption from.
    """
    known = survey_range(e, model, known) if model else known
    middle = central(known)
    person, drawn = estimate.per_person(e, middle), estimate.simulate(e, known, draws, seed)
    bottom = estimate.per_year(e, central(known, ketahanan=known["ketahanan"].tinggi)).sum(axis=0)
    cost = int(e.people["iuran"].sum())
    headline = {name: _range(person[:, at].sum(), drawn[0][:, at]) for at, name in enumerate(estimate.MEASURES)}
    deaths = _range(e.deaths.sum() * known[DEATHS].nilai, drawn[1])
    return {
        **headline,
        "kematian_diharapkan": deaths,
        "biaya": {"nilai": cost, "bawah": cost, "atas": cost},
        "biaya_per_P0": _each(cost, person[:, 0].sum(), drawn[0][:, 0]),
        "pesimis": _pessimistic(bottom, cost, known["ketahanan"]),
        "orang": e.people.height,
        "orang_tahun": int(e.people["bulan"].sum()) / 12,
        "arti": MEANING,
        "catatan": caveats(surveyed=model is not None),
        "pengeluaran": _told(model),
        "menurut": _breakdown(e, person, middle_benefit := estimate.benefits(e, middle), known),
        "pemerataan": evenness(e.people, middle_benefit),
        "peka": [_bar(*one) for one in estimate.tornado(e, known)],
        "asumsi": [asdict(parameter) for parameter in known.values()],
        "tarikan": draws,
        "benih": seed,
    }


def per_person(e: Exposure, known: dict[str, Parameter]) -> pl.DataFrame:
    """What is expected of each person's cover, one row each: id_pekerja, P0, P1, P2 (person-years), kematian (chance to
    die while covered) and manfaat (rupiah), at the middle of every assumption.
    """
    middle = central(known)
    averted = estimate.per_person(e, middle)
    columns = [pl.Series(name, averted[:, at]) for at, name in enumerate(estimate.MEASURES)]
    deaths = pl.Series("kematian", e.deaths * known[DEATHS].nilai)
    benefit = pl.Series("manfaat", estimate.benefits(e, middle))
    return e.people.select("id_pekerja").with_columns(*columns, deaths, benefit)


def _told(model: Model | None) -> dict[str, Any]:
    """Where consumption comes from, and how well the survey's model fits."""
    if model is None:
        return {"asal": "angka terbitan", "sumber": PUBLISHED, "diagnosa": None}
    return {"asal": "survei", "sumber": f"{model.sumber}, {model.per}", "diagnosa": model.diagnosa}


def _range(value: float, drawn: Floats) -> dict[str, float]:
    low, high = np.quantile(drawn, _ENDS) if len(drawn) else (value, value)
    return {"nilai": float(value), "bawah": float(low), "atas": float(high)}


def _each(cost: int, value: float, drawn: Floats) -> dict[str, float | None]:
    """Rupiah a person-year; nothing where nothing is averted."""
    if value <= 0 or not len(drawn) or drawn.min() <= 0:
        return {"nilai": cost / value if value > 0 else None, "bawah": None, "atas": None}
    return dict(_range(cost / value, cost / drawn))


def _pessimistic(bottom: Floats, cost: int, coping: Parameter) -> dict[str, Any]:
    found: dict[str, Any] = {name: float(bottom[at]) for at, name in enumerate(estimate.MEASURES)}
    words = f"Bila keluarga menutup sendiri {coping.tinggi * 100:g} persen penghasilan yang hilang."
    return {
        "nilai": found["P0"],
        **found,
        "biaya_per_P0": cost / found["P0"] if found["P0"] > 0 else None,
        "arti": words,
    }


def _breakdown(e: Exposure, person: Floats, benefit: Floats, known: dict[str, Parameter]) -> dict[str, Any]:
    deaths = e.deaths * known[DEATHS].nilai
    figures = {name: person[:, at] for at, name in enumerate(estimate.MEASURES)}
    figures |= {"kematian": deaths, "manfaat": benefit}
    by_group = groups(e.people, figures) | {"dana": by_fund(e.funds, figures)}
    yearly = estimate.per_year(e, central(known))
    years = [dict(zip(estimate.MEASURES, map(float, row), strict=True)) for row in yearly]
    return by_group | {"tahun": [{"tahun": year} | row for year, row in zip(e.years, years, strict=True)]}


def _bar(parameter: Parameter, low: float, high: float) -> dict[str, Any]:
    return {
        "nama": parameter.nama,
        "rendah": parameter.rendah,
        "tinggi": parameter.tinggi,
        "P0_rendah": low,
        "P0_tinggi": high,
    }


def beside(plans: dict[str, tuple[Exposure, int]], known: dict[str, Parameter]) -> list[dict[str, Any]]:
    """Plans by P0 averted, the most first: advice only. Exposure and points of each plan by its name.

    Points, people, women and age stand beside it: what a ranking by this figure would shift.
    """
    rows = [row_of(name, e, points, known) for name, (e, points) in plans.items()]
    return sorted(rows, key=lambda row: (-row["P0"], row["keluaran"]))


def row_of(name: str, e: Exposure, points: int, known: dict[str, Parameter]) -> dict[str, Any]:
    """One plan as `beside` puts it."""
    total = estimate.per_year(e, central(known)).sum(axis=0)
    bottom = estimate.per_year(e, central(known, ketahanan=known["ketahanan"].tinggi)).sum(axis=0)
    told = e.people.filter(pl.col("jenis_kelamin").is_not_null())
    women = 100 * told.filter(pl.col("jenis_kelamin") == "P").height / told.height if told.height else None
    return {
        "keluaran": name,
        **{measure: float(total[at]) for at, measure in enumerate(estimate.MEASURES)},
        "P0_pesimis": float(bottom[0]),
        "poin": points,
        "orang": e.people.height,
        "biaya": int(e.people["iuran"].sum()),
        "perempuan_persen": women,
        "umur_rata_rata": e.people["usia"].mean(),
    }
