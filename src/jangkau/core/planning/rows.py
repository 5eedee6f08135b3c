"""The plan as its table: one row a person and fund, with the reason in plain words."""

import numpy as np
import polars as pl

from jangkau.core.engine import frame
from jangkau.core.kernel.month import month_text
from jangkau.core.planning.build import NO_FUND, NOT_ALL_MONTHS, Built
from jangkau.core.planning.instance import Instance, Ints, path_cost
from jangkau.core.planning.schedule import Schedule
from jangkau.core.planning.solve import Answer
from jangkau.core.tables.results import RENCANA
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

_SHORT = " Terlalu pendek: belum ada santunan kematian (JKM) penuh."


def plan_rows(built: Built, answer: Answer, dealt: Schedule, settings: Settings, needed: int) -> Frame:
    """RENCANA, sorted by person and month; every eligible person has at least one row.

    A new member who is paid fewer months than `needed` for the full death benefit is told so.
    """
    people, months = built.people, settings.bulan
    cut = cutoffs(built.case, answer)
    per_person = pl.DataFrame(
        {
            "at": np.arange(people.height),
            "id_pekerja": people["id_pekerja"],
            "poin": people["poin"].cast(pl.Int64),
            "tanda": built.signature,
            "ambang": pl.Series(np.append(cut, [-1, -1])[built.signature]).replace(-1, None),
            "sebab": _refusal(built, answer),
            "pendek": ~people["tanpa_tunggu"].fill_null(value=False) & (months < needed),
        }
    )
    labels = [month_text(settings.start + at) for at in range(months)]
    runs = pl.DataFrame(
        {
            "at": dealt.run_person,
            "dana": pl.Series([f.code for f in built.funds], dtype=pl.String).gather(dealt.run_fund),
            "mulai_ke": dealt.run_first,
            "bulan_mulai": pl.Series(labels).gather(dealt.run_first),
            "bulan_akhir": pl.Series(labels).gather(dealt.run_first + dealt.run_months - 1),
            "jumlah_bulan": dealt.run_months,
            "iuran_per_bulan": dealt.run_price,
            "iuran_total": dealt.run_total,
        }
    )
    table = per_person.join(runs, on="at", how="left", maintain_order="left").sort("at", "mulai_ke")
    table = table.with_columns(pl.col("jumlah_bulan", "iuran_per_bulan", "iuran_total").fill_null(0))
    return RENCANA.check(frame(table.with_columns(keterangan=_words(months))))


def cutoffs(case: Instance, answer: Answer) -> Ints:
    """Lowest points that are still paid, by signature: the price of its cheapest months, held between the points of
    the last person paid and of the first who is not.
    """
    last, waiting = case.marginal(answer.solution.paid)
    price = np.array([-(-cost // answer.scale) for cost in path_cost(case, answer.prices)], np.int64)
    return np.clip(price, np.maximum(waiting, 0), np.where(last >= 0, last, np.iinfo(np.int64).max))


def _refusal(built: Built, answer: Answer) -> pl.Series:
    """Why a person who is not paid is not: one of the keys of `_words`."""
    case, plan = built.case, answer.solution
    spent = plan.spent(case)
    alive = np.zeros(case.signatures + 2, bool)
    np.logical_or.at(alive, case.arc_u, spent[case.arc_fund] > 0)
    last, waiting = case.marginal(plan.paid)
    tied = np.append(np.where((last == waiting) & (last >= 0), last, -1), [-1, -1])
    points = built.people["poin"].to_numpy()
    reason = np.select(
        [
            built.signature == NO_FUND,
            built.signature == NOT_ALL_MONTHS,
            ~alive[built.signature],
            points == tied[built.signature],
        ],
        ["tanpa_dana", "bulan", "kosong", "undian"],
        "penuh",
    )
    return pl.Series(reason)


def _words(months: int) -> pl.Expr:
    """`keterangan`: why this fund pays, or why nobody does."""
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
    text = pl.when(points < cut).then(pl.format(full, points, cut, cut)).otherwise(pl.format(rest, points))
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
