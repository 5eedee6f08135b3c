"""Money moved from one fund to another: who gains and who loses, by a plan made anew."""

from dataclasses import replace
from typing import Any

import polars as pl

from jangkau.core.kernel.formats import number, rupiah
from jangkau.core.kernel.problems import Problem
from jangkau.core.planning.build import Built
from jangkau.core.planning.explain import Record
from jangkau.core.planning.instance import Ints
from jangkau.core.planning.schedule import deal
from jangkau.core.planning.solve import Answer, solve
from jangkau.core.planning.targets.aim import aim_again


def transfer(record: Record, giver: str, taker: str, amount: int) -> dict[str, Any]:
    """What the plan of a finished run would be with `amount` rupiah of one fund given to another.

    The change in points and people, by kabupaten too, people who come in and who drop out, the change that the fund
    prices foretell, and all of it in words; the plan's targets hold for the new one too.
    Raises DANA_TIDAK_ADA, PINDAH_TIDAK_BISA.
    """
    built, seed = record.built, record.settings.benih
    codes = [fund.code for fund in built.funds]
    for code in (giver, taker):
        if code not in codes:
            raise Problem("DANA_TIDAK_ADA", dana=code)
    source, target = codes.index(giver), codes.index(taker)
    if source == target or not 0 < amount <= built.funds[source].budget:
        raise Problem("PINDAH_TIDAK_BISA", jumlah=number(amount), dari=giver, ada=number(built.funds[source].budget))
    moved = _moved(built, source, target, amount)
    aimed = aim_again(moved, record.run["sertifikat"].get("target") or [])
    moved, answer = (aimed.built, aimed.met.answer) if aimed else (moved, solve(moved.case))
    dealt = deal(moved, answer.solution, seed)
    return _told(record, moved, answer, dealt.taken, (giver, taker, amount))


def _moved(built: Built, source: int, target: int, amount: int) -> Built:
    budgets = built.case.budgets.copy()
    budgets[source] -= amount
    budgets[target] += amount
    funds = [replace(fund, budget=int(budgets[at])) for at, fund in enumerate(built.funds)]
    return replace(built, case=replace(built.case, budgets=budgets), funds=funds)


def _told(record: Record, moved: Built, answer: Answer, taken: Ints, order: tuple[str, str, int]) -> dict[str, Any]:
    giver, taker, amount = order
    ids = moved.people["id_pekerja"]
    after = ids.gather(taken)
    before = ids.filter(pl.Series(record.is_paid))
    proof = record.run["sertifikat"]
    result = {
        "dari": giver,
        "ke": taker,
        "jumlah": amount,
        "poin": _change(record.run["tujuan"], answer.points),
        "orang": _change(len(before), len(after)),
        "batas": answer.bound,
        "masuk": int((~after.is_in(before.implode())).sum()),
        "keluar": int((~before.is_in(after.implode())).sum()),
        "perkiraan_poin": round((proof["harga"][taker] - proof["harga"][giver]) * amount / proof["skala"], 3),
        "wilayah": _regions(moved.people, before, after),
        "peringatan": record.run.get("peringatan"),
    }
    return result | {"kalimat": _words(result)}


def _change(before: int, after: int) -> dict[str, int]:
    return {"sebelum": before, "sesudah": after, "selisih": after - before}


def _regions(people: pl.DataFrame, before: pl.Series, after: pl.Series) -> list[dict[str, Any]]:
    """Paid people by kabupaten/kota before and after; only where something changes."""
    who = pl.col("id_pekerja")
    flags = people.select(
        wilayah=pl.col("kode_desa").str.slice(0, 4), sebelum=who.is_in(before.implode()),
        sesudah=who.is_in(after.implode()),
    )  # fmt: skip
    grouped = flags.group_by("wilayah").agg(pl.col("sebelum", "sesudah").sum().cast(pl.Int64)).sort("wilayah")
    changed = grouped.with_columns(selisih=pl.col("sesudah") - pl.col("sebelum")).filter(pl.col("selisih") != 0)
    return changed.to_dicts()


def _words(result: dict[str, Any]) -> list[str]:
    points, people = result["poin"], result["orang"]
    lines = [
        f"Memindahkan {rupiah(result['jumlah'])} dari {result['dari']} ke {result['ke']}: "
        f"poin {number(points['sebelum'])} menjadi {number(points['sesudah'])} ({_signed(points['selisih'])}), "
        f"orang {number(people['sebelum'])} menjadi {number(people['sesudah'])} ({_signed(people['selisih'])}).",
        f"{number(result['masuk'])} orang masuk, {number(result['keluar'])} orang keluar.",
    ]
    places = [f"{row['wilayah'] or 'tanpa wilayah'} {_signed(row['selisih'])}" for row in result["wilayah"]]
    lines.append(f"Menurut kabupaten/kota: {', '.join(places) or 'tidak ada yang berubah'}.")
    return lines + ([result["peringatan"]] if result["peringatan"] else [])


def _signed(value: int) -> str:
    return f"+{number(value)}" if value > 0 else number(value)
