import errno
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DataError

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.models import Event
from jangkau.apps.intake.actions import read
from jangkau.apps.intake.actions.receive import Incoming, receive
from jangkau.apps.intake.actions.shelf import withdraw
from jangkau.apps.intake.models import FileState, ListFile, Original, ProposalRow, Shipment
from jangkau.apps.jobs.models import State
from jangkau.core.kernel.problems import Problem
from tests.web.intake.lists import ANI, BUDI, CICI, send, xlsx


def test_bytes_are_kept_under_their_hash_and_read(niur: ListFile, data: Path) -> None:
    assert niur.original.path.read_bytes() == xlsx(ANI, BUDI, CICI)
    assert (niur.state, niur.people, niur.rows_read, niur.faults) == (FileState.READ, 3, 5, 2)
    assert niur.region_code == "1705012002"
    row = ProposalRow.objects.get(baris=3)
    assert (row.id_usulan, row.nik, row.kode_desa) == (f"{niur.key}#Data#3", "1705014101900001", "1705012002")
    assert row.raw[1:3] == ["Ani Contoh", "1705014101900001"]
    assert [path.name for path in data.rglob("*") if path.is_file()] == [niur.original.sha256]


def test_the_same_file_twice_changes_nothing_and_says_so(niur: ListFile, user: Callable[..., User]) -> None:
    before = ProposalRow.objects.count()
    again = send({"salinan.xlsx": xlsx(ANI, BUDI, CICI)}, user("operator_kab"))
    assert (ListFile.objects.count(), ProposalRow.objects.count(), Original.objects.count()) == (1, before, 1)
    name, words, pk = again.notes[0]
    assert (name, pk, again.job) == ("salinan.xlsx", str(niur.pk), None)
    assert "sama dengan niur.xlsx" in words
    assert "Tidak ada yang berubah" in words
    withdraw(niur, "salah kirim", by=user("operator_kab"))
    assert "sudah dicabut" in send({"a.xlsx": xlsx(ANI, BUDI, CICI)}, user("operator_kab")).notes[0][1]


def test_an_outsider_is_not_told_that_a_neighbour_sent_it(niur: ListFile, user: Callable[..., User]) -> None:
    neighbour = send({"niur.xlsx": xlsx(ANI, BUDI, CICI)}, user("operator_kab", "1704"))
    assert neighbour.notes == []
    assert neighbour.files.get().region_code == "1704"  # never a place where the sender may not act


def test_a_zip_counts_as_its_files_without_litter(user: Callable[..., User]) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("Sukaraja/niur.xlsx", "__MACOSX/x.xlsx", "~$niur.xlsx", "../../etc/a#b.xlsx"):
            archive.writestr(name, xlsx(ANI, title=name))
    found = send({"semua.zip": made.getvalue()}, user("operator_kab"))
    assert sorted(file.name for file in found.files.all()) == ["Sukaraja/niur.xlsx", "etc/ab.xlsx"]


def test_what_cannot_be_read_is_said_file_by_file(user: Callable[..., User]) -> None:
    found = send({"foto.pdf": b"%PDF", "kosong.xlsx": b"", "niur.xlsx": xlsx(ANI)}, user("operator_kab"))
    states = {file.name: (file.state, file.problem.get("kode")) for file in found.files.all()}
    assert states == {
        "foto.pdf": (FileState.FAILED, "BERKAS_JENIS_LAIN"),
        "kosong.xlsx": (FileState.FAILED, "BERKAS_KOSONG"),
        "niur.xlsx": (FileState.READ, None),
    }


@pytest.mark.parametrize(("files", "kode"), [
    ({}, "KIRIMAN_KOSONG"), ({".DS_Store": b"x"}, "KIRIMAN_KOSONG"), ({"a.zip": b"PK\3\4rusak"}, "KIRIMAN_ZIP_RUSAK"),
    ({f"{n}.csv": b"x" for n in range(501)}, "KIRIMAN_TERLALU_BANYAK"),
])  # fmt: skip
def test_a_shipment_out_of_bounds_is_refused_whole(
    files: dict[str, bytes], kode: str, user: Callable[..., User]
) -> None:
    with pytest.raises(Problem, match=kode):
        send(files, user("operator_kab"))
    assert not Shipment.objects.exists()


def test_the_place_chosen_holds_for_a_list_that_names_none(user: Callable[..., User]) -> None:
    found = send({"x.xlsx": xlsx(ANI, title="DAFTAR")}, user("operator_kab"), meant="1705012002").files.get()
    assert (found.region_code, found.rows.get().kode_desa) == ("1705012002", "1705012002")
    wide = send({"y.xlsx": xlsx(BUDI, title="DAFTAR")}, user("operator_kab"), meant="170501").files.get()
    assert (wide.region_code, wide.rows.get().kode_wilayah) == ("170501", "170501")


@pytest.mark.parametrize("where", ["pathlib.Path.open", "os.fsync", "pathlib.Path.replace"])
def test_a_full_disk_leaves_nothing_half_done(
    where: str, user: Callable[..., User], monkeypatch: pytest.MonkeyPatch, data: Path
) -> None:
    by = user("operator_kab")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(where, full)
        with pytest.raises(Problem, match="PENYIMPANAN_PENUH"):
            receive([Incoming("niur.xlsx", [xlsx(ANI)])], by=by)
    assert not Shipment.objects.exists()
    assert [path for path in data.rglob("*") if path.is_file()] == []
    assert send({"niur.xlsx": xlsx(ANI)}, by).files.get().people == 1


def test_receiving_and_reading_are_recorded(niur: ListFile) -> None:
    verbs = list(Event.objects.order_by("nomor").values_list("tindakan", flat=True))
    assert verbs == ["jobs.start", "intake.receive", "intake.read", "jobs.end"]


def test_signs_that_a_database_cannot_hold_stop_no_other_list(user: Callable[..., User]) -> None:
    hostile = b"No,Nama,NIK\n1,Ani\x00 Contoh,1705014101900001\n2,Bu\x1fdi\x00,1705010201900002\n"
    found = send({"a.csv": hostile, "b.xlsx": xlsx(ANI)}, user("operator_kab"))
    assert found.job.state == State.DONE
    assert found.files.get(name="b.xlsx").people == 1
    assert not found.files.filter(state=FileState.WAITING).exists()


def test_what_only_the_database_refuses_fails_the_file_alone(
    user: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(file: ListFile, tables: object) -> None:
        if file.name == "a.xlsx":
            raise DataError("value too long")
        real(file, tables)  # type: ignore[arg-type]

    real = read.store
    monkeypatch.setattr(read, "store", refuse)
    found = send({"a.xlsx": xlsx(ANI), "b.xlsx": xlsx(BUDI)}, user("operator_kab"))
    assert dict(found.files.values_list("name", "state")) == {"a.xlsx": FileState.FAILED, "b.xlsx": FileState.READ}
