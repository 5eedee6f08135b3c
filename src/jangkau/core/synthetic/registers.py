"""Faults that every register has: numbers missing or wrong, names spelt another way."""

from datetime import date

import numpy as np
import polars as pl

from jangkau.core.synthetic import faults
from jangkau.core.synthetic.names import draw_cultures, draw_names


def spoil(frame: pl.DataFrame, people: pl.DataFrame, rates: dict[str, float], rng: np.random.Generator) -> pl.DataFrame:
    """`frame` (nik, nama, tanggal_lahir, `_orang`) with faults at the given rates, one number fault a row."""
    n = len(frame)
    nik, nama, born = (frame[c].to_list() for c in ("nik", "nama", "tanggal_lahir"))
    u = rng.random((n, 5))
    _numbers(nik, frame, people, rates, u)
    for i in np.flatnonzero(u[:, 3] < rates["nama"]):
        nama[i], _ = faults.wrong_name(nama[i], u[i, 3] / rates["nama"], u[i, 1], u[i, 2])
    for i in np.flatnonzero(u[:, 4] < rates["tanggal"]):
        born[i], _ = faults.wrong_date(born[i], u[i, 4] / rates["tanggal"], u[i, 2])
    return frame.with_columns(
        pl.Series("nik", nik, dtype=pl.String),
        pl.Series("nama", nama, dtype=pl.String),
        pl.Series("tanggal_lahir", born, dtype=pl.Date),
    )


def _numbers(
    nik: list[str | None], frame: pl.DataFrame, people: pl.DataFrame, rates: dict[str, float], u: np.ndarray
) -> None:
    relatives = family_numbers(people, frame["_orang"])
    edges = np.cumsum([rates[k] for k in ("nik_kosong", "nik_angka", "nik_tukar", "nik_15", "nik_keluarga")])
    kind = np.searchsorted(edges, u[:, 0], side="right")
    for i in np.flatnonzero(kind < len(edges)):
        right = nik[i]
        if right is None:
            continue
        wrongs = (None, faults.wrong_digit, faults.transposed, faults.short_number, None)
        fault = wrongs[kind[i]]
        if fault is not None:
            nik[i] = fault(right, u[i, 1], u[i, 2])
        else:
            nik[i] = None if kind[i] == 0 else relatives[i] or right


def family_numbers(people: pl.DataFrame, who: pl.Series) -> list[str | None]:
    """For each person number, the NIK of the next member of the household in the register; null when alone."""
    n = len(people)
    home = people["_rumah"].to_numpy()
    index = np.nan_to_num(who.cast(pl.Float64).to_numpy(), nan=-1).astype(np.int64)
    after = np.minimum(index + 1, n - 1)
    near = np.where((after > index) & (home[after] == home[index]), after, np.maximum(index - 1, 0))
    known = (index >= 0) & (home[near] == home[index]) & (near != index)
    return people["nik"].gather(pl.Series(np.where(known, near, 0))).set(pl.Series(~known), None).to_list()


def strangers(count: int, villages: pl.Series, province: str, per: date, rng: np.random.Generator) -> pl.DataFrame:
    """People who stand in no population register, with numbers that nobody has (serials from 7000)."""
    age = rng.integers(19, 66, count)
    female = rng.random(count) < 0.45
    day = np.datetime64(per, "D") - np.floor((age + rng.random(count)) * 365.25).astype("timedelta64[D]")
    culture = draw_cultures(province, count, rng)
    serial = 7000 + rng.integers(0, 3000, count)
    frame = pl.DataFrame(
        {
            "nama": draw_names(culture, female, age, np.arange(count), rng),
            "tanggal_lahir": day,
            "jenis_kelamin": np.where(female, "P", "L"),
            "kode_desa": villages,
            "_seri": serial,
        }
    )
    day_part = pl.col("tanggal_lahir").dt.day().cast(pl.Int64) + pl.when(pl.col("jenis_kelamin") == "P").then(
        40
    ).otherwise(0)
    digits = day_part.cast(pl.String).str.zfill(2) + pl.col("tanggal_lahir").dt.strftime("%m%y")
    nik = pl.col("kode_desa").str.slice(0, 6) + digits + pl.col("_seri").cast(pl.String)
    return frame.with_columns(nik.alias("nik")).drop("_seri")
