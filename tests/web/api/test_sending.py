"""Programs send proposals: read like any list, never twice, within their token's region."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from jangkau.api import once
from jangkau.apps.access.models import Sent
from jangkau.apps.intake.models import ListFile, ProposalRow, Shipment
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.linkage.models import Decision, Person
from jangkau.apps.regions.actions import load_province
from jangkau.apps.registry.actions import set_programme
from jangkau.core.tables.settings import Settings

ROWS = [
    {"nama": "Siti Contoh", "nik": "1705014505900001", "tanggal_lahir": "5 Mei 1990", "jenis_kelamin": "P",
     "pekerjaan": "Petani"},
    {"nama": "Budi, Contoh", "nik": "170501450590", "tanggal_lahir": "kemarin"},
]  # fmt: skip
LIST = {"untuk": "1705012002", "nama": "usulan uji", "baris": ROWS}
JSON = "application/json"


@pytest.fixture
def desa(program: Callable[..., Client]) -> Client:
    load_province("17")
    set_programme(Settings(provinsi="17", per="2026-11-22", mulai="2027-01", bulan=12), by=None)
    return program("operator_desa")


def test_what_is_sent_is_read_like_a_list_and_its_problems_come_back_masked(desa: Client) -> None:
    sent = desa.post("/api/v1/kiriman", LIST, JSON)
    assert sent.status_code == 202, sent.content
    run_job.func(sent.json()["tugas"])
    told = desa.get(f"/api/v1/kiriman/{sent.json()['id']}").json()
    assert [(file["keadaan"], file["orang"]) for file in told["berkas"]] == [("terbaca", 2)]
    names = ProposalRow.objects.order_by("baris").values_list("nama", "nik", "pekerjaan", "region_code")
    assert list(names)[0] == ("Siti Contoh", "1705014505900001", "TANI", "1705012002")
    faults = desa.get(f"/api/v1/masalah?kiriman={told['id']}").json()
    assert faults["jumlah"] >= 1
    assert {fault["baris"] for fault in faults["isi"]} == {3}
    assert "170501450590" not in str(faults)


def test_the_same_rows_never_enter_twice(desa: Client) -> None:
    desa.post("/api/v1/kiriman", LIST, JSON)
    again = desa.post("/api/v1/kiriman", LIST, JSON).json()
    assert again["tugas"] is None
    assert "Tidak ada yang berubah" in again["catatan"][0]
    assert ListFile.objects.count() == 1


def test_a_repeated_key_repeats_the_answer_and_takes_no_other_content(desa: Client) -> None:
    key = {"Idempotency-Key": "kunci-0001"}
    first, again = (desa.post("/api/v1/kiriman", LIST, JSON, headers=key) for _ in range(2))
    assert first.json() == again.json()
    assert Shipment.objects.count() == 1
    other = desa.post("/api/v1/kiriman", LIST | {"nama": "lain"}, JSON, headers=key)
    assert (other.status_code, other.json()["type"]) == (409, "urn:jangkau:KUNCI_DIPAKAI_LAIN")


def test_an_answer_is_kept_for_a_month(desa: Client) -> None:
    desa.post("/api/v1/kiriman", LIST, JSON, headers={"Idempotency-Key": "kunci-0001"})
    assert (once.forget(), Sent.objects.count()) == (0, 1)
    Sent.objects.update(created_at=timezone.now() - once.KEPT - timedelta(hours=1))
    assert (once.forget(), Sent.objects.count()) == (1, 0)


@pytest.mark.parametrize(("change", "status"), [
    ({"untuk": "1704012001"}, 404), ({"untuk": "9999999999"}, 404), ({"untuk": "1705"}, 422), ({"baris": []}, 422),
    ({"baris": [{"nik": "1"}]}, 422), ({"baris": [{"nama": "a\x00"}]}, 422),
])  # fmt: skip
def test_what_cannot_be_taken_is_refused_whole(desa: Client, change: dict, status: int) -> None:
    assert desa.post("/api/v1/kiriman", LIST | change, JSON).status_code == status
    assert not Shipment.objects.exists()


def test_a_neighbour_sees_neither_shipment_nor_problems(desa: Client, program: Callable[..., Client]) -> None:
    sent = desa.post("/api/v1/kiriman", LIST, JSON).json()
    run_job.func(sent["tugas"])
    other = program("operator_kab", "1704")
    assert other.get(f"/api/v1/kiriman/{sent['id']}").status_code == 404
    assert other.get("/api/v1/masalah").json()["jumlah"] == 0


def test_persons_and_decisions_are_masked_and_of_the_own_region(program: Callable[..., Client], user: Callable) -> None:
    for number, region in ((1, "1705012002"), (2, "1704012001")):
        Person.objects.create(
            id=number, id_pekerja=f"P{number}", region_code=region, nik="1705014505900001", nama="Siti"
        )
        Decision.objects.create(
            id_usulan="1/a.csv##2", register="penduduk", id_register="1705014505900001", keputusan="cocok",
            region_code=region, by=user("pengelola"), at="2026-11-26T00:00:00Z", reason="NIK 1705014505900001 cocok",
        )  # fmt: skip
    client = program("operator_kab")
    persons, decisions = client.get("/api/v1/pekerja").json(), client.get("/api/v1/keputusan").json()
    assert (persons["jumlah"], decisions["jumlah"]) == (1, 1)
    assert persons["isi"][0]["nik"] == "1705••••••••0001"
    assert "1705014505900001" not in str(persons) + str(decisions)
    assert client.get("/api/v1/pekerja/P1").json()["nama"] == "Siti"
    assert client.get("/api/v1/pekerja/P2").status_code == 404
    assert client.get(f"/api/v1/keputusan?setelah={decisions['isi'][0]['id']}").json()["jumlah"] == 0


@pytest.mark.parametrize(("body", "status"), [
    (b"{" * 10, 400), (b"\xff\xfe", 400), (b"[" * 100_000, 400), (b"x" * (21 * 2**20), 413), (b"null", 422),
], ids=["not JSON", "not UTF-8", "too deep", "too large", "nothing"])  # fmt: skip
def test_a_body_that_cannot_be_read_is_a_problem_too(desa: Client, body: bytes, status: int) -> None:
    answer = desa.post("/api/v1/kiriman", body, JSON)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
