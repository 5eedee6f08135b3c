"""Settings, funds and targets: versions, what the core refuses, who may."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jangkau.apps.audit.models import Event
from jangkau.apps.registry import selectors
from jangkau.apps.registry.models import Fund, Programme, Target
from jangkau.core.kernel.problems import Problem

SETTINGS = {
    "provinsi": "17", "per": "2026-11-22", "mulai": "2026-12", "bulan": "12", "usia_min": "18", "usia_maks": "64",
    "dasar_iuran": "minimum", "benih": "7", "catatan": "Tahun anggaran 2027", "bobot_desil_1": "100",
    "bobot_perempuan": "5", "bobot_risiko_SAWIT": "15",
}  # fmt: skip
FUND = {
    "kode": "APBD-17", "nama": "APBD Provinsi", "jenis": "APBD_PROV", "anggaran": "1000000000", "wilayah": "17",
    "syarat": "desil<=2", "berlaku_dari": "2026-12", "berlaku_sampai": "2027-11", "tarif": "AUTO",
}  # fmt: skip


def changed(form: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {**form, **values}


def test_settings_become_a_version_that_the_core_reads(sign_in: Callable[..., Client]) -> None:
    client = sign_in("pengelola")
    assert client.post("/data/pengaturan/", SETTINGS).status_code == 302
    settings = selectors.settings()
    assert (settings.bobot.desil, settings.bobot.risiko, settings.start) == ({1: 100}, {"SAWIT": 15}, 2026 * 12 + 11)
    client.post("/data/pengaturan/", changed(SETTINGS, bulan="6", catatan="Uang kurang"))
    page = client.get("/data/pengaturan/").content.decode()
    assert Programme.objects.count() == 2
    assert "Uang kurang" in page
    assert Event.objects.get(alasan="Uang kurang").sebelum["bulan"] == 12


@pytest.mark.parametrize(
    ("field", "value"), [("mulai", "2026-13"), ("provinsi", "x"), ("usia_maks", "5"), ("bulan", "0")]
)
def test_wrong_settings_are_shown_beside_their_field(sign_in: Callable[..., Client], field: str, value: str) -> None:
    answer = sign_in("pengelola").post("/data/pengaturan/", changed(SETTINGS, **{field: value}))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Programme.objects.exists()


def test_before_the_first_version_the_work_says_what_is_missing(db: None) -> None:
    with pytest.raises(Problem, match="Program belum diatur"):
        selectors.settings()


def test_a_reader_sees_settings_without_a_form(sign_in: Callable[..., Client]) -> None:
    sign_in("pengelola").post("/data/pengaturan/", SETTINGS)
    client = sign_in("auditor")
    assert "Simpan sebagai versi baru" not in client.get("/data/pengaturan/").content.decode()
    client.post("/data/pengaturan/", changed(SETTINGS, bulan="1"))
    assert selectors.settings().bulan == 12


def test_a_fund_is_kept_as_the_planner_reads_it(sign_in: Callable[..., Client]) -> None:
    client = sign_in("pengelola")
    client.post("/data/dana/baru/", changed(FUND, pekerjaan=["SAWIT", "NELAYAN"]))
    row = selectors.funds().rows(named=True)[0]
    assert (row["anggaran"], row["pekerjaan"], row["syarat"]) == (1_000_000_000, "SAWIT|NELAYAN", "desil<=2")
    fund = Fund.objects.get()
    client.post(f"/data/dana/{fund.pk}/", changed(FUND, anggaran="5"))
    assert Event.objects.filter(tindakan="fund.edit").first().sebelum["anggaran"] == 1_000_000_000


@pytest.mark.parametrize(("field", "value"), [
    ("syarat", "desil kecil"), ("anggaran", "-1"), ("wilayah", "99"), ("berlaku_sampai", "2026-11"), ("kode", ""),
])  # fmt: skip
def test_a_fund_that_the_planner_could_not_read_is_refused(
    sign_in: Callable[..., Client], field: str, value: str
) -> None:
    answer = sign_in("pengelola").post("/data/dana/baru/", changed(FUND, **{field: value}))
    assert (answer.status_code, Fund.objects.count()) == (422, 0)
    assert f'id="id_{field}_error"' in answer.content.decode()


def test_a_manager_of_one_kabupaten_cannot_touch_the_money_of_another(sign_in: Callable[..., Client]) -> None:
    sign_in("pengelola").post("/data/dana/baru/", FUND)
    own = sign_in("pengelola", "1705")
    assert own.get(f"/data/dana/{Fund.objects.get().pk}/").status_code == 404
    assert own.post("/data/dana/baru/", changed(FUND, kode="K", wilayah="1704")).status_code == 404
    assert own.post("/data/dana/baru/", changed(FUND, kode="K", wilayah="1705")).status_code == 302


def test_a_target_is_a_percentage_or_a_count(sign_in: Callable[..., Client]) -> None:
    client = sign_in("pengelola")
    form = {"wilayah": "1705", "indikator": "cakupan", "tahun": "2027"}
    assert client.post("/data/target/baru/", form).status_code == 422
    assert client.post("/data/target/baru/", changed(form, persen="45")).status_code == 302
    assert "45 %" in client.get("/data/target/").content.decode()
    client.post(f"/data/target/{Target.objects.get().pk}/hapus/")
    assert not Target.objects.exists()
    assert Event.objects.filter(tindakan="target.remove").get().sebelum["persen"] == 45
