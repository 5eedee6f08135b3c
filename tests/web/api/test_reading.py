"""What programs read: within their token's region, long numbers masked."""

from collections.abc import Callable

from django.test import Client

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.jobs.actions import start
from jangkau.apps.registry.models import Snapshot


def test_regions_are_found_by_parent_level_and_name(program: Callable[..., Client]) -> None:
    client = program("evaluator")
    page = client.get("/api/v1/wilayah?induk=17&batas=1").json()
    assert page == {
        "isi": [{"kode": "1704", "nama": "Kabupaten Kaur", "tingkat": "kabupaten", "induk": "17"}],
        "jumlah": 2,
    }
    assert client.get("/api/v1/wilayah?cari=niur&tingkat=desa").json()["isi"][0]["kode"] == "1705012002"
    assert client.get("/api/v1/wilayah/170501").json()["induk"] == "1705"


def test_jobs_of_a_neighbour_do_not_exist(program: Callable[..., Client], user: Callable[..., User]) -> None:
    own = start("uji", {}, by=user("operator_kab"), region_code="1705")
    other = start("uji", {"a": 1}, by=None, region_code="1704")
    client = program("operator_kab")
    assert [job["id"] for job in client.get("/api/v1/tugas").json()["isi"]] == [own.pk]
    assert client.get(f"/api/v1/tugas/{own.pk}").json()["keadaan"] == "antre"
    assert client.get(f"/api/v1/tugas/{other.pk}").status_code == 404


def test_the_insurers_liaison_sees_snapshots_of_members_only(program: Callable[..., Client]) -> None:
    for kind in ("penduduk", "peserta"):
        Snapshot.objects.create(kind=kind, as_of="2026-11-01", source="uji", file_name="x.csv", sha256=kind, size=1)
    assert program("bpjs").get("/api/v1/cuplikan").json()["jumlah"] == 1
    assert program("bpjs").get("/api/v1/cuplikan?jenis=penduduk").json()["jumlah"] == 0
    assert program("auditor").get("/api/v1/cuplikan?jenis=penduduk").json()["isi"][0]["per"] == "2026-11-01"


def test_audit_is_followed_from_number_to_number_within_the_region(program: Callable[..., Client]) -> None:
    for region in ("1705", "1704", ""):
        record("uji.api", by=None, region_code=region, after={"nik": "1705010101900001"})
    client = program("auditor", "1705")
    [event] = client.get("/api/v1/audit?tindakan=uji.api").json()["isi"]
    assert (event["wilayah"], event["sesudah"]) == ("1705", {"nik": "1705••••••••0001"})
    assert client.get(f"/api/v1/audit?tindakan=uji.api&setelah={event['nomor']}").json()["jumlah"] == 0
    assert program("auditor").get("/api/v1/audit?tindakan=uji.api").json()["jumlah"] == 3
