"""A decision holds at once, outlives runs, and can be taken back with everything as it was."""

import matched
import pytest
import worlds

from jangkau.apps.audit.models import Event
from jangkau.apps.intake.models import ListFile, ProposalRow
from jangkau.apps.jobs.models import Job
from jangkau.apps.linkage import effects, keep, review
from jangkau.apps.linkage.models import Decision, Link, Member, Person, PersonState, Turn
from jangkau.core.identity.names import phonetic
from jangkau.core.kernel.problems import Problem
from tests.web.conftest import make_regions

_django_db_helper = worlds.in_the_world


@pytest.fixture(scope="module")
def run(module_db):
    make_regions()
    matched.registers()
    file = matched.niur(None)
    matched.run()
    return file.pk


@pytest.fixture
def province(run, db):
    return ListFile.objects.get(pk=run)


@pytest.fixture
def clerk(user, regions):
    return user("operator_kab")


@pytest.fixture
def once(monkeypatch):
    """No pair is looked at twice."""
    monkeypatch.setattr(effects, "is_twice", lambda *pair: False)
    monkeypatch.setattr(keep, "TWICE", frozenset())


@pytest.fixture
def twice(monkeypatch):
    """Every pair is looked at twice."""
    monkeypatch.setattr(effects, "is_twice", lambda *pair: True)
    monkeypatch.setattr(keep, "TWICE", frozenset("0123456789abcdef"))


def person_of(baris):
    return Member.objects.get(id_usulan__endswith=f"#{baris}").person


def settled():
    """What a run settles, apart from who said so and when."""
    return {key: value for key, value in matched.state().items() if key != "links"}


def test_same_makes_the_row_that_resident_at_once(province, clerk, once):
    review.decide(matched.doubtful(), "cocok", by=clerk)
    link = Link.objects.get(register="penduduk", member__id_usulan__endswith="#5")
    assert (link.peluang, link.keputusan, link.cara, link.turn) == (1.0, "cocok", "petugas", "")
    found = person_of(5)
    assert (found.nama, found.nik, found.status_tautan) == ("BUDI SANTOSO", matched.nik("0003"), "cocok")
    assert {phonetic("Budi"), phonetic("Wahyu")} <= {word.word for word in found.words.all()}


def test_what_a_decision_does_at_once_is_what_the_next_run_does(province, clerk, once):
    review.decide(matched.doubtful(), "cocok", by=clerk)
    at_once = settled()
    matched.run()
    after = settled()
    ignored = {
        "desil",
        "disabilitas",
        "layak",
        "alasan",
        "poin",
        "rincian_poin",
    }  # come through other registers, which only a run looks at
    names = [f.attname for f in Person._meta.concrete_fields]
    for one, other in zip(at_once["persons"], after["persons"], strict=True):
        differ = {name for name, a, b in zip(names, one, other, strict=True) if a != b}
        assert differ <= ignored
    assert [at_once[k] for k in ("members", "words")] == [after[k] for k in ("members", "words")]


@pytest.mark.parametrize("word", ["cocok", "tidak"])
def test_a_decision_outlives_runs(province, clerk, once, word):
    review.decide(matched.doubtful(), word, by=clerk)
    for _ in range(2):
        matched.run()
    link = Link.objects.get(register="penduduk", member__id_usulan__endswith="#5")
    assert (link.keputusan, link.cara) == (word, "petugas")
    assert Decision.objects.get().run_id


@pytest.mark.parametrize("word", ["cocok", "tidak"])
def test_undone_before_a_run_everything_is_as_it_was(province, clerk, once, word):
    before = matched.state()
    made = review.decide(matched.doubtful(), word, by=clerk)
    assert matched.state() != before
    review.undo(made, by=clerk)
    assert matched.state() == before
    assert not Job.objects.filter(state="antre").exists()


@pytest.mark.parametrize("word", ["cocok", "tidak"])
def test_undone_after_a_run_the_pair_is_open_at_once_and_the_next_run_restores_the_rest(province, clerk, once, word):
    before = matched.state()
    made = review.decide(matched.doubtful(), word, by=clerk)
    matched.run()
    review.undo(made, by=clerk)
    assert matched.doubtful().turn == Turn.FIRST
    assert Job.objects.get(kind="linkage.run", state="antre")
    matched.run()
    assert matched.state() == before


def test_two_rows_decided_the_same_resident_become_one_person_and_come_apart_again(province, clerk, once):
    matched.row(province, 7, "0003", nama="Wahyu Hidayah")
    matched.run()
    before = matched.state()
    pairs = list(Link.objects.filter(keputusan="tinjau", register="penduduk").order_by("member__id_usulan"))
    assert len(pairs) == 2
    made = [review.decide(link, "cocok", by=clerk) for link in pairs]
    assert person_of(5) == person_of(7)
    merged = Person.objects.filter(state=PersonState.MERGED)
    assert [p.merged_into for p in merged] in ([], [person_of(5)])
    review.undo(made[0], by=clerk)
    assert Link.objects.get(pk=pairs[0].pk).keputusan == "tinjau"
    assert Link.objects.get(pk=pairs[1].pk).keputusan == "cocok"
    review.undo(made[1], by=clerk)
    assert matched.state() == before


def test_decisions_are_taken_back_in_any_order(province, clerk, once):
    for baris in (7, 8):
        matched.row(province, baris, "0003", nama=f"Wahyu {'Hidayah' if baris == 7 else 'Saputra'}")
    matched.run()
    pairs = list(Link.objects.filter(keputusan="tinjau", register="penduduk").order_by("member__id_usulan"))
    only_last = None
    for order in ((0, 1), (1, 0)):
        before = matched.state()
        made = [review.decide(Link.objects.get(pk=pair.pk), "cocok", by=clerk) for pair in pairs]
        review.undo(made[order[0]], by=clerk)
        review.undo(made[order[1]], by=clerk)
        kept = matched.state()
        for word in made[2:]:
            review.undo(word, by=clerk)
        assert matched.state() == before
        only_last = only_last or kept
        assert kept == only_last


def test_a_row_split_from_a_person_is_a_person_again(province, clerk, once):
    before = matched.state()
    link = Link.objects.get(register="penduduk", member__id_usulan__endswith="#4")
    made = review.decide(link, "tidak", by=clerk, reason="Orang lain yang senama, sudah ditemui")
    assert person_of(4) != person_of(2)
    assert person_of(4).nama == "Achmad Suryadi"
    matched.run()
    assert person_of(4) != person_of(2)
    review.undo(made, by=clerk)
    matched.run()
    assert matched.state() == before


def test_a_decision_made_while_a_run_computes_is_laid_on_its_result(province, clerk, once, monkeypatch):
    from jangkau.apps.linkage import actions

    real, done = actions.find, []

    def find(progress):
        found = real(progress)
        if not done:
            done.append(review.decide(matched.doubtful(), "cocok", by=clerk))
        return found

    monkeypatch.setattr(actions, "find", find)
    matched.run()
    assert person_of(5).status_tautan == "cocok"
    assert Decision.objects.get().run_id is None
    matched.run()
    assert Decision.objects.get().run_id


def test_a_decision_on_a_row_that_says_something_else_now_waits_for_a_clerk_again(province, clerk, once):
    review.decide(matched.doubtful(), "tidak", by=clerk)
    ProposalRow.objects.filter(baris=5).update(nama="Wahyu Hidayatullah", fingerprint="lain")
    run = matched.run()
    assert matched.doubtful().turn == Turn.FIRST
    assert [w["kode"] for w in run.counts["peringatan"]] == ["KEPUTUSAN_BERUBAH"]


def test_nobody_decides_a_pair_twice(province, clerk, once):
    link = matched.doubtful()
    review.decide(link, "cocok", by=clerk)
    with pytest.raises(Problem, match="baru saja diputus"):
        review.decide(link, "tidak", by=clerk)
    assert Decision.objects.count() == 1


def test_a_second_clerk_confirms(province, user, clerk, twice):
    matched.run()
    link = matched.doubtful()
    review.decide(link, "cocok", by=clerk)
    link.refresh_from_db()
    assert link.turn == Turn.SECOND
    assert person_of(5).status_tautan == "cocok"
    review.decide(link, "cocok", by=user("operator_kab", "17"))
    link.refresh_from_db()
    assert (link.keputusan, link.turn) == ("cocok", "")


@pytest.mark.parametrize("between", [False, True])
def test_two_who_differ_leave_it_to_a_third(province, user, clerk, twice, between):
    matched.run()
    seen = matched.doubtful().bukti
    review.decide(matched.doubtful(), "cocok", by=clerk)
    if between:
        matched.run()
    link = Link.objects.get(register="penduduk", member__id_usulan__endswith="#5")
    assert (link.turn, link.bukti) == (Turn.SECOND, seen)
    review.decide(link, "tidak", by=user("operator_kab", "17"))
    link.refresh_from_db()
    assert (link.keputusan, link.turn) == ("tinjau", Turn.THIRD)
    matched.run()
    link.refresh_from_db()
    assert (link.keputusan, link.turn) == ("tinjau", Turn.THIRD)
    with pytest.raises(Problem):
        review.decide(link, "cocok", by=clerk)
    review.decide(link, "cocok", by=user("operator_kab", "170501"))
    link.refresh_from_db()
    assert (link.keputusan, link.turn) == ("cocok", "")
    matched.run()
    assert person_of(5).status_tautan == "cocok"


def test_every_decision_is_on_record_without_a_number_in_full(province, clerk, once):
    made = review.decide(matched.doubtful(), "cocok", by=clerk)
    review.undo(made, by=clerk)
    events = Event.objects.filter(tindakan__in=["linkage.decide", "linkage.undo"])
    assert events.count() == 2
    assert matched.nik("0003") not in str(list(events.values()))
