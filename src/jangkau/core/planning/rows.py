"""The plan as its table: one row a person and fund, with the reason in plain words."""

import numpy as np
import numpy.typing as npt
import polars as pl

from jangkau.core.engine import frame
from jangkau.core.kernel.month import month_text
from jangkau.core.planning.build import NO_FUND, Built
from jangkau.core.planning.instance import Flags, Instance, Ints, in_order, path_cost
from jangkau.core.planning.keys import distinct
from jangkau.core.planning.schedule import Schedule
from jangkau.core.planning.solve import Answer
from jangkau.core.tables.results import RENCANA
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

Places = npt.NDArray[np.uint32]

_REASONS = ["tanpa_dana", "bulan", "kosong", "undian", "penuh"]
_AIMED = "Poin {}, ambang kelompoknya {}: dana yang dapat membayar sudah penuh; kelompok dalam target didahulukan."
_SHORT = " Terlalu pendek: belum ada santunan kematian (JKM) penuh."


def plan_rows(built: Built, answer: Answer, dealt: Schedule, settings: Settings, needed: int) -> Frame:
    """RENCANA, sorted by person and month; every eligible person has at least one row.

    A new member who is paid fewer months than `needed` for the full death benefit is told so. Words are made once for
    each distinct case, not for each person.
    """
    short = ~built.people["tanpa_tunggu"].fill_null(value=False).to_numpy() & (settings.bulan < needed)
    standing, place = _standings(built, answer, short)
    cases, case = _cases(built, dealt, standing, place, settings)
    person, paid, run = _layout(dealt, built.people.height, settings.bulan)
    kind = place.astype(np.uint32)[person]
    kind[paid] = case[run]
    del place, case
    words = cases.select(
        "dana", "bulan_mulai", pl.col("jumlah_bulan").fill_null(0), "poin", "ambang",
        keterangan=_words(settings.bulan, aimed=bool(np.any(answer.bonus))),
    )  # fmt: skip
    told = words[pl.Series(kind)]
    bills = {"iuran_per_bulan": dealt.run_price, "iuran_total": dealt.run_total}
    told = told.with_columns(_placed(paid, bill[run]).alias(name) for name, bill in bills.items())
    ids = built.people["id_pekerja"]
    ids = ids if isinstance(person, slice) else ids[pl.Series(person)]
    return RENCANA.check(frame(told.with_columns(ids)))


def _placed(rows: Flags, values: Ints) -> pl.Series:
    """The values in these rows, 0 in the others."""
    column = np.zeros(len(rows), np.int64)
    column[rows] = values
    return pl.Series(column)


def _layout(dealt: Schedule, people: int, months: int) -> tuple[Places | slice, Flags, Ints]:
    """Person of each row (all in turn, where nobody has two); whether it pays; the runs of those that do, in order."""
    runs = np.bincount(dealt.run_person, minlength=people)
    order = in_order(dealt.run_person * months + dealt.run_first)
    if runs.max(initial=0) <= 1:
        return slice(None), runs > 0, order
    many = np.maximum(runs, 1)
    return np.repeat(np.arange(people, dtype=np.uint32), many), np.repeat(runs > 0, many), order


def _standings(built: Built, answer: Answer, short: Flags) -> tuple[pl.DataFrame, Ints]:
    """Distinct (points, cutoff, reason if unpaid, short), and which of them each person has.

    Told apart by cell, of which there are few; only people whom no fund can pay are looked at one by one.
    """
    case, cut = built.case, cutoffs(built.case, answer)
    points = built.people["poin"].to_numpy()
    sizes = (len(_REASONS), int(points.max(initial=0)) + 1, int(cut.max(initial=0)) + 2)
    by_cell = np.ravel_multi_index((_refusal(case, answer), case.cell_points, cut[case.cell_u] + 1), sizes)
    out = np.flatnonzero(built.cell < 0)
    reason = np.where(built.signature[out] == NO_FUND, 0, 1)
    alone = np.ravel_multi_index((reason, points[out], np.zeros(len(out), np.int64)), sizes)
    codes, at = distinct(np.append(by_cell, alone), int(np.prod(sizes)))
    place = np.append(at[: len(by_cell)], 0)[built.cell]
    place[out] = at[len(by_cell) :]
    values = np.arange(len(codes)) * 2
    if short.any():
        values, place = distinct(place * 2 + short, len(codes) * 2)
    why, worth, edge = np.unravel_index(codes[values // 2], sizes)
    table = {
        "sebab": pl.Series(_REASONS).gather(why), "poin": worth, "ambang": pl.Series(edge - 1).replace(-1, None),
        "pendek": values % 2 == 1,
    }  # fmt: skip
    return pl.DataFrame(table), place


def _cases(
    built: Built, dealt: Schedule, standing: pl.DataFrame, place: Ints, settings: Settings
) -> tuple[pl.DataFrame, Ints]:
    """Every standing unpaid, then every distinct (standing, fund, months) paid; and the case of each run."""
    sizes = (standing.height, max(len(built.funds), 1), settings.bulan, settings.bulan + 1)
    parts = (place[dealt.run_person], dealt.run_fund, dealt.run_first, dealt.run_months)
    values, case = distinct(np.ravel_multi_index(parts, sizes), int(np.prod(sizes)))
    which, fund, first, months = np.unravel_index(values, sizes)
    labels = pl.Series([month_text(settings.start + at) for at in range(settings.bulan)])
    paid = standing[which].with_columns(
        dana=pl.Series([f.code for f in built.funds], dtype=pl.String).gather(fund),
        bulan_mulai=labels.gather(first),
        bulan_akhir=labels.gather(first + months - 1),
        jumlah_bulan=pl.Series(months, dtype=pl.Int64),
    )
    return pl.concat([standing, paid], how="diagonal", rechunk=True), case + standing.height


def cutoffs(case: Instance, answer: Answer) -> Ints:
    """Lowest points that are still paid, by signature: the price of its cheapest months, held between the points of
    the last person paid and of the first who is not.
    """
    last, waiting = case.marginal(answer.solution.paid)
    cost = path_cost(case, answer.prices)
    if np.any(answer.bonus):
        cost = cost.astype(object) - answer.bonus
    price = (-(-cost // answer.scale)).astype(np.int64)
    high = np.where(last >= 0, last, np.iinfo(np.int64).max)
    return np.asarray(np.clip(price, np.maximum(waiting, 0), high), np.int64)


def _refusal(case: Instance, answer: Answer) -> Ints:
    """Why people of a cell who are not paid are not: a place in _REASONS."""
    plan = answer.solution
    spent = plan.spent(case)
    alive = np.zeros(case.signatures, bool)
    alive[case.arc_u[spent[case.arc_fund] > 0]] = True
    last, waiting = case.marginal(plan.paid)
    tied = np.where((last == waiting) & (last >= 0), last, -1)[case.cell_u] == case.cell_points
    return np.asarray(np.select([~alive[case.cell_u], tied], [2, 3], 4), np.int64)


def _words(months: int, *, aimed: bool) -> pl.Expr:
    """`keterangan`: why this fund pays, or why nobody does. `aimed`: targets put points on top of some groups'."""
    paid, points, cut = pl.col("dana").is_not_null(), pl.col("poin"), pl.col("ambang")
    whole = pl.col("jumlah_bulan") == months
    refused = {
        "tanpa_dana": pl.lit("Tidak ada dana yang boleh membayar menurut wilayah, pekerjaan dan syaratnya."),
        "bulan": pl.lit(f"Dana yang boleh membayar tidak mencakup semua {months} bulan rencana."),
        "kosong": pl.lit(f"Dana yang boleh membayar tidak cukup untuk {months} bulan satu orang pun."),
        "undian": pl.format("Poin {}: kalah undian dari orang dengan poin dan dana yang sama.", points),
    }
    full = "Poin {}, ambang {}: dana yang dapat membayar sudah penuh oleh orang berpoin {} ke atas."
    rest = f"Poin {{}} tepat di ambang, tetapi sisa dana tidak cukup untuk {months} bulan."
    below = pl.format(_AIMED, points, cut) if aimed else pl.format(full, points, cut, cut)
    text = pl.when(points < cut).then(below).otherwise(pl.format(rest, points))
    for key, words in refused.items():
        text = pl.when(pl.col("sebab") == key).then(words).otherwise(text)
    one = f"Dibayar {{}} selama {months} bulan; poin {{}}, ambang {{}}."
    part = (
        f"Dibayar {{}} bulan {{}} s.d. {{}}, bersambung dengan dana lain sampai {months} bulan; poin {{}}, ambang {{}}."
    )
    whole_text = pl.format(one, "dana", points, cut)
    part_text = pl.format(part, "dana", "bulan_mulai", "bulan_akhir", points, cut)
    warned = pl.when("pendek").then(pl.lit(_SHORT)).otherwise(pl.lit(""))
    return pl.when(paid).then(pl.when(whole).then(whole_text).otherwise(part_text) + warned).otherwise(text)
