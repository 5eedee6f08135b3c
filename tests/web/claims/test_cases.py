"""A case on its way, and that no field of claims can hold money."""

from datetime import date, time, timedelta

import matched
import mourning
import pictures
import pytest
from django import forms as django_forms
from django.apps import apps
from django.db import models
from django.utils import timezone
from mourning import ago

from jangkau.apps.audit.models import Event as Logged
from jangkau.apps.claims import actions, forms
from jangkau.apps.claims.covered import of_person
from jangkau.apps.claims.models import Case, CasePaper, CaseStep
from jangkau.apps.claims.opening import Event, report
from jangkau.apps.claims.sight import sight
from jangkau.apps.notices.models import Notice
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.benefits import DEATH, UNABLE, WORK_DEATH
from jangkau.core.law.book import Book

BOOK = Book.load()
# Every number that claims keep, with what it counts. A new one must be none that could stand for money received.
NUMBERS = {
    ("case", "months_unable"): "months", ("case", "registered"): "a month", ("case", "after"): "months",
    ("case", "wage_base"): "the wage base of the register, from which the law works out what is due",
    ("casepaper", "size"): "bytes",
}  # fmt: skip
MONEY = ("uang", "tunai", "terima", "bayar", "jumlah", "nominal", "rupiah", "cash", "amount", "money", "received",
         "fee", "biaya", "santunan")  # fmt: skip


def test_no_model_of_claims_has_a_field_that_could_hold_money_received():
    numeric = (models.IntegerField, models.DecimalField, models.FloatField)
    fields = [(m._meta.model_name, f) for m in apps.get_app_config("claims").get_models() for f in m._meta.fields]
    numbers = {(model, f.name) for model, f in fields if isinstance(f, numeric) and not f.primary_key}
    assert numbers == set(NUMBERS)
    assert [f.name for _, f in fields if any(word in f.name for word in MONEY)] == []


def test_no_form_of_claims_asks_for_money():
    asked = [kind for kind in vars(forms).values() if isinstance(kind, type) and issubclass(kind, django_forms.Form)]
    fields = [(name, field) for kind in asked for name, field in kind.base_fields.items()]
    assert len(fields) > 12
    assert {name for name, f in fields if isinstance(f, django_forms.IntegerField)} == {"lama"}
    assert [name for name, _ in fields if any(word in name for word in MONEY)] == []


@pytest.fixture
def clerk(regions, user):
    return user("operator_kab")


@pytest.fixture
def case(clerk):
    mourning.registers()
    return mourning.case(clerk, day=ago(40))


def test_a_case_goes_its_way_and_every_step_is_kept(case, clerk):
    for after, more in (("diperiksa", {}), ("berkas", {}), ("diajukan", {"day": ago(1)}),
                        ("ditolak", {"day": ago(0), "reason": "bukti kerja kurang"}), ("berkas", {}),
                        ("diajukan", {"day": ago(0)}), ("dibayar", {"day": ago(0)})):  # fmt: skip
        case = actions.move(case, after, by=clerk, **more)
    told = list(CaseStep.objects.values_list("before", "after"))
    assert told[0] == ("", "dilaporkan")
    assert [a[1] for a in told[:-1]] == [b[0] for b in told[1:]]
    assert case.stands.final
    assert Logged.objects.filter(tindakan="claims.step").count() == 7


def test_a_refused_step_changes_nothing(case, clerk):
    for after in ("dibayar", "diajukan", "ditolak"):
        with pytest.raises(Problem):
            actions.move(case, after, by=clerk, day=ago(0), reason="x")
    case.refresh_from_db()
    assert (case.state, CaseStep.objects.count()) == ("dilaporkan", 1)


def test_the_law_is_asked_with_the_months_the_children_and_the_wage(case):
    seen = sight(case, BOOK)
    assert dict(seen.claim.parts) == {"santunan": 20_000_000, "santunan_berkala": 12_000_000,
                                      "biaya_pemakaman": 10_000_000}  # fmt: skip
    unmet = [condition.name for condition in seen.claim.conditions if not condition.met]
    assert unmet == ["Beasiswa: masa iuran 36 bulan (sudah 8)"] or "36 bulan" in unmet[0]
    assert "akta kelahiran anak" in [ticked.paper.name for ticked in seen.papers]


def test_a_death_at_work_pays_more_and_the_children_at_once(case, clerk):
    case = actions.correct(case, Event(WORK_DEATH, ago(40), time(10)), 1, by=clerk, reason="Jatuh dari pohon di kebun")
    parts = sight(case, BOOK).claim.parts
    assert parts["santunan"] == 48_000_000
    assert parts["beasiswa"] > 0
    assert case.report_by
    assert CaseStep.objects.last().note == "Jatuh dari pohon di kebun"


def test_missing_proof_of_work_follows_to_the_case(case, clerk):
    from jangkau.apps.proofs.actions import add

    assert sight(case, BOOK).warned
    add(case.person, "foto", ago(600), pictures.upload(), by=clerk)
    assert sight(case, BOOK).warned is None


@pytest.mark.parametrize(("day", "papers"), [(date(2019, 6, 1), 6), (date(2014, 1, 1), 0)])
def test_papers_that_the_law_of_the_day_does_not_name_are_left_out(case, day, papers):
    case.day = day
    case.paid = [month_of(day)]
    seen = sight(case, BOOK)
    assert seen.trouble
    assert len(seen.papers) == papers


def test_what_the_law_cannot_say_is_said_in_words(case):
    case.segment = "PMI"
    seen = sight(case, BOOK)
    assert seen.claim is None
    assert seen.trouble
    assert (seen.due, seen.limits) == ([], [])
    assert seen.papers


def test_a_death_before_the_wait_was_known_is_claimed_without_an_amount(case):
    case.day = date(2023, 5, 5)
    seen = sight(case, BOOK)
    assert "Bulan iuran sebelum manfaat JKM penuh" in seen.trouble
    assert "mulai Januari 2025 (Permenaker 1/2025)" in seen.trouble
    assert "BPJS Ketenagakerjaan yang menghitung" in seen.trouble
    assert "keanggotaan.masa_tunggu_jkm" in seen.trouble
    assert seen.papers


def test_papers_are_ticked_with_or_without_a_file_and_taken_back(case, clerk):
    actions.tick(case, "kartu peserta", None, by=clerk)
    actions.tick(case, "akta kematian", pictures.upload(), by=clerk)
    actions.tick(case, "akta kematian", None, by=clerk)
    assert CasePaper.objects.get(name="akta kematian").media == "jpg"
    seen = sight(case, BOOK)
    assert seen.missing == len(seen.papers) - 2
    actions.untick(case, "kartu peserta", by=clerk)
    actions.untick(case, "kartu peserta", by=clerk)
    assert Logged.objects.filter(tindakan="claims.paper").count() == 4


def test_the_clock_stops_when_the_insurer_is_told(clerk):
    case = mourning.case(clerk, happening=UNABLE, day=ago(1), time=time(0, 1))
    assert not sight(case, BOOK).late
    for wrong in (timezone.now() + timedelta(hours=1), timezone.now() - timedelta(days=3)):
        with pytest.raises(Problem, match="belum terjadi"):
            actions.told_insurer(case, wrong, by=clerk)
    actions.told_insurer(case, timezone.now(), by=clerk)
    assert (sight(case, BOOK).late, sight(case, BOOK).left) == (False, None)
    assert not Notice.objects.filter(kind="claim_clock", read_at=None).exists()


def test_an_accident_told_after_two_days_is_late(clerk):
    case = mourning.case(clerk, happening=UNABLE, day=ago(5), time=time(8))
    seen = sight(case, BOOK)
    assert seen.late
    assert seen.hours_left == 0
    assert [most for _, most in seen.limits][:2] == [None, 20_000_000]


def test_every_day_what_is_over_is_closed_and_what_ends_is_told_twice(case, clerk):
    today = case.expires
    assert actions.daily(today) == {"kedaluwarsa": 0, "diingatkan": 1}
    assert actions.daily(today - timedelta(days=100)) == {"kedaluwarsa": 0, "diingatkan": 1}
    assert actions.daily(today - timedelta(days=101))["diingatkan"] == 0
    assert actions.daily(today + timedelta(days=1))["kedaluwarsa"] == 1
    assert actions.daily(today + timedelta(days=1))["kedaluwarsa"] == 0
    case.refresh_from_db()
    assert case.state == "kedaluwarsa"
    assert not Notice.objects.filter(kind="claim_ends", read_at=None, key=f"klaim-akhir-{case.pk}").exists()


def test_a_claim_already_with_the_insurer_does_not_expire(case, clerk):
    for after in ("diperiksa", "berkas"):
        actions.move(case, after, by=clerk)
    actions.move(case, "diajukan", by=clerk, day=ago(0))
    assert actions.daily(case.expires + timedelta(days=1))["kedaluwarsa"] == 0


def test_a_wrong_day_is_corrected_and_studied_anew(case, clerk):
    before = case.status
    case = actions.correct(case, Event(DEATH, ago(700)), 1, by=clerk, reason="Salah tahun pada akta kematian")
    assert (before, case.status) == ("aktif", "belum")
    assert Logged.objects.filter(tindakan="claims.correct").exists()
    other = mourning.case(clerk, happening=UNABLE, day=ago(3))
    with pytest.raises(Problem, match="sudah ada"):
        actions.correct(other, Event(DEATH, ago(3)), 1, by=clerk, reason="Meninggal di rumah sakit")


def test_a_case_belongs_to_the_village_that_proposed_the_person(clerk):
    mourning.registers()
    person = mourning.ahmad()
    person.region_code = "1705012099"
    person.save()
    assert report(of_person(person), Event(DEATH, ago(3)), "", by=clerk).region_code == "1705012099"


def test_who_moved_out_of_the_province_belongs_to_the_province(regions, monkeypatch):
    monkeypatch.setitem(matched.PEOPLE, "0006", (*matched.PEOPLE["0006"][:3], "7317092014"))
    mourning.registers()
    mourning.found()
    assert Case.objects.get(nik=mourning.RINA).region_code == "17"
