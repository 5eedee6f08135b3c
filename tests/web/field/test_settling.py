"""What phones send becomes rows of lists, as if a village had sent them."""

import fielding
import pytest

from jangkau.apps.audit.models import Event
from jangkau.apps.field import settling
from jangkau.apps.field.actions import settle as deciding
from jangkau.apps.field.models import Batch, Entity, EntityChange, Submission
from jangkau.apps.intake.actions import mend, shelf
from jangkau.apps.intake.changes import LISTENERS
from jangkau.apps.intake.models import ListFile, ProposalRow
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Silent

NIKS = ["1705014803850002", "1705010504900003", "1705014107880004"]


@pytest.fixture
def send(client, form, token):
    """Send and settle."""

    def go(xml: bytes, settle: bool = True):
        answer = fielding.send(client, token, xml)
        if settle:
            run()
        return answer

    return go


def run() -> dict:
    return settling.settle(Silent())


def test_a_day_of_a_desa_is_one_list_that_reads_like_any(send, form):
    for nik, nama in zip(NIKS, ["Siti Contoh", "Budi Contoh", "Ani Contoh"], strict=True):
        send(fielding.filled(form, nik=nik, nama=nama, tanggal_lahir="1985-03-08"))
    file = ListFile.objects.get()
    assert file.name.startswith("Pendataan pekerja Niur ")
    assert (file.people, file.state, file.region_code, file.villages) == (3, "terbaca", "1705012002", ["1705012002"])
    first, *_ = rows = list(ProposalRow.objects.order_by("baris"))
    assert [row.nik for row in rows] == NIKS
    assert (first.nama, first.jenis_kelamin, first.kode_desa) == ("Siti Contoh", "P", "1705012002")
    assert (first.pekerjaan, first.penghasilan) == ("SAWIT", 1_200_000)
    assert {p.kode for p in file.problems.all()} == {"NIK_BEDA_TANGGAL", "NIK_BEDA_KELAMIN"}, (
        "the check of every list holds here too"
    )


def test_settling_again_changes_nothing(send, form):
    send(fielding.filled(form))
    before = list(ProposalRow.objects.values())
    assert run() == {"isian": 0, "daftar": 0}
    Submission.objects.update(settled_at=None)
    run()
    assert list(ProposalRow.objects.values()) == before
    assert Batch.objects.count() == 1


def test_a_change_changes_its_row_and_no_other(send, form):
    send(fielding.filled(form, instance="uuid:1"))
    send(fielding.filled(form, instance="uuid:2", nik=NIKS[1], nama="Budi"))
    before = {row.baris: row.id_usulan for row in ProposalRow.objects.all()}
    send(fielding.filled(form, instance="uuid:3", edits="uuid:1", nama="Siti Baru"))
    after = {row.baris: (row.id_usulan, row.nama) for row in ProposalRow.objects.all()}
    assert after == {2: (before[2], "Siti Baru"), 3: (before[3], "Budi")}


def test_a_change_of_what_the_office_has_mended_waits_for_a_person(send, form, user):
    send(fielding.filled(form, instance="uuid:1"))
    row, clerk = ProposalRow.objects.get(), user("operator_kab")
    mend.mend_cell(row, "B", "Siti Dari Kantor", by=clerk)
    assert send(fielding.filled(form, instance="uuid:2", edits="uuid:1", nama="Siti Lain")).status_code == 202
    row.refresh_from_db()
    assert row.nama == "Siti Dari Kantor"
    assert Submission.objects.get(instance_id="uuid:2").reason == "ISIAN_EDIT_TANPA_ASAL"


def test_who_does_not_agree_is_counted_and_gives_no_row(send, form):
    xml = fielding.filled(form)
    start, end = xml.index(b"<ktp>"), xml.index(b"<tempat>")
    send(xml[:start].replace(b">ya<", b">tidak<") + xml[end:])
    assert Submission.objects.get().settled_at
    assert not ListFile.objects.exists()


def test_after_a_withdrawn_list_the_day_begins_another(send, form, user):
    send(fielding.filled(form))
    shelf.withdraw(ListFile.objects.get(), "uji", by=user("operator_kab"))
    send(fielding.filled(form, nik=NIKS[1], nama="Budi"))
    assert [(b.number, b.file.state, b.file.people) for b in Batch.objects.order_by("number")] == [
        (1, "dicabut", 1), (2, "terbaca", 1),
    ]  # fmt: skip


def test_linkage_is_told_of_new_rows(send, form, monkeypatch):
    told = []
    monkeypatch.setattr("jangkau.apps.intake.changes.LISTENERS", [*LISTENERS, told.append])
    send(fielding.filled(form))
    assert [user.username for user in told] == ["pendata"]


def test_what_was_in_quarantine_is_accepted_by_a_person(send, form, user):
    clerk = user("operator_kab")
    send(fielding.filled(form, instance="uuid:1"))
    send(fielding.filled(form, instance="uuid:1", nama="Siti Benar"))
    waiting = Submission.objects.get(state="karantina")
    deciding.accept(waiting, "menurut KTP", by=clerk)
    run()
    assert [row.nama for row in ProposalRow.objects.all()] == ["Siti Benar"]
    assert sorted(Submission.objects.values_list("state", flat=True)) == ["diterima", "ditolak"]
    with pytest.raises(Problem, match="ISIAN_SUDAH_DIPUTUSKAN"):
        deciding.refuse(waiting, "", by=clerk)


def standing() -> dict[str, str]:
    return {row.instance_id: row.row["nama"] for row in Submission.objects.filter(state="diterima")}


def test_a_late_change_of_what_has_changed_takes_the_place_of_what_stands_now(send, form, user):
    for at, edits, nama in [("1", "", "Siti"), ("2", "uuid:1", "Siti Dua"), ("3", "uuid:1", "Siti Tiga")]:
        send(fielding.filled(form, instance=f"uuid:{at}", edits=edits, nama=nama))
    late = Submission.objects.get(state="karantina")
    assert deciding.rival(late).row["nama"] == "Siti Dua"
    deciding.accept(late, "menurut KTP", by=user("operator_kab"))
    run()
    assert standing() == {"uuid:3": "Siti Tiga"}
    assert [row.nama for row in ProposalRow.objects.all()] == ["Siti Tiga"]
    told = Event.objects.filter(tindakan="field.decide").latest("pk").sesudah
    assert told["lainnya"] == Submission.objects.get(instance_id="uuid:2").receipt


def test_other_content_of_a_number_that_was_put_right_since_can_be_chosen(send, form, user):
    send(fielding.filled(form, instance="uuid:1"))
    send(fielding.filled(form, instance="uuid:2", edits="uuid:1", nama="Siti Dua"))
    send(fielding.filled(form, instance="uuid:1", nama="Siti Lain"))
    deciding.accept(Submission.objects.get(state="karantina"), "menurut KTP", by=user("operator_kab"))
    run()
    assert standing() == {"uuid:1": "Siti Lain"}
    assert [row.nama for row in ProposalRow.objects.all()] == ["Siti Lain"]
    assert all(row.path.is_file() for row in Submission.objects.all()), "whatever is decided, all are kept"


def test_a_version_that_is_not_known_is_read_by_the_newest(send, form, user):
    send(fielding.filled(form).replace(b'version="', b'version="9'))
    deciding.accept(Submission.objects.get(), "versi percobaan", by=user("operator_kab"))
    run()
    assert ProposalRow.objects.get().nik == NIKS[0]


def test_what_nobody_can_read_can_only_be_refused(send, form, user):
    send(fielding.filled(form)[:-9])
    with pytest.raises(Problem, match="ISIAN_TIDAK_TERBACA"):
        deciding.accept(Submission.objects.get(), "", by=user("operator_kab"))
    deciding.refuse(Submission.objects.get(), "rusak", by=user("operator_kab"))
    assert Submission.objects.get().path.exists()


def test_signs_are_kept_with_the_submissions(send, form):
    send(fielding.filled(form, lokasi="", selesai="2026-11-27T08:00:30+07:00"))
    send(fielding.filled(form))
    assert [row.flags for row in Submission.objects.order_by("pk")] == ["GANDA|CEPAT|TUMPANG|TANPA", "GANDA|TUMPANG"]


KEY = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def visit(client, regions, token):
    """Send a visit from a base version, and settle."""
    made = fielding.form("verifikasi-lapangan")
    Entity.objects.create(dataset="pekerja", uuid=KEY, region_code="1705012002", label="Siti", version=3)

    def go(base: int, hasil: str) -> EntityChange:
        xml = (
            f'<data id="{made.form_id}" version="{made.version}"><siapa><desa>1705012002</desa><pekerja>{KEY}</pekerja>'
            f"</siapa><temu><hasil>{hasil}</hasil></temu><meta><instanceID>uuid:{base}{hasil}</instanceID>"
            f'<entity dataset="pekerja" id="{KEY}" update="1" baseVersion="{base}" trunkVersion="" branchId=""/>'
            "</meta></data>"
        )
        assert fielding.send(client, token, xml.encode()).status_code == 201
        run()
        return EntityChange.objects.latest("pk")

    return go


def test_a_visit_changes_its_entity(visit):
    change = visit(3, "bertemu")
    entity = Entity.objects.get()
    assert (change.outcome, entity.version, entity.data["hasil"]) == ("diubah", 4, "bertemu")
    assert not ListFile.objects.exists(), "a visit is no proposal"


def test_a_visit_from_an_older_version_waits_for_a_person(visit, user):
    from jangkau.apps.field import changing

    visit(3, "bertemu")
    late = visit(3, "pindah")
    assert (late.outcome, Entity.objects.get().data["hasil"]) == ("bentrok", "bertemu")
    changing.decide(late, use=True, by=user("operator_kab"))
    assert (Entity.objects.get().version, Entity.objects.get().data["hasil"]) == (5, "pindah")
    with pytest.raises(Problem, match="ISIAN_SUDAH_DIPUTUSKAN"):
        changing.decide(late, use=False, by=user("operator_kab"))
