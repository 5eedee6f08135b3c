"""The right verdict on every person proposed, from the true state of things.

Written from the contract's words alone and one person at a time, so that it can judge the rules of the
eligibility stage instead of repeating them.
"""

from datetime import date
from typing import Any

import polars as pl

from jangkau.core.kernel.month import first_day, month_index, month_of
from jangkau.core.synthetic.data import load
from jangkau.core.tables.settings import Settings

ARREARS = 3  # months unpaid after which a member is no longer active
OWN_PAYERS = ("SENDIRI", "PEMBERI_KERJA")


def verdicts(lines: pl.DataFrame, people: pl.DataFrame, members: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """`nik`, `layak`, `alasan` of each real person in `lines` (the truth of usulan), by NIK."""
    proposed = lines.drop_nulls("nik").group_by("nik").agg(pl.col("status_kerja").drop_nulls().unique().sort())
    state = proposed.join(people, "nik", maintain_order="left").sort("nik")
    paid = members.filter(pl.col("_orang").is_in(state["_orang"].implode()))
    memberships: dict[int, list[tuple[str, str]]] = {}
    for person, payer, until in paid.select("_orang", "pembayar", "dibayar_sampai").iter_rows():
        memberships.setdefault(person, []).append((payer, until))
    rows = []
    for person in state.iter_rows(named=True):
        reasons = _reasons(person, memberships.get(person["_orang"], []), settings)
        rows.append({"nik": person["nik"], "layak": not reasons, "alasan": reasons})
    return pl.DataFrame(rows, schema={"nik": pl.String, "layak": pl.Boolean, "alasan": pl.List(pl.String)})


def _reasons(person: dict[str, Any], memberships: list[tuple[str, str]], settings: Settings) -> list[str]:
    """Codes in the order of the contract."""
    age = _age(person["tanggal_lahir"], first_day(settings.start))
    work = _work(person["status_kerja"], person["pekerjaan"])
    faults = {
        "MENINGGAL": person["tanggal_meninggal"] is not None,
        "USIA_KURANG": age < settings.usia.min,
        "USIA_LEBIH": age > settings.usia.maks,
        "SUDAH_AKTIF": any(_blocks(payer, until, settings) for payer, until in memberships),
        "APARATUR": "APARATUR" in work,
        "BUKAN_PEKERJA": "BUKAN_PEKERJA" in work,
        "DI_LUAR_WILAYAH": not person["kode_desa"].startswith(settings.provinsi),
    }
    return [code for code, holds in faults.items() if holds]


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _blocks(payer: str, until: str, settings: Settings) -> bool:
    """An active membership, unless others pay it and it ends before the first month planned."""
    active = month_of(settings.per) - month_index(until) <= ARREARS
    renewal = payer not in OWN_PAYERS and month_index(until) < settings.start
    return active and not renewal


def _work(listed: list[str], card: str) -> set[str]:
    """Work states that count: the list's; the register's if the list is silent; APARATUR if either says so."""
    jobs = load("jobs")
    states = set(listed)
    if card in jobs["aparatur"]:
        states.add("APARATUR")
    elif not listed and card in jobs["bukan_pekerja"]:
        states.add("BUKAN_PEKERJA")
    return states


def trap_counts(lines: pl.DataFrame, verdict: pl.DataFrame, files: dict[str, int]) -> pl.DataFrame:
    """`jebakan`, `satuan` (baris, orang, berkas), `jumlah`."""
    by_line = lines.explode("jebakan").drop_nulls("jebakan")["jebakan"].value_counts().rows()
    by_person = verdict.explode("alasan").drop_nulls("alasan")["alasan"].value_counts().rows()
    rows = [(c, "baris", n) for c, n in by_line] + [(c, "orang", n) for c, n in by_person]
    rows += [(c, "berkas", n) for c, n in files.items()]
    schema = {"jebakan": pl.String, "satuan": pl.String, "jumlah": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("satuan", "jebakan")
