"""Vectorised prices against a slow reference that was written from the text of the rules, not from the code."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.law.contributions import contributions, schedule

# PP 44/2015 Lampiran II, thousand rupiah: from this income on, this wage base.
TABLE = [
    (0, 1000), (1100, 1200), (1300, 1400), (1500, 1600), (1700, 1800), (1900, 2000), (2100, 2200), (2300, 2400),
    (2500, 2600), (2700, 2950), (3200, 3450), (3700, 3950), (4200, 4450), (4700, 4950), (5200, 5450), (5700, 5950),
    (6200, 6450), (6700, 6950), (7200, 7450), (7700, 7950), (8200, 8700), (9200, 9700), (10200, 10700),
    (11200, 11700), (12200, 12700), (13200, 13700), (14200, 14700), (15200, 15700), (16200, 16700), (17200, 17700),
    (18200, 18700), (19200, 19700), (20200, 20700),
]  # fmt: skip
RISK = {1: "0.24", 2: "0.54", 3: "0.89", 4: "1.27", 5: "1.74"}
PENSION_CAP = {2022: 9_077_600, 2023: 9_559_600, 2024: 10_042_300, 2025: 10_547_400, 2026: 11_086_300}
GOVERNMENT = ("APBN", "APBD_PROV", "APBD_KAB", "DBH_SAWIT", "DBH_CHT", "DANA_DESA")
OTHERS = ("SENDIRI", "PEMBERI_KERJA", "CSR", "ZAKAT", "DONATUR")
SECTORS = ("TANI", "SAWIT", "ANGKUTAN", "DAGANG", "LAIN")
SCALES = ("MIKRO", "KECIL", "MENENGAH", "BESAR")
FIRST, LAST = 2022 * 12 + 2, 2027 * 12 + 1


@dataclass(frozen=True)
class Ask:
    bulan: int
    segmen: str
    pembayar: str
    sektor: str
    tarif: str
    penghasilan: int | None
    jht: bool
    upah: int
    kelas_risiko: int
    skala: str
    nilai_kontrak: int
    paket: str


asks = st.builds(
    Ask,
    bulan=st.integers(FIRST, LAST),
    segmen=st.sampled_from(["BPU", "PU", "JAKON"]),
    pembayar=st.sampled_from(GOVERNMENT + OTHERS),
    sektor=st.sampled_from(SECTORS),
    tarif=st.sampled_from(["AUTO", "PENUH", "DISKON"]),
    penghasilan=st.none() | st.integers(0, 25_000_000) | st.sampled_from([low * 1000 - 1 for low, _ in TABLE[1:]]),
    jht=st.booleans(),
    upah=st.integers(1, 30_000_000),
    kelas_risiko=st.integers(1, 5),
    skala=st.sampled_from(SCALES),
    nilai_kontrak=st.integers(1, 20_000_000_000),
    paket=st.just("SEBELUM"),
)


def rupiah(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))


def percent(of: int, rate: str) -> int:
    return rupiah(of * Fraction(rate) / 100)


def halved(ask: Ask) -> bool:
    """PP 50/2025: transport Jan 2026 - Mar 2027, others Apr 2026 - Dec 2026; not when the state pays."""
    year, month = divmod(ask.bulan, 12)
    month += 1
    if ask.sektor == "ANGKUTAN":
        in_time = year == 2026 or (year == 2027 and month <= 3)
    else:
        in_time = year == 2026 and month >= 4
    entitled = ask.tarif == "DISKON" or (ask.tarif == "AUTO" and ask.pembayar in OTHERS)
    return in_time and entitled


def bpu(ask: Ask) -> dict[str, int]:
    base = max(wage * 1000 for low, wage in TABLE if (ask.penghasilan or 0) >= low * 1000)
    part = Fraction(1, 2) if halved(ask) else Fraction(1)
    jht = percent(base, "2") if ask.jht else 0
    return {"jkk": rupiah(base * Fraction(1, 100) * part), "jkm": rupiah(6800 * part), "jht": jht, "jp": 0, "jkp": 0}


def pu(ask: Ask) -> dict[str, int]:
    year, month = divmod(ask.bulan, 12)
    cap = PENSION_CAP[year if month >= 2 else year - 1]
    capped = min(ask.upah, 5_000_000)
    in_jkp = ask.skala != "MIKRO"
    from_jkk = percent(capped, "0.14") if in_jkp else 0
    from_jkm = percent(capped, "0.10") if in_jkp and (year, month) < (2025, 1) else 0
    return {
        "jkk": percent(ask.upah, RISK[ask.kelas_risiko]) - from_jkk,
        "jkm": percent(ask.upah, "0.3") - from_jkm,
        "jht": percent(ask.upah, "5.7") if ask.skala != "MIKRO" else 0,
        "jp": percent(min(ask.upah, cap), "3") if ask.skala in ("MENENGAH", "BESAR") else 0,
        "jkp": from_jkk + from_jkm,
    }


def jakon(ask: Ask) -> dict[str, int]:
    """Wages are given in this frame, so they decide."""
    return {"jkk": percent(ask.upah, "1.74"), "jkm": percent(ask.upah, "0.30"), "jht": 0, "jp": 0, "jkp": 0}


def reference(ask: Ask) -> dict[str, int]:
    parts = {"BPU": bpu, "PU": pu, "JAKON": jakon}[ask.segmen](ask)
    return parts | {"total": sum(parts.values())}


def frame(rows: list[Ask]) -> pl.DataFrame:
    return pl.DataFrame(
        [vars(row) for row in rows], schema_overrides={"penghasilan": pl.Int64}, infer_schema_length=None
    )


@settings(max_examples=tries(60), deadline=None)
@given(st.lists(asks, min_size=1, max_size=12))
def test_prices_are_those_of_the_text(rows: list[Ask]) -> None:
    priced = contributions(frame(rows)).to_native().select("jkk", "jkm", "jht", "jp", "jkp", "total").to_dicts()
    assert priced == [reference(row) for row in rows]


@settings(max_examples=tries(60), deadline=None)
@given(st.lists(asks, min_size=1, max_size=8), st.integers(FIRST, LAST - 14))
def test_many_months_at_once_are_the_months_one_by_one(rows: list[Ask], first: int) -> None:
    months = range(first, first + 14)
    table = frame(rows)
    each = [contributions(table.with_columns(bulan=pl.lit(month)))["total"].to_list() for month in months]
    assert schedule(table.drop("bulan"), months).tolist() == each


BANDS = [
    (100, "0.21", "0.03"),
    (400, "0.17", "0.02"),
    (500, "0.13", "0.02"),
    (4000, "0.11", "0.01"),
    (None, "0.09", "0.01"),
]


@settings(deadline=None)
@given(st.integers(1, 30_000_000_000))
def test_construction_bands_touch_only_their_own_part(value: int) -> None:
    left, jkk, jkm = value, Fraction(0), Fraction(0)
    for width, first, second in BANDS:
        part = left if width is None else min(left, width * 1_000_000)
        jkk, jkm, left = jkk + part * Fraction(first) / 100, jkm + part * Fraction(second) / 100, left - part
    priced = contributions(pl.DataFrame({"segmen": ["JAKON"], "bulan": [LAST], "nilai_kontrak": [value]}))
    assert priced.select("jkk", "jkm").rows() == [(rupiah(jkk), rupiah(jkm))]


@settings(deadline=None)
@given(st.integers(1, 40_000_000), st.integers(1, 5), st.sampled_from(SCALES))
def test_the_bill_did_not_grow_with_job_loss_insurance(wage: int, risk: int, scale: str) -> None:
    """PP 37/2021 and PP 6/2025 move parts of JKK and JKM; the total of a small firm is that of 2020."""
    months = [2020 * 12, 2023 * 12 + 5, 2026 * 12]
    row = {"segmen": "PU", "upah": wage, "kelas_risiko": risk, "skala": "KECIL" if scale != "MIKRO" else scale}
    totals = contributions(pl.DataFrame([row | {"bulan": month} for month in months]))["total"].to_list()
    assert len(set(totals)) == 1
