"""Cases that begin by themselves or by a report."""

from datetime import date, time, timedelta

import matched
import mourning
import pytest
from django.db import IntegrityError
from django.utils import timezone
from mourning import AHMAD, BUDI, CHILD, DEWI, RINA, SITI, ago, found

from jangkau.apps.audit.models import Event as Logged
from jangkau.apps.claims import covered, jobs, opening
from jangkau.apps.claims.models import Case, CaseStep, Heir
from jangkau.apps.claims.opening import Event, report
from jangkau.apps.jobs.models import Job
from jangkau.apps.linkage.models import Link, Member, Person
from jangkau.apps.notices.models import Notice
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.benefits import DEATH, UNABLE, WORK_DEATH


def test_who_died_while_covered_gets_a_case_with_the_family_to_visit(regions):
    mourning.registers()
    person = mourning.ahmad()
    assert found() == {"kasus": 2, "diperbarui": 0}
    case = Case.objects.get(nik=AHMAD)
    assert (case.person, case.region_code, case.state, case.status) == (person, matched.NIUR, "dilaporkan", "aktif")
    assert case.registered == month_of(timezone.localdate()) - 8
    assert (case.kpj, case.wage_base, case.full) == ("17000000001", 1_000_000, True)
    assert case.after == month_of(timezone.localdate()) - month_of(case.day)
    assert list(case.heirs.values_list("nik", "relation")) == [(SITI, "pasangan"), (CHILD, "anak")]
    assert CaseStep.objects.filter(case=case, by=None).count() == 1


@pytest.mark.parametrize("long_ago", [ago(6 * 366), date(2008, 2, 29)])
def test_lapsed_and_too_late_get_none(regions, long_ago):
    mourning.registers(joko=long_ago, dewi=ago(-3))
    found()
    assert set(Case.objects.values_list("nik", flat=True)) == {AHMAD, RINA}


def test_the_same_registers_open_nothing_twice_and_new_ones_only_what_is_new(regions):
    mourning.registers()
    found()
    assert found() == {"kasus": 0, "diperbarui": 2}
    mourning.registers(ago(1), dewi=ago(2))
    assert found() == {"kasus": 1, "diperbarui": 2}
    assert Case.objects.filter(nik=DEWI).exists()
    assert Logged.objects.filter(tindakan="claims.detect").count() == 2


def test_a_death_told_by_a_clerk_is_not_opened_again_and_another_date_is_kept_beside(regions, user):
    mourning.registers()
    case = mourning.case(user("operator_desa"), day=ago(38))
    found()
    case.refresh_from_db()
    assert Case.objects.filter(nik=AHMAD).count() == 1
    assert (case.day, case.dates_differ) == (ago(38), ago(40))


def test_a_cancelled_case_may_be_told_anew(regions, user):
    case = mourning.case(user("operator_desa"))
    with pytest.raises(Problem, match="sudah ada"):
        mourning.case(user("operator_kab"), happening=WORK_DEATH)
    Case.objects.filter(pk=case.pk).update(state="batal")
    assert mourning.case(user("pengelola")).pk != case.pk


def test_a_member_row_without_the_number_is_found_through_the_link_of_the_person(regions, user):
    mourning.registers()
    matched.snapshot(mourning.PESERTA, [mourning._member("1705010101010099", mourning.month(8), mourning.month(0))],
                     ago(1))  # fmt: skip
    person = mourning.ahmad()
    member = Member.objects.create(pk=1, id_usulan="1/a#L#2", person=person, region_code=matched.NIUR, fingerprint="x",
                                   sidik="y")  # fmt: skip
    for register, key in (("penduduk", AHMAD), ("peserta", "17000000099")):
        Link.objects.create(member=member, register=register, id_register=key, peluang=0.99, keputusan="cocok",
                            cara="nik", region_code=matched.NIUR)  # fmt: skip
    assert mourning.case(user("operator_desa"), day=ago(40)).status == "aktif"


def test_months_that_this_programme_paid_count(regions, monkeypatch, user):
    import polars as pl

    mourning.registers()
    rows = [(AHMAD, month_of(ago(40)) - back, "BPU") for back in range(4)]
    schema = {"orang": pl.String, "bulan": pl.Int64, "segmen": pl.String}
    matched.snapshot(mourning.PESERTA, [mourning._member(RINA, "2025-01", "2025-01")], ago(1))
    monkeypatch.setattr(covered, "_paid_here", lambda people: pl.DataFrame(rows, schema=schema, orient="row"))
    case = mourning.case(user("operator_desa"), day=ago(40))
    assert (case.status, case.full, len(case.paid)) == ("aktif", True, 4)


def test_an_accident_starts_its_clock_and_tells_who_must_act(regions, user):
    clerk, office = user("operator_desa"), user("operator_kab")
    case = mourning.case(clerk, happening=UNABLE, day=ago(1), time=time(9, 30))
    at = timezone.localtime(case.report_by)
    assert (at.date(), at.time()) == (ago(1) + timedelta(days=2), time(9, 30))
    told = Notice.objects.get(user=office)
    assert told.kind == "claim_clock"
    assert at.strftime("%d-%m-%Y %H.%M") in told.words


def test_without_an_hour_the_clock_starts_at_the_end_of_the_day(regions, user):
    case = mourning.case(user("operator_desa"), happening=UNABLE, day=ago(1))
    assert timezone.localtime(case.report_by).date() == ago(1) + timedelta(days=2)
    assert timezone.localtime(case.report_by).time() == time(23, 59)


def test_families_to_visit_are_told_by_village_and_not_to_the_neighbour(regions, user):
    village, neighbour = user("operator_desa"), user("operator_kab", "1704")
    mourning.registers()
    found()
    assert [n.values for n in Notice.objects.filter(user=village)] == [{"n": 1}]
    assert Notice.objects.filter(user=neighbour).count() == 1


def test_a_resident_who_was_never_proposed_can_be_reported(regions, user):
    mourning.registers()
    subject = covered.residents([DEWI])[DEWI]
    case = report(subject, Event(DEATH, ago(2)), "", by=user("operator_desa"))
    assert (case.person, case.status, case.nama) == (None, "aktif", "DEWI LESTARI")


def test_a_new_register_starts_the_search_once(regions):
    mourning.registers()
    snapshot = covered.current("penduduk")
    job = Job(kind="registers.read", args={"snapshot": snapshot.pk})
    jobs.look_again(job)
    jobs.look_again(job)
    jobs.look_again(Job(kind="registers.read", args={"snapshot": snapshot.pk + 99}))
    assert Job.objects.filter(kind=jobs.KIND).count() == 1


def test_without_registers_nothing_breaks(regions, user):
    assert found() == {"kasus": 0, "diperbarui": 0}
    case = mourning.case(user("operator_desa"))
    assert (case.status, case.covered, Heir.objects.count()) == ("belum", False, 0)


def test_the_last_row_of_a_budi_who_lapsed_is_told(regions, user):
    mourning.registers()
    case = report(covered.residents([BUDI])[BUDI], Event(DEATH, ago(40)), "", by=user("operator_desa"))
    assert (case.status, case.covered) == ("non-aktif", False)


def test_a_report_at_the_very_moment_of_the_search_stops_neither(regions, user, monkeypatch):
    mourning.registers()
    clerk, asked = user("operator_desa"), []
    keep = opening._keep

    def reported_first(cases, by):
        if not asked:
            asked.append(True)
            raise IntegrityError
        keep(cases, by)

    monkeypatch.setattr(opening, "_keep", reported_first)
    assert found() == {"kasus": 2, "diperbarui": 0}
    with pytest.raises(Problem, match="sudah ada"):
        mourning.case(clerk, day=ago(38))


def test_a_person_reported_before_their_number_was_mended_is_not_opened_again(regions, user):
    mourning.registers()
    person = mourning.ahmad()
    Person.objects.filter(pk=person.pk).update(nik=None)
    person.refresh_from_db()
    case = report(covered.of_person(person), Event(DEATH, ago(40)), "", by=user("operator_desa"))
    assert (case.who, case.nik) == (person.id_pekerja, "")
    Person.objects.filter(pk=person.pk).update(nik=AHMAD)
    assert found()["kasus"] == 1
    assert list(Case.objects.filter(nama="AHMAD SURYADI")) == [case]
