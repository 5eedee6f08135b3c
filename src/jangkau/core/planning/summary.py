"""`rencana.json`: what the plan gives, how good it is, and all that is needed to check it."""

import itertools
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.engine import polars
from jangkau.core.law.book import Book
from jangkau.core.planning.baselines import baselines
from jangkau.core.planning.build import Built
from jangkau.core.planning.explore.lives import Cover
from jangkau.core.planning.explore.months import Own, advice, months_against_people, warning
from jangkau.core.planning.rows import cutoffs
from jangkau.core.planning.schedule import Schedule
from jangkau.core.planning.solve import Answer
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings


def summary(
    built: Built, answer: Answer, dealt: Schedule, *, settings: Settings, book: Book, law: Cover
) -> dict[str, Any]:
    """What `rencana.json` says of the plan itself; `sidik_masukan` is the pipeline's to add."""
    gap = answer.bound - answer.points
    return {
        "tujuan": answer.points,
        "batas": answer.bound,
        "selisih_persen": round(100 * gap / answer.bound, 6) if answer.bound else 0.0,
        "layak": built.people.height,
        "orang": len(dealt.taken),
        "iuran": int(dealt.run_total.sum()),
        "bulan": settings.bulan,
        "peringatan": warning(settings.bulan, law),
        "dana": _funds(built, answer, dealt),
        "wilayah": regions(built, dealt),
        "versi_parameter": book.version,
        "benih": settings.benih,
    }


def comparisons(
    built: Built, answer: Answer, dealt: Schedule, *, settings: Settings, book: Book, law: Cover
) -> dict[str, Any]:
    """What the plan is compared with: other numbers of months for the same money, and the habits of offices.

    `law`: what months of cover give.
    """
    own = Own(answer.points, answer.bound, int(dealt.run_total.sum()), dealt.taken)
    months = months_against_people(built, settings, book, law, own)
    return {"pembanding": baselines(built), "bulan_orang": months, "saran_bulan": advice(months)}


def _funds(built: Built, answer: Answer, dealt: Schedule) -> list[dict[str, Any]]:
    spent = np.zeros(len(built.funds), np.int64)
    np.add.at(spent, dealt.run_fund, dealt.run_total)
    pairs = np.sort(dealt.run_fund * (built.people.height + 1) + dealt.run_person)
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    heads = np.bincount(pairs // (built.people.height + 1), minlength=len(built.funds))
    return [
        {
            "kode": fund.code,
            "nama": fund.name,
            "jenis": fund.kind,
            "anggaran": fund.budget,
            "terpakai": int(spent[at]),
            "sisa": fund.budget - int(spent[at]),
            "orang": int(heads[at]),
            # points that one million rupiah more in this fund would bring
            "harga": round(int(answer.prices[at]) / answer.scale * 1_000_000, 6),
        }
        for at, fund in enumerate(built.funds)
    ]


def regions(built: Built, dealt: Schedule, digits: int = 4) -> list[dict[str, Any]]:
    """Eligible and paid people by the first digits of kode_desa: four for kabupaten/kota."""
    many, taken = len(built.villages), built.village[dealt.taken]
    points = built.people["poin"].gather(dealt.taken).to_numpy()
    sums = {
        "layak": np.bincount(built.village, minlength=many),
        "terpilih": np.bincount(taken, minlength=many),
        # sums of whole numbers below 2**53 are exact in floats
        "poin": np.bincount(taken, points, many),
        "iuran": np.bincount(built.village[dealt.run_person], dealt.run_total, many),
    }
    table = pl.DataFrame({"wilayah": pl.Series(built.villages, dtype=pl.String).str.slice(0, digits), **sums})
    return table.group_by("wilayah").agg(pl.col(*sums).cast(pl.Int64).sum()).sort("wilayah").to_dicts()


def certificate(built: Built, answer: Answer, dana: Frame, settings: Settings) -> dict[str, Any]:
    """Inputs of the plan, integer fund prices and cutoffs: the checker needs nothing else but the tables."""
    case = built.case
    cut = cutoffs(case, answer)
    codes, width = [fund.code for fund in built.funds], max(case.funds, 1)
    arc_u, funds_of = np.divmod(np.unique(case.arc_u * width + case.arc_fund), width)
    ends = np.searchsorted(arc_u, np.arange(case.signatures + 1)).tolist()
    named = [codes[fund] for fund in funds_of.tolist()]
    groups = (named[first:end] for first, end in itertools.pairwise(ends))
    numbers = (each.tolist() for each in (case.people, answer.solution.paid, cut))
    return {
        "cara": "pencarian" if answer.searched else "harga",
        "batas_harga": answer.price_bound,
        "skala": answer.scale,
        "harga": {fund.code: int(price) for fund, price in zip(built.funds, answer.prices, strict=True)},
        "utuh": [] if answer.whole is None else [codes[at] for at in np.flatnonzero(answer.whole).tolist()],
        "ambang": [
            {"dana": "|".join(funds), "layak": eligible, "terpilih": paid, "ambang": edge}
            for funds, eligible, paid, edge in zip(groups, *numbers, strict=True)
        ],
        "masukan": {
            "mulai": settings.mulai,
            "bulan": settings.bulan,
            "dasar_iuran": settings.dasar_iuran,
            "dana": polars(dana).sort("kode").to_dicts(),
        },
    }
