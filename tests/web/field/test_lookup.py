"""Whether somebody is covered already: an answer for the phone's own area, few times, and nothing else."""

import polars as pl
import pytest
from django.utils import timezone

from jangkau.apps.field.models import Lookup
from jangkau.apps.field.openrosa import lookup
from jangkau.apps.registry import selectors

ASKED = {"nik": "1705014803850002", "lahir": "1985-03-08"}


@pytest.fixture
def members(tmp_path, monkeypatch):
    """A member register with one row."""

    def bring(paid_until: str, place: str = "1705") -> None:
        row = {"kpj": "1", "nik": ASKED["nik"], "tanggal_lahir": ASKED["lahir"], "kode_wilayah": place, "segmen": "BPU",
               "pembayar": "APBD_KAB", "mulai": "2025-01", "dibayar_sampai": paid_until, "upah": 1_000_000}  # fmt: skip
        frame = pl.DataFrame([row]).with_columns(pl.col("tanggal_lahir").str.to_date())
        frame.write_parquet(tmp_path / "peserta.parquet")
        snapshot = type("Snapshot", (), {"path": tmp_path / "peserta.parquet"})
        monkeypatch.setattr(selectors, "current", lambda kind: snapshot if kind == "peserta" else None)

    return bring


def ask(client, token, **asked):
    return client.post(f"/k/{token}/cek", ASKED | asked)


def test_who_is_covered_is_told_until_when(client, token, members):
    year = timezone.localdate().year + 1
    members(f"{year}-03")
    answer = ask(client, token).json()
    assert (answer["dikenal"], answer["sampai"]) == (True, f"{year}-03")
    assert answer["kata"] == f"Sudah terlindungi sampai Maret {year}."


def test_who_is_not_known_is_told_so_and_nothing_else(client, token, members):
    members("2027-03", place="1701")
    for asked in ({}, {"lahir": "1985-03-09"}, {"nik": "1705014803850003"}):
        assert ask(client, token, **asked).json()["dikenal"] is False


def test_who_is_out_is_told_so(client, token, members):
    members("2025-03")
    assert ask(client, token).json() == {
        "dikenal": True, "sampai": None, "kata": "Pernah menjadi peserta, sekarang tidak aktif. Teruskan."
    }  # fmt: skip


@pytest.mark.parametrize("asked", [{"nik": "123"}, {"lahir": "kapan"}, {"nik": ""}])
def test_both_must_be_asked_for(client, token, asked):
    assert ask(client, token, **asked).status_code == 422


def test_a_phone_may_not_try_one_after_another(client, token, regions, monkeypatch):
    monkeypatch.setattr(lookup, "AN_HOUR", 2)
    assert [ask(client, token).status_code for _ in range(4)] == [200, 200, 429, 429]
    assert Lookup.objects.count() == 2


def test_numbers_are_never_in_an_address(client, token):
    assert client.get(f"/k/{token}/cek", ASKED).status_code == 405
