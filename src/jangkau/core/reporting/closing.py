"""The few rows that end a run: what a head of department needs to know."""

from pathlib import PurePosixPath
from typing import Any

import narwhals as nw

from jangkau.core.kernel.formats import long_month, number, percent, rupiah
from jangkau.core.reporting.figures import Coverage, Figures, Run
from jangkau.core.reporting.targets import targets_told
from jangkau.core.reporting.words import denominator, reason
from jangkau.core.tables.registers import DANA, TARGET
from jangkau.core.tables.settings import SETTINGS

_MOST_SAID = 6


def closing_table(run: Run) -> list[dict[str, str]]:
    """Rows of `ukuran`, `nilai`, `catatan`: lists, people, matched, eligible, paid, money, coverage."""
    f = Figures(run)
    rows = [
        ("Daftar terbaca", f"{number(f.files)} berkas", _unread(f)),
        ("Baris orang", number(f.rows), f"{number(f.rows - f.people)} baris ganda"),
        ("Orang diusulkan", number(f.people), f"{number(f.linked)} ditemukan dalam data penduduk"),
        ("Orang layak", number(f.eligible), _reasons(f)),
        ("Orang dibayar", number(f.paid), _months(f)),
        ("Iuran", rupiah(f.money), f"dari anggaran {rupiah(f.budget)}, sisa {rupiah(f.budget - f.money)}"),
    ]
    if f.paid:
        rows += [(f"Dibanding {name}", f"{_signed(ours)} poin", note) for name, ours, note in _compared(f)]
    if f.coverage:
        whole = f.coverage[0]
        rows += [
            ("Cakupan sebelum", _percent_or_count(whole.persen_sebelum, whole.sebelum), _basis(whole, whole.sebelum)),
            ("Cakupan sesudah", _percent_or_count(whole.persen_sesudah, whole.sesudah), _basis(whole, whole.sesudah)),
        ]
    rows += targets_told(f)
    rows += _set_aside(f)
    if words := f.run.ringkasan.get("peringatan"):
        rows.append(("Peringatan", f"{f.settings.bulan} bulan terlalu pendek", words))
    return [{"ukuran": label, "nilai": value, "catatan": note} for label, value, note in rows]


def of_the_plan(berkas: str) -> bool:
    """Whether a file of MASALAH holds settings, funds or targets: what is wrong there changes the plan."""
    return berkas == SETTINGS or (PurePosixPath(berkas).stem in {DANA.name, TARGET.name} and "/" not in berkas)


def _set_aside(f: Figures) -> list[tuple[str, str, str]]:
    """What could not be read in the files of settings, funds and targets: what the plan does not know."""
    files = [name for name in f.run.masalah["berkas"].unique().to_list() if of_the_plan(name)]
    found = f.run.masalah.filter(nw.col("berkas").is_in(files))
    said = [("Peringatan", row["berkas"], f"{row['pesan']} {row['saran']}") for row in found.iter_rows(named=True)]
    told = list(dict.fromkeys(said))
    more = [
        (
            "Peringatan",
            "masalah.csv",
            f"{number(len(told) - _MOST_SAID)} peringatan lain tentang pengaturan, dana dan target.",
        )
    ]
    return told[:_MOST_SAID] + (more if len(told) > _MOST_SAID else [])


def _unread(f: Figures) -> str:
    return f"{number(f.unread)} berkas tidak terbaca" if f.unread else "semua berkas terbaca"


def _reasons(f: Figures) -> str:
    if not f.reasons:
        return "semua yang diusulkan layak" if f.people else "belum ada usulan"
    code, count = next(iter(f.reasons.items()))
    return f"{number(f.people - f.eligible)} tidak; terbanyak {number(count)}: {reason(code)}"


def _months(f: Figures) -> str:
    if not f.paid:
        return "belum ada yang terbayar"
    months = f"{f.settings.bulan} bulan mulai {long_month(f.settings.start)}"
    return f"{months}; terlalu pendek untuk JKM penuh" if f.too_short else months


_HABITS = {"urut_poin_dana_luwes_dulu": "urut daftar", "dana_saling_tidak_tahu": "dana saling tidak tahu"}


def _compared(f: Figures) -> list[tuple[str, int, str]]:
    """The two commonest habits beside the plan: points gained, and the numbers of both sides."""
    habits = dict(f.run.ringkasan.get("pembanding") or {})
    goal = int(f.run.ringkasan.get("tujuan", 0))
    return [
        (words, goal - int(habits[name]["poin"]), _both_sides(f, goal, habits[name]))
        for name, words in _HABITS.items()
        if name in habits
    ]


def _both_sides(f: Figures, goal: int, other: dict[str, Any]) -> str:
    twice = f", {number(other['ganda'])} dibayar ganda" if other["ganda"] else ""
    waste = f", {rupiah(other['terbuang'])} terbuang" if other["terbuang"] else ""
    return (
        f"{number(goal)} poin, {number(f.paid)} orang; "
        f"cara itu {number(other['poin'])} poin, {number(other['orang'])} orang{twice}{waste}"
    )


def _signed(value: int) -> str:
    return f"+{number(value)}" if value > 0 else number(value)


def _percent_or_count(value: float | None, count: int) -> str:
    return f"{number(count)} orang" if value is None else percent(value)


def _basis(whole: Coverage, count: int) -> str:
    if whole.penyebut is None:
        return "tanpa persen: penyebut belum ada"
    return f"{number(count)} dari {number(whole.penyebut)} orang, {denominator(whole)}"
