"""A run brings the database to what the core finds: whole or not at all, and no more than what differs."""

import matched
import pytest

from jangkau.apps.audit.models import Event
from jangkau.apps.intake.models import FileState, ListFile, ProposalRow
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Cancelled, Running
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.linkage import actions, bulk, keep
from jangkau.apps.linkage.models import Link, LinkRun, Member, Person, PersonState, WordCount
from jangkau.core.identity.names import phonetic
from jangkau.core.kernel.problems import Problem


@pytest.fixture
def province(regions):
    matched.registers()
    return matched.niur(None)


def links(register="penduduk"):
    rows = Link.objects.filter(register=register).order_by("member__id_usulan")
    return [(link.member.id_usulan.split("#")[-1], link.keputusan, link.cara) for link in rows]


def test_rows_become_links_and_persons(province):
    run = matched.run()
    assert links() == [("2", "cocok", "nik"), ("3", "cocok", "nik"), ("4", "cocok", "model"), ("5", "tinjau", "model")]
    assert [k[:2] for k in links("kesejahteraan")][:3] == [("2", "cocok"), ("3", "cocok"), ("4", "cocok")]
    by_row = {m.id_usulan.split("#")[-1]: m.person for m in Member.objects.select_related("person")}
    assert by_row["2"] == by_row["4"]
    assert len(set(by_row.values())) == 4
    assert (by_row["2"].nama, by_row["2"].desil, by_row["2"].status_tautan) == ("AHMAD SURYADI", 1, "cocok")
    assert by_row["2"].region_code == matched.NIUR
    assert run.counts["orang"] == 4
    assert Event.objects.filter(tindakan="linkage.run").count() == 1


def test_what_a_clerk_must_see_is_kept_with_its_evidence(province):
    matched.run()
    link = matched.doubtful()
    assert link.isi["nama"] == "BUDI SANTOSO"
    assert link.turn == "pertama"
    assert link.urutan is not None
    bars = link.bukti[-1]["batang"]
    assert bars[0][0] == "awal"
    assert "1705" + "•" * 12 in str(link.bukti)
    assert matched.nik("0003") not in str(link.bukti)


def test_the_same_again_writes_nothing(province, monkeypatch):
    matched.run()
    before = matched.state()
    written = []
    for name in ("insert", "update", "delete"):
        real = getattr(bulk, name)
        monkeypatch.setattr(bulk, name, lambda *a, real=real, **k: (written.extend(list(a[-1])), real(*a, **k))[1])
    matched.run()
    assert matched.state() == before
    assert written == []


def test_two_instalments_equal_one_run(province):
    late = province.rows.filter(baris__gt=3)
    late.update(person=False)
    matched.run()
    assert Member.objects.count() == 2
    late.update(person=True)
    matched.run()
    grown = matched.state()
    Link.objects.all().delete()
    Member.objects.all().delete()
    Person.objects.all().delete()
    matched.run()
    assert matched.state() == grown


def test_a_person_keeps_its_id_when_an_earlier_file_is_read_later(province):
    matched.run()
    before = dict(Member.objects.values_list("id_usulan", "person_id"))
    more = matched.a_list(None, "a-first-by-name.xlsx")
    matched.row(more, 2, "0001")
    matched.run()
    after = dict(Member.objects.values_list("id_usulan", "person_id"))
    assert {key: after[key] for key in before} == before
    assert after[f"{more.key}#Data#2"] == before[f"{province.key}#Data#2"]


def test_a_person_that_became_part_of_another_points_to_it(province):
    first = matched.a_list(None, "lain.xlsx")
    matched.row(first, 2, nama="Wahyu Hidayat", tanggal_lahir=matched.PEOPLE["0005"][1], jenis_kelamin="L")
    matched.row(first, 3, "0005")
    matched.run()
    lone = Member.objects.get(id_usulan=f"{first.key}#Data#2").person
    ProposalRow.objects.filter(file=first, baris=2).update(
        nama="Joko Prasetyo", nik=matched.nik("0005"), fingerprint="baru"
    )
    matched.run()
    other = Member.objects.get(id_usulan=f"{first.key}#Data#3").person
    assert other == lone  # the row that came first names the person
    merged = Person.objects.get(state=PersonState.MERGED)
    assert merged.merged_into == lone
    assert not merged.words.exists()


def test_withdrawn_lists_take_their_persons_with_them(province):
    matched.run()
    ListFile.objects.update(state=FileState.WITHDRAWN)
    matched.run()
    assert not Member.objects.exists()
    assert not Link.objects.exists()
    assert set(Person.objects.values_list("state", "merged_into")) == {("hilang", None)}
    ListFile.objects.update(state=FileState.READ)
    matched.run()
    assert set(Person.objects.values_list("state", flat=True)) == {"ada"}


def test_two_lists_of_one_name_are_two_lists(province):
    other = matched.a_list(None, "niur.xlsx")
    matched.row(other, 2, "0004")
    matched.run()
    assert Member.objects.count() == 6


def test_a_run_that_dies_while_it_writes_leaves_the_last_one_whole(province, monkeypatch):
    matched.run()
    before = matched.state()
    province.rows.filter(baris=3).update(nama="Siti Aminah binti Umar", fingerprint="lain")
    matched.row(province, 9, "0004")
    monkeypatch.setattr(keep, "_keep_links", lambda found: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        matched.run()
    assert matched.state() == before
    assert LinkRun.objects.count() == 1
    monkeypatch.undo()
    matched.run()
    assert Member.objects.count() == 6


def test_a_run_can_be_stopped(province):
    job = Job.objects.create(kind=actions.KIND, state="jalan", cancel_asked=True)
    with pytest.raises(Cancelled):
        actions.run(Running(job))
    assert not Member.objects.exists()


def test_without_a_population_register_it_says_so(regions):
    matched.niur(None)
    with pytest.raises(Problem, match="Register penduduk belum ada"):
        matched.run()


def test_words_of_every_name_of_a_person_are_counted(province):
    matched.run()
    assert WordCount.objects.get(word=phonetic("Suryadi")).persons == 1
    assert WordCount.objects.get(word=phonetic("Achmad")).persons == 1


def test_other_registers_wait_until_it_is_settled_which_resident_a_row_is(province):
    matched.run()
    others = Link.objects.filter(member__id_usulan__endswith="#5", keputusan="tinjau").exclude(register="penduduk")
    assert set(others.values_list("turn", flat=True)) == {""}


def test_a_run_judges_every_person(province):
    matched.run()
    judged = {m.id_usulan.split("#")[-1]: m.person for m in Member.objects.select_related("person")}
    assert (judged["3"].layak, judged["3"].reasons, judged["3"].poin) == (True, [], 100)
    assert (judged["6"].layak, judged["6"].reasons) == (False, ["NIK_TIDAK_DITEMUKAN"])
    assert "PERLU_TINJAUAN" in judged["5"].reasons
    assert judged["3"].parts == {"desil": 100}


def test_lists_that_were_read_are_linked_by_themselves(province):
    job = Job.objects.create(kind="intake.read", args={"shipment": province.shipment_id})
    run_job.call(job.pk)
    assert Job.objects.filter(kind=actions.KIND, state="antre").count() == 1


def test_lists_that_could_not_be_read_start_nothing(province):
    job = Job.objects.create(kind="intake.read", args={})
    run_job.call(job.pk)
    assert Job.objects.get(pk=job.pk).state == "gagal"
    assert not Job.objects.filter(kind=actions.KIND).exists()
