"""A decree from plan to force, and its next version: who is paid, by which money, who left and who came."""

from collections.abc import Callable
from datetime import date

import enrolled
import openpyxl
import polars as pl
import pytest

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.models import Event
from jangkau.apps.enrolment.decrees import annex, draft, issue, waiting
from jangkau.apps.enrolment.models import Decree, DecreeState, Enrolment, PersonMonth, Step
from jangkau.apps.enrolment.trial import trial_balance, verify
from jangkau.apps.linkage.models import Person, PersonState
from jangkau.apps.planning.basis import LIVE, Basis
from jangkau.apps.registry.keeping import kept
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.problems import Problem

Users = Callable[..., User]


@pytest.fixture(autouse=True)
def data(settings, tmp_path, regions):
    settings.DATA = str(tmp_path)


def told(action: Callable[[], object]) -> str:
    with pytest.raises(Problem) as caught:
        action()
    return caught.value.kind.kode


def states() -> dict[str, str]:
    return dict(Enrolment.objects.order_by("person__nama").values_list("person__nama", "state"))


def promised() -> dict[str, int]:
    """Months promised, by person and fund."""
    months = PersonMonth.objects.filter(state="komitmen").values_list("person__nama", "fund__kode")
    return {f"{name[:4].strip()} {code[-1]}": list(months).count((name, code)) for name, code in months}


def test_a_draft_names_whom_the_plan_pays_once(user: Users) -> None:
    made = enrolled.drafted(user)
    assert made.state == DecreeState.DRAFT
    assert sorted(made.lines.values_list("nama", "fund__kode", "months")) == [
        ("ANI CONTOH", "DANA_A", 6), ("ANI CONTOH", "DANA_B", 6), ("BUDI CONTOH", "DANA_A", 12),
    ]  # fmt: skip
    assert states() == {"ANI CONTOH": "diusulkan", "BUDI CONTOH": "diusulkan"}
    again = draft.draft(made.plan, "1705", "lain", by=user("pengelola"))
    assert again == made
    assert Decree.objects.count() == 1
    assert not PersonMonth.objects.exists()


def test_a_draft_follows_people_who_became_one(user: Users) -> None:
    people = enrolled.people(9)
    enrolled.funds()
    other = people[-1]
    people[1].state, people[1].merged_into = PersonState.MERGED, other
    people[1].save()
    by = user("pengelola")
    made = draft.draft(enrolled.approved(by), "1705", "Uji", by=by)
    assert other.pk in made.lines.values_list("enrolment__person", flat=True)


def test_a_draft_that_cannot_be_is_refused_in_words(user: Users) -> None:
    people, by = enrolled.people(), user("pengelola")
    plan = enrolled.approved(by)
    assert told(lambda: draft.draft(plan, "1705", "Uji", by=by)) == "SK_DANA_HILANG"
    enrolled.funds()
    assert told(lambda: draft.draft(plan, "1704", "Uji", by=by)) == "SK_DI_LUAR_RENCANA"
    assert told(lambda: draft.draft(plan, "170502", "Uji", by=by)) == "SK_TANPA_NAMA"
    Person.objects.filter(pk=people[0].pk).update(state=PersonState.GONE)
    assert told(lambda: draft.draft(plan, "1705", "Uji", by=by)) == "SK_ORANG_HILANG"
    assert not Decree.objects.exists()
    assert not Enrolment.objects.exists()


def test_the_annex_is_kept_by_its_content_with_number_and_date(user: Users) -> None:
    made = enrolled.proposed(user, files=True)
    assert [file.name for file in made.files.all()] == ["1705.pdf", "1705.xlsx"]
    assert len(made.sha256) == 64
    with kept(made.files.get(name="1705.xlsx").sha256).open("rb") as handle:
        texts = [str(cell.value) for row in openpyxl.load_workbook(handle)["Lampiran"].iter_rows() for cell in row]
    assert "Lampiran keputusan nomor 560/12/2027 tanggal 4 Januari 2027" in texts
    assert texts.count("ANI CONTOH") == 2
    before = made.sha256
    annex.write(made)
    made.refresh_from_db()
    assert made.sha256 == before


def test_issuing_verifies_people_and_promises_their_months(user: Users) -> None:
    made = issue.issue(enrolled.proposed(user), by=user("penyetuju"))
    assert made.state == DecreeState.IN_FORCE
    assert states() == {"ANI CONTOH": "ditetapkan", "BUDI CONTOH": "ditetapkan"}
    assert promised() == {"ANI A": 6, "ANI B": 6, "BUDI A": 12}
    steps = Step.objects.filter(enrolment__person__nama="ANI CONTOH").values_list("before", "after", "by__username")
    assert list(steps) == [
        ("", "diusulkan", "pengelola"), ("diusulkan", "terverifikasi", "penyetuju"),
        ("terverifikasi", "ditetapkan", "penyetuju"),
    ]  # fmt: skip
    assert {month.law_version for month in PersonMonth.objects.all()} != {""}
    assert sum(row.committed for row in trial_balance(Fund.objects.all())) == 24 * 16_800
    assert verify(Fund.objects.all()) == []


def test_two_who_issue_at_once_promise_once(user: Users) -> None:
    made = enrolled.proposed(user)
    first, second = user("penyetuju"), user("penyetuju", "17")
    issue.issue(made, by=first)
    events = Event.objects.count()
    assert issue.issue(made, by=second).approved_by == first
    assert PersonMonth.objects.count() == 24
    assert Event.objects.count() == events


def test_who_proposes_does_not_issue(user: Users) -> None:
    made = enrolled.proposed(user)
    assert told(lambda: issue.issue(made, by=user("pengelola"))) == "SETUJU_SENDIRI"
    Decree.objects.filter(pk=made.pk).update(sha256="")
    assert told(lambda: issue.issue(made, by=user("penyetuju"))) == "SK_BERKAS_BELUM"


def test_too_little_money_leaves_everything_as_it_was(user: Users) -> None:
    made = enrolled.proposed(user, budget=16_800)
    assert told(lambda: issue.issue(made, by=user("penyetuju"))) == "DANA_KURANG"
    made.refresh_from_db()
    assert made.state == DecreeState.PROPOSED
    assert set(states().values()) == {"diusulkan"}
    assert not PersonMonth.objects.exists()


def test_a_month_that_another_pays_is_refused(user: Users) -> None:
    enrolled.in_force(user)
    by = user("pengelola")
    second = draft.draft(enrolled.approved(by), "1705", "Lagi", by=by)
    enrolled.unwritten(issue.propose(second, "560/13/2027", date(2027, 1, 5), by=by))
    assert told(lambda: issue.issue(second, by=user("penyetuju"))) == "BULAN_SUDAH_DIBAYAR"
    assert Decree.objects.filter(state=DecreeState.IN_FORCE).count() == 1


def test_who_no_longer_qualifies_stops_the_proposal(user: Users) -> None:
    made = enrolled.drafted(user)
    Person.objects.filter(nama="BUDI CONTOH").update(layak=False)
    propose = lambda: issue.propose(made, "1", date(2027, 1, 4), by=user("pengelola"))  # noqa: E731
    assert told(propose) == "SK_TIDAK_LAYAK"
    out = [line.pk for line in issue.unfit(made)]
    assert draft.take_out(made, out, reason="", why="tidak layak", fill=False, by=user("pengelola")) == (1, 0)
    assert propose().state == DecreeState.PROPOSED
    assert issue.send_back(made, "salah nomor", by=user("penyetuju")).state == DecreeState.DRAFT


def test_a_proposed_version_cannot_be_changed(user: Users) -> None:
    made = enrolled.proposed(user)
    keys = list(made.lines.values_list("pk", flat=True))
    take = lambda: draft.take_out(made, keys, reason="", why="x", fill=False, by=user("pengelola"))  # noqa: E731
    assert told(take) == "SK_KEADAAN"
    assert told(lambda: draft.discard(made, by=user("pengelola"), why="x")) == "SK_KEADAAN"


def replaced(user: Users, reason: str = "meninggal", fill: bool = True, files: bool = False) -> Decree:
    """Version 2: BUDI leaves, whoever is next comes."""
    old = enrolled.in_force(user, more=(4, 5))
    by = user("pengelola")
    new = draft.new_version(old, by=by)
    keys = list(new.lines.filter(nama="BUDI CONTOH").values_list("pk", flat=True))
    draft.take_out(new, keys, reason=reason, why="surat desa", fill=fill, by=by)
    new = issue.propose(new, "560/20/2027", date(2027, 2, 1), by=by)
    return enrolled.with_files(new) if files else enrolled.unwritten(new)


def test_the_next_in_line_has_the_most_points_and_the_occupation(user: Users) -> None:
    made = enrolled.drafted(user, more=(4, 6, 7))
    fund = Fund.objects.get(kode="DANA_A")
    Person.objects.filter(nama__startswith="ORANG 4").update(poin=500, pekerjaan="NELAYAN")
    Person.objects.filter(nama__startswith="ORANG 6").update(poin=300)
    Person.objects.filter(nama__startswith="ORANG 7").update(poin=600, layak=None)
    fund.pekerjaan = "TANI|DAGANG"
    rows = waiting.Queue(made, fund).next(5)
    assert [person.nama for person in rows] == ["ORANG 6 CONTOH", "CICI CONTOH"]
    assert waiting.Queue(made, fund).next(5, [rows[0].pk]) == rows[1:]


@pytest.mark.parametrize(
    ("syarat", "names"),
    [("desil<=2", "46"), ("belum_terdaftar", "45"), ("penghasilan < 500000; desil<=2", "4"), ("entah", "")],
)
def test_the_next_in_line_meets_the_conditions_as_plans_read_them(
    user: Users, monkeypatch: pytest.MonkeyPatch, tmp_path, syarat: str, names: str
) -> None:
    made = enrolled.drafted(user, more=(4, 5, 6, 7))
    known = {"id_pekerja": [enrolled.key(at) for at in (4, 5, 6)], "desil": [1, 5, 2],
             "terdaftar": [False, False, True], "penghasilan": [300_000, 100_000, None]}  # fmt: skip
    pl.DataFrame(known).write_parquet(tmp_path / LIVE)
    monkeypatch.setattr(waiting, "near", lambda _settings: Basis(tmp_path, None))
    monkeypatch.setattr(waiting, "settings", lambda: None)
    fund = Fund.objects.get(kode="DANA_A")
    fund.syarat = syarat
    assert [person.nama[6] for person in waiting.Queue(made, fund).next(9)] == list(names)


def test_without_linkage_nobody_is_known_to_meet_a_condition(user: Users) -> None:
    made = enrolled.drafted(user, more=(4,))
    fund = Fund.objects.get(kode="DANA_A")
    fund.syarat = "terdaftar"
    assert waiting.Queue(made, fund).next(1) == []


def test_a_new_version_moves_money_and_people_and_keeps_the_old_one_readable(user: Users) -> None:
    new = replaced(user, files=True)
    old = Decree.objects.get(series=new.series, version=1)
    assert (new.version, new.lines.count(), old.lines.count()) == (2, 3, 3)
    assert promised() == {"ANI A": 6, "ANI B": 6, "BUDI A": 12}
    issue.issue(new, by=user("penyetuju"))
    old.refresh_from_db()
    assert (old.state, new.series) == (DecreeState.REPLACED, old.series)
    assert states() == {"ANI CONTOH": "ditetapkan", "BUDI CONTOH": "selesai", "CICI CONTOH": "ditetapkan"}
    assert Enrolment.objects.get(person__nama="BUDI CONTOH").reason == "meninggal"
    assert promised() == {"ANI A": 6, "ANI B": 6, "CICI A": 12}
    assert [file.name for file in new.files.all()] == ["1705.pdf", "1705.xlsx", "perubahan.pdf", "perubahan.xlsx"]
    assert old.lines.filter(nama="BUDI CONTOH").exists()
    assert verify(Fund.objects.all()) == []


def test_the_list_of_changes_says_who_left_why_and_who_came(user: Users) -> None:
    found = annex.changes(replaced(user))
    assert found is not None
    assert [(row.nama, row.sebab) for row in found.left] == [("BUDI CONTOH", "surat desa")]
    assert [(row.nama, row.sebab) for row in found.came] == [("CICI CONTOH", "menggantikan BUDI CONTOH")]
    assert found.change == 0


def test_who_only_leaves_the_decree_is_proposed_again(user: Users) -> None:
    new = replaced(user, reason="", fill=False)
    issue.issue(new, by=user("penyetuju"))
    assert states() == {"ANI CONTOH": "ditetapkan", "BUDI CONTOH": "diusulkan"}
    assert promised() == {"ANI A": 6, "ANI B": 6}


def test_whose_answer_is_awaited_cannot_leave(user: Users) -> None:
    enrolled.sent(user)
    new = draft.new_version(Decree.objects.get(), by=user("pengelola"))
    keys = list(new.lines.filter(nama="BUDI CONTOH").values_list("pk", flat=True))
    take = lambda: draft.take_out(new, keys, reason="", why="x", fill=False, by=user("pengelola"))  # noqa: E731
    assert told(take) == "LANGKAH_TIDAK_SAH"
    assert new.lines.count() == 3


def test_only_one_new_version_is_prepared_at_a_time(user: Users) -> None:
    old = enrolled.in_force(user)
    first = draft.new_version(old, by=user("pengelola"))
    assert draft.new_version(old, by=user("operator_kab")) == first
    draft.discard(first, by=user("pengelola"), why="tidak jadi")
    assert draft.new_version(old, by=user("pengelola")).version == 3
