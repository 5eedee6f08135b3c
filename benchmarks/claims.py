"""Deaths among the covered of a whole province: all at once beside person by person, and whom to visit."""

from datetime import date
from time import perf_counter

import numpy as np
import polars as pl

from jangkau.core.engine import polars
from jangkau.core.enrolment.claims import deaths, heirs, paid_months
from jangkau.core.kernel.month import month_of, month_text
from jangkau.core.law.book import Book
from jangkau.core.law.membership import status_of

RESIDENTS, MEMBERS, DEAD, SAMPLE = 2_128_000, 450_000, 57_000, 2_000
AS_OF, BOOK = date(2026, 11, 22), Book.load()


def province(seed: int = 7) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Residents in households of four, some dead in the last five years; members with 1 to 48 months paid."""
    rng = np.random.default_rng(seed)
    number = np.arange(RESIDENTS)
    died = np.full(RESIDENTS, None, object)
    chosen = rng.choice(RESIDENTS, DEAD, replace=False)
    died[chosen] = [date.fromordinal(AS_OF.toordinal() - int(back)) for back in rng.integers(0, 5 * 365, DEAD)]
    residents = pl.DataFrame(
        {"nik": number, "no_kk": number // 4, "hubungan": np.array(["KEPALA", "PASANGAN", "ANAK", "ANAK"])[number % 4]}
    ).with_columns(
        pl.col("nik", "no_kk").cast(pl.String), pl.Series("tanggal_meninggal", died.tolist(), dtype=pl.Date),
        nama=pl.lit("ORANG CONTOH"), jenis_kelamin=pl.lit("L"), tanggal_lahir=date(1980, 1, 1),
        kode_desa=pl.lit("1705012002"),
    )  # fmt: skip
    start = month_of(AS_OF) - rng.integers(0, 60, MEMBERS)
    until = start + rng.integers(0, 48, MEMBERS)
    texts = {month: month_text(month) for month in range(int(start.min()), int(until.max()) + 1)}
    members = pl.DataFrame(
        {"orang": rng.choice(RESIDENTS, MEMBERS, replace=False).astype(str), "segmen": "BPU",
         "mulai": [texts[int(month)] for month in start], "dibayar_sampai": [texts[int(month)] for month in until]}
    )  # fmt: skip
    return residents, members


def main() -> None:
    residents, members = province()
    began = perf_counter()
    dead = residents.filter(pl.col("tanggal_meninggal").is_not_null())
    own = members.join(dead, left_on="orang", right_on="nik", how="semi")
    paid = paid_months(own, AS_OF, BOOK)
    found = polars(deaths(dead.rename({"nik": "orang"}), paid, AS_OF, BOOK))
    visits = found.filter(pl.col("kunjungi"))
    at_once = perf_counter() - began
    began = perf_counter()
    family = heirs(residents, visits["orang"].to_list())
    told = perf_counter() - began
    months = dict(polars(paid).group_by("orang").agg(pl.col("bulan")).iter_rows())
    some = found.head(SAMPLE)
    began = perf_counter()
    one_by_one = [
        status_of(months[who], month_of(day), "BPU", BOOK)
        for who, day in some.select("orang", "tanggal_meninggal").iter_rows()
    ]
    each = (perf_counter() - began) / len(one_by_one) * len(found)
    print(f"{RESIDENTS:,} residents, {DEAD:,} dead, {MEMBERS:,} members: {len(found):,} dead ever paid for, "
          f"{len(visits):,} families to visit, {len(family):,} people in them")  # fmt: skip
    print(f"all at once {at_once:.2f} s, person by person {each:.1f} s (from {SAMPLE:,}): {each / at_once:.0f} times")
    print(f"whom to visit {told:.2f} s")


if __name__ == "__main__":
    main()
