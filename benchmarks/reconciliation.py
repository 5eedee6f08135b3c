"""A month's reconciliation of 300,000 covered people with a snapshot of 450,000 members: the core alone.

    .venv/bin/python benchmarks/reconciliation.py [--people 300000] [--members 450000]

Everyone has twelve months in the books, a third of the register are second rows, and every kind of finding occurs.
"""

import argparse
import json
import time
from datetime import date

import numpy as np
import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.enrolment.radar import radar
from jangkau.core.enrolment.reconcile import When, reconcile
from jangkau.core.kernel.month import month_index
from jangkau.core.tables.reconciliation import BULAN_IURAN, TERCAKUP
from jangkau.core.tables.registers import DANA, PENDUDUK, PESERTA
from jangkau.core.tables.schema import Frame

NOW = month_index("2026-11")
LIMIT_SECONDS = 30


def books(people: int, seed: int = 1) -> tuple[pl.DataFrame, Frame, Frame]:
    """TERCAKUP (and `jenis`, the payer's), BULAN_IURAN and DANA: twelve months each, eight of them paid."""
    draw = np.random.default_rng(seed)
    order = np.arange(people)
    day, month, year = draw.integers(1, 29, people), draw.integers(1, 13, people), draw.integers(60, 100, people)
    nik = [
        f"1701{1 + n % 9:02}{d:02}{m:02}{y:02}{1 + n % 9_000:04}"
        for n, (d, m, y) in enumerate(zip(day, month, year, strict=True))
    ]
    covered = pl.DataFrame(
        {
            "id": order,
            "nik": nik,
            "kpj": [f"{10_000_000_000 + n}" for n in order],
            "nama": [f"ORANG {n % 40_000} CONTOH {n // 40_000}" for n in order],
            "tanggal_lahir": [date(1900 + int(y), int(m), int(d)) for y, m, d in zip(year, month, day, strict=True)],
            "bulan_bayar": NOW - draw.integers(0, 6, people),
        }
    )
    every = covered.select("id").join(pl.DataFrame({"bulan": range(NOW - 7, NOW + 5)}), how="cross")
    which = draw.integers(0, 3, people)
    fund, payer = (
        pl.Series(words).gather(which) for words in (["PROV", "KAB", "CSR"], ["APBD_PROV", "APBD_KAB", "CSR"])
    )
    paid = pl.when(pl.col("bulan") <= NOW).then(pl.lit("dibayar")).otherwise(pl.lit("komitmen"))
    months = every.join(pl.DataFrame({"id": order, "dana": fund}), on="id").with_columns(
        iuran=pl.lit(16_800), keadaan=paid
    )
    funds = pl.DataFrame(
        {
            "kode": ["PROV", "KAB", "CSR"],
            "jenis": ["APBD_PROV", "APBD_KAB", "CSR"],
            "wilayah": ["17", "17.01", None],
            "anggaran": [0, 0, 0],
        }
    )
    return covered.with_columns(jenis=payer), BULAN_IURAN.conform(frame(months)), DANA.conform(frame(funds))


def registers(covered: pl.DataFrame, members: int, seed: int = 2) -> tuple[Frame, Frame]:
    """PESERTA and PENDUDUK about those people: most as paid, some behind, formal, paid by others, gone or dead."""
    draw = np.random.default_rng(seed)
    known = covered.sample(fraction=0.97, seed=seed)
    twice = covered.sample(members - known.height, with_replacement=True, seed=seed + 1)
    rows = pl.concat(
        [known, twice.with_columns(kpj=pl.lit("9") + pl.int_range(twice.height).cast(pl.String).str.zfill(10))]
    )
    n = rows.height
    second = np.arange(n) >= known.height
    until = NOW - draw.choice(8, n, p=[0.7, 0.1, 0.05, 0.05, 0.04, 0.03, 0.02, 0.01]) - second * 6
    words = pl.DataFrame({"a": until}).select(
        t=(pl.col("a") // 12).cast(pl.String) + "-" + (pl.col("a") % 12 + 1).cast(pl.String).str.zfill(2)
    )["t"]
    peserta = rows.select(
        "kpj", "nik", "nama", "tanggal_lahir",
        segmen=pl.Series(np.where(draw.random(n) < 0.05, "PU", "BPU")),
        pembayar=pl.when(pl.Series(draw.random(n) < 0.03)).then(pl.lit("SENDIRI")).otherwise("jenis"),
        mulai=pl.lit("2025-11"), dibayar_sampai=words,
    )  # fmt: skip
    home = pl.when(pl.int_range(pl.len()) % 50 == 0).then(pl.lit("1602012001")).otherwise(pl.lit("1701012001"))
    died = pl.when(pl.int_range(pl.len()) % 97 == 0).then(pl.lit(date(2026, 8, 20)))
    known = covered.unique("nik", keep="first", maintain_order=True)
    penduduk = known.select("nik", kode_desa=home, tanggal_meninggal=died)
    return PESERTA.conform(frame(peserta)), PENDUDUK.conform(frame(penduduk))


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, default=300_000)
    options.add_argument("--members", type=int, default=450_000)
    asked = options.parse_args()
    covered, months, funds = books(asked.people)
    peserta, penduduk = registers(covered, asked.members)
    start, busy = time.perf_counter(), time.process_time()
    found = reconcile(TERCAKUP.conform(frame(covered)), months, funds, peserta, penduduk, When(NOW, "17"))
    seconds, processor = time.perf_counter() - start, time.process_time() - busy
    persons = covered.select(
        "id", kode_desa=pl.lit("1701012001"), pekerjaan=pl.lit("TANI"), penghasilan=pl.lit(None, pl.Int64)
    )
    begun = time.perf_counter()
    ends = radar(frame(persons), months, funds, NOW)
    radar_seconds = time.perf_counter() - begun
    kinds = polars(found.temuan)["jenis"].value_counts(sort=True).rows()
    print(json.dumps({
        "people": asked.people, "members": asked.members, "person_months": len(months), "kinds": dict(kinds),
        "months_proposed": len(found.bulan), "seconds": round(seconds, 2), "cpu_seconds": round(processor, 2),
        "radar_people": len(ends), "radar_seconds": round(radar_seconds, 2),
        "limit_seconds": LIMIT_SECONDS, "within_limit": seconds <= LIMIT_SECONDS,
    }, indent=2))  # fmt: skip


if __name__ == "__main__":
    main()
