"""Who goes on with the full death benefit from the first month, and who waits anew."""

from datetime import date

import narwhals as nw
import polars as pl
import pytest

from jangkau.core.eligibility import memberships
from jangkau.core.law.book import Book
from jangkau.core.tables.registers import PESERTA
from jangkau.core.tables.results import TAUTAN, USULAN
from jangkau.core.tables.settings import Settings

SETTINGS = Settings(provinsi="52", per=date(2026, 11, 22), mulai="2027-01", bulan=12)


def flags(*rows):
    """Membership rows (payer, first month, last month paid) of one person."""
    member = [
        {"kpj": str(at), "pembayar": payer, "mulai": first, "dibayar_sampai": last, "segmen": "BPU"}
        for at, (payer, first, last) in enumerate(rows)
    ]
    peserta = pl.DataFrame(member, schema=dict.fromkeys(PESERTA.names, pl.String) | {"upah": pl.Int64})
    usulan = {"id_usulan": "a#1", "id_pekerja": "p", "berkas": "a", "lembar": "", "baris": 1}
    links = [
        {"id_usulan": "a#1", "register": "peserta", "id_register": str(at), "peluang": 1.0, "keputusan": "cocok",
         "cara": "nik"}
        for at in range(len(rows))
    ]  # fmt: skip
    frames = (
        USULAN.conform(pl.DataFrame({name: [usulan.get(name)] for name in USULAN.names})),
        TAUTAN.conform(pl.DataFrame(links)),
        PESERTA.conform(nw.from_native(peserta)),
    )
    return memberships(*frames, SETTINGS, Book.load()).to_native().to_dicts()[0]


@pytest.mark.parametrize(
    ("payer", "first", "last", "renewed", "goes_on"),
    [
        ("APBD_PROV", "2026-01", "2026-12", True, True),
        ("APBD_PROV", "2026-01", "2026-10", True, True),  # two months unpaid: arrears only
        ("APBD_PROV", "2026-01", "2026-09", True, False),  # three months unpaid: a new registration
        ("APBD_PROV", "2024-01", "2024-12", True, False),
        ("APBD_PROV", "2026-11", "2026-12", True, False),  # two months paid: the wait was never over
        ("APBD_PROV", "2026-10", "2026-12", True, True),
        ("APBD_PROV", None, "2026-12", True, False),
        ("SENDIRI", "2026-01", "2026-12", False, False),
    ],
)
def test_the_wait_goes_on_or_starts_again(payer, first, last, renewed, goes_on):
    found = flags((payer, first, last))
    assert (found["lanjutan"], found["tanpa_tunggu"]) == (renewed, goes_on)


def test_the_membership_paid_the_furthest_decides():
    found = flags(("APBD_PROV", "2026-01", "2026-12"), ("SENDIRI", "2020-01", "2020-12"))
    assert found["tanpa_tunggu"]
    assert not flags(("APBD_PROV", "2026-01", "2026-12"), ("SENDIRI", "2026-01", "2026-12"))["tanpa_tunggu"]
