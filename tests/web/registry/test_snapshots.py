"""Registers arrive, are checked, and are used by date; nothing of them is ever edited."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jangkau.apps.audit.models import Event
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.registry import selectors
from jangkau.apps.registry.models import Kind, Snapshot, SnapshotState

HEADER = "nik,no_kk,nama,tanggal_lahir,jenis_kelamin,kode_desa,hubungan,pekerjaan,tanggal_meninggal\n"
ROW = "1705010101900001,1705010101900099,SITI CONTOH,1990-01-01,P,17.05.01.2002,KEPALA,PETANI,\n"


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, settings: object) -> None:
    settings.DATA = tmp_path


def upload(
    client: Client, content: str = HEADER + ROW, day: str = "2026-10-31", kind: str = "penduduk", name: str = "d.csv"
):
    form = {"kind": kind, "as_of": day, "source": "Dukcapil", "file": SimpleUploadedFile(name, content.encode())}
    return client.post("/data/unggah/", form)


def work() -> None:
    for job in Job.objects.order_by("pk"):
        run_job.func(job.pk)


def test_a_register_is_received_checked_and_used(sign_in: Callable[..., Client], regions: None) -> None:
    client = sign_in("pengelola")
    answer = upload(client)
    assert client.get(answer.headers["Location"]).status_code == 200
    assert selectors.current(Kind.PENDUDUK) is None
    work()
    assert selectors.register(Kind.PENDUDUK)["kode_desa"].to_list() == ["1705012002"]
    page = client.get("/data/").content.decode()
    assert "1 baris, keadaan 31 Oktober 2026" in page
    assert Event.objects.filter(tindakan="registers.receive").exists()


def test_the_newest_by_date_is_in_use_until_withdrawn(sign_in: Callable[..., Client], regions: None) -> None:
    client = sign_in("pengelola")
    for day in ("2026-10-31", "2026-09-30"):
        upload(client, day=day)
    work()
    newest = selectors.current(Kind.PENDUDUK)
    assert str(newest.as_of) == "2026-10-31"
    client.post(f"/data/cuplikan/{newest.pk}/tarik/", {"reason": "Salah kirim, ini data lama"})
    assert str(selectors.current(Kind.PENDUDUK).as_of) == "2026-09-30"
    assert newest.path.is_file()


def test_the_same_bytes_for_the_same_date_are_one_snapshot(sign_in: Callable[..., Client], regions: None) -> None:
    client = sign_in("pengelola")
    assert upload(client).headers["Location"] == upload(client).headers["Location"]
    assert Snapshot.objects.count() == Job.objects.count() == 1


@pytest.mark.parametrize(("content", "words"), [
    ("nama,umur\nSITI,20\n", "kolom nik"),
    (HEADER, "tidak berisi satu baris pun"),
    ("\x00\x01", "nik"),
])  # fmt: skip
def test_a_register_that_cannot_be_used_is_refused_with_its_reason(sign_in, regions, content: str, words: str) -> None:
    client = sign_in("pengelola")
    address = upload(client, content).headers["Location"]
    work()
    assert Snapshot.objects.get().state == SnapshotState.REFUSED
    assert words in client.get(address).content.decode()


def test_another_kind_of_file_is_refused_at_the_door(sign_in: Callable[..., Client], regions: None) -> None:
    answer = upload(sign_in("pengelola"), name="penduduk.pdf")
    assert answer.status_code == 422
    assert "bukan CSV, Parquet, atau xlsx" in answer.content.decode()
    assert not Snapshot.objects.exists()


def test_the_insurers_liaison_sees_and_sends_members_only(sign_in: Callable[..., Client], regions: None) -> None:
    upload(sign_in("pengelola"))
    work()
    client, snapshot = sign_in("bpjs"), Snapshot.objects.get()
    assert "Data kesejahteraan" not in client.get("/data/").content.decode()
    assert client.get(f"/data/cuplikan/{snapshot.pk}/").status_code == 404
    assert client.get(f"/data/cuplikan/{snapshot.pk}/asal/").status_code == 404
    assert upload(client).status_code == 422


def test_the_original_bytes_come_back_and_the_download_is_written_down(sign_in, regions) -> None:
    client = sign_in("pengelola")
    upload(client)
    answer = client.get(f"/data/cuplikan/{Snapshot.objects.get().pk}/asal/")
    assert b"".join(answer.streaming_content).decode() == HEADER + ROW
    assert Event.objects.filter(tindakan="registers.download").count() == 1


def test_reading_again_after_a_crash_changes_nothing(sign_in: Callable[..., Client], regions: None) -> None:
    upload(sign_in("pengelola"))
    work()
    before = Snapshot.objects.get().path.read_bytes()
    Job.objects.update(state="antre")
    work()
    assert Snapshot.objects.get().path.read_bytes() == before


def test_a_check_that_broke_off_is_begun_again_by_sending_the_file_again(sign_in, regions, monkeypatch) -> None:
    def full(*_args: object, **_kept: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    client = sign_in("pengelola")
    upload(client)
    with monkeypatch.context() as disk:
        disk.setattr("polars.DataFrame.write_parquet", full)
        work()
    assert Job.objects.get().problem["kode"] == "PENYIMPANAN_PENUH"
    assert selectors.current(Kind.PENDUDUK) is None
    upload(client)
    work()
    assert selectors.current(Kind.PENDUDUK).rows == 1
    assert Snapshot.objects.count() == 1


def test_bytes_kept_for_an_upload_that_was_undone_do_no_harm(sign_in, regions, monkeypatch) -> None:
    def fails(*_args: object, **_kept: object) -> None:
        raise RuntimeError

    client = sign_in("pengelola")
    with monkeypatch.context() as broken:
        broken.setattr("jangkau.apps.registry.actions.record", fails)
        with pytest.raises(RuntimeError):
            upload(client, HEADER + ROW.replace("SITI CONTOH", "LAIN"))
    assert not Snapshot.objects.exists()
    upload(client)
    work()
    assert selectors.register(Kind.PENDUDUK)["nama"].to_list() == ["SITI CONTOH"]
