"""The tables behind the findings, as texts in rows."""

from typing import Any

import numpy as np

from jangkau.core.kernel.formats import long_month, number, percent, rupiah
from jangkau.core.kernel.month import month_index
from jangkau.core.reporting.figures import Figures, FundUse
from jangkau.core.reporting.summary import millions
from jangkau.core.reporting.words import FUND_KINDS, LEVELS, problem, reason

Block = dict[str, Any]
_MOST_KINDS = 12
_MOST_FUNDS = 25


def funds_table(f: Figures) -> Block:
    """Budget, used, left and people of every fund; of very many, the largest by name and the rest by kind."""
    largest = sorted(f.funds, key=lambda fund: -fund.anggaran)[:_MOST_FUNDS]
    rows = [_fund(fund.nama, [fund]) for fund in f.funds if fund in largest]
    rest = [fund for fund in f.funds if fund not in largest]
    for kind in sorted({fund.jenis for fund in rest}):
        alike = [fund for fund in rest if fund.jenis == kind]
        rows.append(_fund(f"{FUND_KINDS.get(kind, kind)}, {number(len(alike))} dana lain", alike))
    moved = f"{number(f.handed_over)} orang berpindah dana di tengah masa dan tertulis pada tiap dananya. "
    note = moved if f.handed_over else ""
    return {
        "kolom": ["Dana", "Anggaran (Rp)", "Terpakai (Rp)", "Sisa (Rp)", "Orang"],
        "baris": rows,
        "jumlah": ["Jumlah", number(f.budget), number(f.money), number(f.budget - f.money), number(f.paid)],
        "catatan": note + _quality(f),
        "kosong": "Belum ada dana dalam dana.csv.",
    }


def _fund(name: str, funds: list[FundUse]) -> list[str]:
    given, used = sum(fund.anggaran for fund in funds), sum(fund.terpakai for fund in funds)
    return [name, number(given), number(used), number(given - used), number(sum(fund.orang for fund in funds))]


def cash_table(f: Figures) -> Block | None:
    """What each month needs, and who falls out when the plan ends; None where that was not worked out."""
    cash = f.run.ringkasan.get("kas")
    if not cash or not f.paid:
        return None
    rows = cash["bulan"]
    left = f.budget - np.cumsum([row["iuran"] for row in rows])
    return {
        "kolom": ["Bulan", "Orang", "Iuran bulan itu (Rp)", "Bila dibayar di muka (Rp)", "Sisa anggaran (Rp)"],
        "baris": [
            [
                long_month(month_index(row["bulan"])),
                *(number(row[k]) for k in ("orang", "iuran", "iuran_sekaligus")),
                number(int(rest)),
            ]
            for row, rest in zip(rows, left, strict=True)
        ],
        "jumlah": None,
        "catatan": " ".join(_endings(cash["henti"])),
    }


_ENDING = {
    "RENCANA": "orang yang dibayar rencana ini",
    "LANJUTAN": "peserta lanjutan yang tidak terbayar rencana ini",
}


def _endings(rows: list[dict[str, Any]]) -> list[str]:
    """Who falls out when, one sentence a group."""
    groups = {key: [row for row in rows if row["kelompok"] == key] for key in _ENDING}
    return [_ending(words, groups[key]) for key, words in _ENDING.items() if groups[key]]


def _ending(who: str, rows: list[dict[str, Any]]) -> str:
    people, month, bridge = (sum(row[key] for row in rows) for key in ("orang", "jembatan_sebulan", "jembatan"))
    first, last = (long_month(month_index(pick(row["bulan"] for row in rows))) for pick in (min, max))
    when = first if first == last else f"antara {first} dan {last}"
    return (
        f"{number(people)} {who} berhenti {when} bila tidak ada yang meneruskan; "
        f"satu bulan lagi {rupiah(month)}, semua bulan tunggakannya {rupiah(bridge)}."
    )


def compared_table(f: Figures) -> Block | None:
    """The plan beside what offices do today with the same people and money; None where that was not worked out."""
    others = [row for row in dict(f.run.ringkasan.get("pembanding") or {}).values() if isinstance(row, dict)]
    if not others or not f.paid:
        return None
    ours = {"cara": "Rencana ini", "orang": f.paid, "poin": f.run.ringkasan.get("tujuan", 0)}
    return {
        "kolom": ["Cara membagi", "Orang dibayar penuh", "Poin", "Dibayar ganda", "Terbuang (Rp)"],
        "baris": [_compared(row) for row in (ours, *others)],
        "pilihan": "Rencana ini",
        "catatan": "Orang dan uang yang sama. Dibayar ganda: orang yang bulannya dibayar lebih dari satu dana. "
        "Terbuang: semua rupiah bagi orang yang bulannya tidak lengkap, dan bayaran kedua bagi bulan yang sama.",
    }


def _compared(row: dict[str, Any]) -> list[str]:
    return [
        _capital(str(row.get("cara", "–"))),
        *(number(int(row.get(key, 0))) for key in ("orang", "poin", "ganda", "terbuang")),
    ]


def _quality(f: Figures) -> str:
    points, bound = f.run.ringkasan.get("tujuan"), f.run.ringkasan.get("batas")
    if not points or not bound:
        return ""
    gap = percent(100 * (bound - points) / bound, 2)
    return (
        f"Rencana ini bernilai {number(points)} poin; yang tertinggi yang mungkin {number(bound)} poin (selisih {gap})."
    )


def reasons_table(f: Figures) -> Block:
    """Why people are not eligible."""
    return {
        "kolom": ["Alasan", "Orang"],
        "baris": [[_capital(reason(code)), number(count)] for code, count in f.reasons.items()],
        "jumlah": ["Tidak layak, tiap orang sekali", number(f.people - f.eligible)],
        "catatan": "Satu orang dapat punya beberapa alasan.",
        "kosong": "Semua orang yang diusulkan layak." if f.people else "Belum ada orang yang diusulkan.",
    }


def problems_table(f: Figures) -> Block:
    """The most frequent kinds of problems in the lists, the ones that must be mended first."""
    often = sorted(f.problems, key=lambda kind: -kind.jumlah)[:_MOST_KINDS]
    kinds = [kind for kind in f.problems if kind in often]
    rest = [kind for kind in f.problems if kind not in often]
    more = f"{number(len(rest))} jenis lain, {number(sum(kind.jumlah for kind in rest))} kali. " if rest else ""
    return {
        "kolom": ["Masalah", "Yang perlu dilakukan", "Tingkat", "Kali", "Berkas"],
        "baris": [
            [*problem(kind.kode), LEVELS.get(kind.tingkat, ""), number(kind.jumlah), number(kind.berkas)]
            for kind in kinds
        ],
        "jumlah": None,
        "catatan": more + "Tiap baris dengan selnya ada di masalah.xlsx.",
        "kosong": "Tidak ada masalah dalam daftar.",
    }


def definitions(f: Figures) -> list[list[str]]:
    """Words and what they mean here."""
    ages = f.settings.usia
    benefit = ""
    if f.death_benefit:
        full, short = f.death_benefit
        benefit = f" {millions(full)}; sebelum itu {millions(short)}."
    return [
        ["Terlindungi.", "Peserta aktif pada tanggal data; sesudahnya juga orang yang dibayar rencana ini."],
        ["Cakupan.", "Orang terlindungi dibagi penyebut yang disebut. Bukan bagian dari semua penduduk."],
        ["Orang diusulkan.", "Nama dalam daftar desa, tanpa baris ganda."],
        ["Layak.", f"Penduduk provinsi ini, umur {ages.min}-{ages.maks} tahun, bekerja, bukan aparatur, belum aktif."],
        ["JKM penuh.", f"Santunan kematian bukan karena kerja sesudah {f.wait} bulan berturut-turut dibayar.{benefit}"],
        ["Bulan dibayar.", f"Orang kali bulan, dengan tarif setiap bulan. Jumlah iurannya {rupiah(f.money)}."],
    ]  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
