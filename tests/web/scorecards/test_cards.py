"""Cards from the first answer to the frozen score: who fills does not judge, and nothing is changed unseen."""

from datetime import date, timedelta

import pictures
import polars as pl
import pytest
import scored
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.audit.models import Event
from jangkau.apps.notices.models import Notice
from jangkau.apps.scorecards import actions, instruments, judging, selectors
from jangkau.apps.scorecards.models import Answer, Card, Comment, Evidence, FollowUp, Instrument, State, Step
from jangkau.core.kernel.problems import Problem
from jangkau.core.scorecard import shipped


@pytest.fixture
def clerk(user, regions):
    return user("operator_kab")


@pytest.fixture
def judge(user, regions):
    return user("evaluator")


@pytest.fixture
def card(clerk):
    return scored.card(clerk)


@pytest.fixture
def sent(card, clerk):
    return actions.send(card, by=clerk)


def test_a_card_is_scored_as_it_is_filled(card, clerk):
    assert selectors.result(card).percent == pytest.approx(87.5)
    actions.add_evidence(card, "A1", pictures.upload(), by=clerk)
    assert selectors.result(card).percent == 100
    actions.answer(card, "A1", {"nilai": "tidak"}, by=clerk)
    assert selectors.result(card).percent == 50


def test_an_answer_taken_away_is_gone_and_the_same_again_is_no_event(card, clerk):
    before = Event.objects.count()
    actions.answer(card, "A1", {"nilai": "ya"}, by=clerk)
    assert Event.objects.count() == before
    actions.answer(card, "A1", {}, by=clerk)
    assert not Answer.objects.filter(code="A1").exists()
    assert Event.objects.filter(tindakan="scorecards.answer").first().sebelum["jawaban"] == {"value": "ya"}


def test_a_region_has_one_card_a_semester(card, clerk):
    with pytest.raises(Problem, match="KARTU_SUDAH_ADA"):
        actions.open_card(scored.instrument("2"), "1705", scored.NOW, by=clerk)
    actions.open_card(scored.instrument(), "1705", scored.NOW.before, by=clerk)


def test_a_figure_of_monitoring_fills_an_answer_with_its_source(card, clerk, monkeypatch):
    row = {
        "indikator": "cakupan", "potongan": "", "per": date(2026, 6, 30), "pembilang": 30.0, "penyebut": 120.0,
        "sumber_pembilang": "peserta", "nama_penyebut": "bekerja", "sumber_penyebut": "BPS 2025",
    }  # fmt: skip
    older = {**row, "per": date(2025, 12, 31), "pembilang": 1.0}
    cut = {**row, "potongan": "segmen", "pembilang": 2.0}
    unknown = {**row, "indikator": "cakupan_rentan", "penyebut": None}
    monkeypatch.setattr(
        "jangkau.apps.monitoring.selectors.figures", lambda region: pl.DataFrame([row, older, cut, unknown])
    )
    kept = actions.answer(card, "B1", {"dari_angka": "1"}, by=clerk)
    assert (kept.told.part, kept.told.whole, kept.source) == (
        30,
        120,
        "peserta; penyebut bekerja, BPS 2025; keadaan 30 Juni 2026",
    )
    assert actions.answer(card, "B1", {"pembilang": "30", "penyebut": "120"}, by=clerk).source
    assert not actions.answer(card, "B1", {"pembilang": "31", "penyebut": "120"}, by=clerk).source


def test_a_card_with_gaps_is_not_sent(clerk):
    made = actions.open_card(scored.instrument(), "1705", scored.NOW, by=clerk)
    with pytest.raises(Problem, match="A1, B1"):
        actions.send(made, by=clerk)


def test_a_sent_card_is_locked_and_told(sent, clerk, judge):
    for act in (lambda: actions.answer(sent, "A1", {"nilai": "tidak"}, by=clerk), lambda: actions.send(sent, by=clerk),
                lambda: actions.add_evidence(sent, "A1", pictures.upload(), by=clerk)):  # fmt: skip
        with pytest.raises(Problem, match="KARTU_TERKUNCI"):
            act()
    assert Notice.objects.filter(kind="scorecard_waits").count() == 0  # the evaluator came after
    actions.send(judging.give_back(sent, "lengkapi", by=judge), by=clerk)
    assert [notice.user for notice in Notice.objects.filter(kind="scorecard_waits")] == [judge]


def test_who_fills_does_not_judge(user, regions):
    both = user("evaluator")
    both.assignments.create(role="operator_kab", region_code="1705")
    card = scored.sent(both)
    for act in (lambda: judging.close(card, "baik", by=both), lambda: judging.propose(card, "A1", 10, "x", by=both),
                lambda: judging.comment(card, "A1", "x", by=both)):  # fmt: skip
        with pytest.raises(Problem, match="KARTU_PENILAI_SENDIRI"):
            act()


def test_an_evaluators_score_holds_and_is_taken_back(sent, judge):
    judging.propose(sent, "B1", 20, "penyebutnya lama", by=judge)
    assert selectors.result(sent).percent == pytest.approx(47.5)
    judging.propose(sent, "B1", None, "", by=judge)
    assert selectors.result(sent).percent == pytest.approx(87.5)


def test_a_comment_waits_until_it_is_answered(sent, clerk, judge):
    judging.comment(sent, "A1", "Nomor berapa?", by=judge)
    assert selectors.waiting(clerk)["komentar"] == 1
    assert Notice.objects.filter(kind="scorecard_comment", user=clerk, read_at=None).exists()
    actions.reply(sent, "A1", "Nomor 12", by=clerk)
    assert selectors.waiting(clerk)["komentar"] == 0
    assert not Notice.objects.filter(kind="scorecard_comment", read_at=None).exists()


def test_a_closed_card_is_frozen_and_a_change_behind_its_back_is_seen(sent, judge, clerk):
    closed = judging.close(sent, "Cukup baik", by=judge)
    assert judging.intact(Card.objects.get(pk=closed.pk))
    assert closed.frozen["isi"]["nilai"] == pytest.approx(87.5)
    with pytest.raises(Problem, match="KARTU_TERKUNCI"):
        judging.close(closed, "lagi", by=judge)
    Answer.objects.filter(card=closed, code="A1").update(value={"value": "tidak"})
    assert not judging.intact(Card.objects.get(pk=closed.pk))


def test_a_frozen_score_changed_with_its_hash_left_is_seen(sent, judge):
    closed = judging.close(sent, "Cukup baik", by=judge)
    closed.frozen["isi"]["nilai"] = 99
    closed.save()
    assert not judging.intact(closed)


def test_reopening_is_a_new_version_and_reports_take_the_frozen_one(sent, judge, clerk):
    actions_before = Evidence.objects.count()
    closed = judging.close(sent, "Cukup", by=judge)
    again = actions.reopen(closed, "data baru", by=clerk)
    actions.answer(again, "A1", {"nilai": "tidak"}, by=clerk)
    assert (again.number, again.state, Evidence.objects.count()) == (2, State.FILLING, actions_before)
    assert judging.intact(Card.objects.get(pk=closed.pk))
    assert [one.card for one in selectors.of_region("1705", scored.NOW)] == [closed]
    with pytest.raises(Problem, match="KARTU_SUDAH_ADA"):
        actions.reopen(closed, "lagi", by=clerk)
    actions.answer(again, "B1", {"pembilang": "1", "penyebut": "100"}, by=clerk)
    judging.close(actions.send(again, by=clerk), "Turun", by=judge)
    assert [one.card for one in selectors.of_region("1705", scored.NOW)] == [again]


def test_what_is_recommended_is_agreed_done_and_reminded_of(sent, judge, clerk):
    today = timezone.localdate()
    advised = judging.advise(sent, "A1", "Terbitkan perbup", by=judge)
    assert selectors.waiting(clerk)["saran"] == 1
    with pytest.raises(Problem, match="TINDAK_LANJUT_LANGKAH"):
        actions.finish(advised, "sudah", dropped=False, by=clerk)
    agreed = actions.agree(advised, "Bagian Hukum", today + timedelta(days=5), by=clerk)
    assert (selectors.waiting(clerk)["dekat"], actions.daily(), actions.daily()) == (1, 1, 0)
    assert actions.daily(today + timedelta(days=6)) == 1
    FollowUp.objects.update(due=today - timedelta(days=1))
    assert (selectors.waiting(clerk)["lewat"], FollowUp.objects.get().overdue) == (1, True)
    actions.finish(agreed, "Perbup 12/2026", dropped=False, by=clerk)
    assert (FollowUp.objects.get().state, selectors.waiting(clerk)["lewat"]) == (Step.DONE, 0)
    assert not Notice.objects.filter(kind__in=("follow_up_late", "follow_up_due"), read_at=None).exists()


def test_reports_take_the_card_with_its_sections_and_what_follows(sent, judge, clerk):
    judging.advise(sent, "", "Lengkapi bukti", by=judge)
    actions.send(scored.card(clerk, semester=scored.NOW.before), by=clerk)
    (rapor,) = selectors.rapor("1705", scored.NOW)
    assert ([(m.bagian, m.nilai, m.maksimum) for m in rapor.bagian]) == [("Peraturan", 37.5, 50), ("Cakupan", 50, 50)]
    assert (rapor.persen, rapor.pita, rapor.sebelumnya, len(rapor.tindak_lanjut)) == (87.5, "tinggi", 87.5, 1)
    assert "bukan instrumen resmi" in rapor.instrumen
    assert "belum ditutup" in rapor.catatan
    assert selectors.rapor("1704", scored.NOW) == ()


def test_duties_come_from_the_standing_cards(card):
    rows = selectors.met_duties(date(2026, 5, 1)).rows(named=True)
    assert [(row["wilayah"], row["kewajiban"], row["terpenuhi"], row["per"]) for row in rows] == [
        ("1705", "peraturan", False, date(2026, 5, 1))  # its evidence is missing
    ]
    assert selectors.met_duties(date(2025, 12, 31)).shape[0] == 0


def test_instruments_are_immutable_versions(regions, user):
    by = user("pengelola")
    assert instruments.bring_shipped(by=by) == len(shipped())
    assert instruments.bring_shipped(by=by) == 0
    first = scored.instrument()
    with pytest.raises(Problem, match="INSTRUMEN_SUDAH_ADA"):
        instruments.upload(first.text.replace("Ada perbup?", "Lain?").encode(), by=by)
    assert instruments.previous(scored.instrument("2")) == first


def test_comments_and_states_live_with_the_card(sent, judge):
    judging.comment(sent, "A1", "x", by=judge)
    back = judging.give_back(sent, "perbaiki", by=judge)
    assert (back.state, Comment.objects.count(), Instrument.objects.count()) == (State.BACK, 1, 1)
    assert Event.objects.filter(tindakan="scorecards.give_back").get().alasan == "perbaiki"


def test_every_step_is_on_record(sent, judge):
    judging.close(sent, "baik", by=judge)
    verbs = set(Event.objects.values_list("tindakan", flat=True))
    assert {
        "scorecards.open",
        "scorecards.answer",
        "scorecards.send",
        "scorecards.close",
        "scorecards.instrument",
    } <= verbs
    assert reverse("scorecard", args=[sent.pk]) == f"/monev/kartu/{sent.pk}/"
