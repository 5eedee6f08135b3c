"""A photograph of work follows the person whom it shows, as proof with its day."""

from datetime import date

import fielding
import pictures
import pytest

from jangkau.apps.field import changing, settling
from jangkau.apps.field.jobs import PROVE, persons_known
from jangkau.apps.field.models import Entity, Submission
from jangkau.apps.field.proving import prove
from jangkau.apps.intake.models import ProposalRow
from jangkau.apps.jobs.models import Job
from jangkau.apps.linkage.models import Member, Person
from jangkau.apps.proofs.models import Proof
from jangkau.core.kernel.progress import Silent

NIUR = "1705012002"


@pytest.fixture
def sent(client, form, token):
    """A worker registered with a photograph of work, settled."""
    day = "<tanggal_foto>2026-11-20</tanggal_foto></kerja>"
    xml = fielding.filled(form, photo="f.jpg").replace(b"</kerja>", day.encode())
    assert fielding.send(client, token, xml, f_jpg=pictures.JPG).status_code == 201
    settling.settle(Silent())
    return Submission.objects.get()


def linked(pk: int = 21, **more) -> Person:
    """The person whom the only row names, as linkage finds."""
    person = Person.objects.create(pk=pk, id_pekerja=f"p{pk:016x}", region_code=NIUR, nama="Siti Contoh", **more)
    row = ProposalRow.objects.get()
    told = {"fingerprint": "x", "sidik": "x", "region_code": NIUR, "person": person}
    Member.objects.update_or_create(pk=1, id_usulan=row.id_usulan, defaults=told)
    return person


def test_the_photograph_becomes_a_proof_with_its_day_once_the_person_is_known(sent):
    assert prove(Silent()) == {"bukti": 0}
    person = linked()
    assert prove(Silent()) == {"bukti": 1}
    proof = Proof.objects.get()
    assert (proof.person, proof.kind, proof.date, proof.media) == (person, "foto", date(2026, 11, 20), "jpg")
    assert proof.by == sent.user
    assert prove(Silent()) == {"bukti": 0}


def test_killed_half_way_it_is_one_proof_all_the_same(sent):
    linked()
    prove(Silent())
    Submission.objects.update(proved_at=None)
    prove(Silent())
    assert Proof.objects.count() == 1


def test_of_merged_persons_it_is_the_one_that_stands(sent):
    whole = Person.objects.create(pk=30, id_pekerja="p30", region_code=NIUR, nama="Siti Contoh")
    linked(merged_into=whole)
    prove(Silent())
    assert Proof.objects.get().person == whole


def test_what_is_no_photograph_proves_nothing(client, form, token):
    fielding.send(client, token, fielding.filled(form, photo="f.jpg"), f_jpg=b"\xff\xd8\xff cut short")
    settling.settle(Silent())
    linked()
    assert prove(Silent()) == {"bukti": 0}
    assert not Proof.objects.exists()


def test_linkage_asks_for_it_only_where_a_photograph_waits(sent):
    done = Job.objects.create(kind="linkage.run")
    persons_known(done)
    assert Job.objects.filter(kind=PROVE).count() == 1
    Job.objects.all().delete()
    Submission.objects.update(expected=[])
    persons_known(done)
    assert not Job.objects.filter(kind=PROVE).exists()


def test_a_visit_proves_the_work_of_whom_it_met(client, regions, user, token):
    form = fielding.form("verifikasi-lapangan")
    person = Person.objects.create(pk=40, id_pekerja="p40", region_code=NIUR, nama="Ani Contoh")
    changing.prepare(NIUR, by=user("operator_kab"))
    entity = Entity.objects.get()
    xml = (
        f'<data id="{form.form_id}" version="{form.version}"><siapa><desa>{NIUR}</desa><pekerja>{entity.uuid}</pekerja>'
        "</siapa><temu><hasil>bertemu</hasil><foto_kunjungan>f.jpg</foto_kunjungan>"
        "<tanggal_kunjungan>2026-11-21</tanggal_kunjungan></temu>"
        f'<meta><entity dataset="pekerja" update="1" baseVersion="1" trunkVersion="" branchId="" id="{entity.uuid}"/>'
        "<instanceID>uuid:v1</instanceID></meta></data>"
    )
    assert fielding.send(client, token, xml.encode(), f_jpg=pictures.JPG).status_code == 201
    settling.settle(Silent())
    prove(Silent())
    assert [(p.person, p.date) for p in Proof.objects.all()] == [(person, date(2026, 11, 21))]
