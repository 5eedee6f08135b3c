"""A pledge from the promise to the certificate; a sponsor sees its own, and never who is paid."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pledged
import pytest
import worlds
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from worlds import Cast

from jangkau.apps.audit.models import Event
from jangkau.apps.enrolment.models import Account, AccountKind
from jangkau.apps.linkage.models import Person
from jangkau.apps.notices.models import Notice
from jangkau.apps.partners import pledging
from jangkau.apps.partners.models import Pledge, PledgeState, Published, Sponsor
from jangkau.apps.partners.urls import urlpatterns
from jangkau.apps.partners.use import refresh, use
from jangkau.apps.registry import selectors as registry
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.problems import Problem
from tests.web.conftest import make_regions

TODAY = date(2026, 11, 27)
_django_db_helper = worlds.in_the_world


@pytest.fixture(scope="module")
def world(module_db: None, cast: Cast) -> dict[str, int]:
    """Two sponsors: one whose fund has paid twelve people of one place, and one with money that paid three."""
    make_regions()
    by, approver = cast.user("pengelola"), cast.user("penyetuju")
    own = pledged.sponsor(cast.user("sponsor"), nama="PT Milik Sendiri")
    other = pledged.sponsor(nama="Yayasan Lain")
    many, few = pledged.received(own, by, approver, people=60), pledged.received(other, by, approver, people=9)
    pledged.paid(many, 12)
    pledged.paid(few, 3, start=100)
    refresh(TODAY)
    return {"many": many.pk, "few": few.pk, "own": own.pk, "other": other.pk}


def add_months(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=40)).replace(day=1)


def test_money_comes_into_the_plan_with_the_deposit_and_not_with_the_promise(world: dict[str, int], cast: Cast) -> None:
    sponsor, manager, approver = (cast.client(role) for role in ("sponsor", "pengelola", "penyetuju"))
    asked = {"sponsor": world["own"], "people": 50, "months": 12, "first": "2028-01", "region_code": "1705",
             "jobs": ["SAWIT", "TANI"], "conditions": "desil<=2"}  # fmt: skip
    assert sponsor.post(reverse("pledge_new"), asked).status_code == 302
    made = Pledge.objects.first()
    assert made.amount == 50 * 12 * 16_800
    assert Notice.objects.filter(user=cast.user("penyetuju"), kind="pledge_waits", read_at=None).count() == 1
    place = reverse("pledge_decide", args=[made.pk])
    assert approver.post(place, {"agreed": "tidak"}).status_code == 422  # without a reason
    assert approver.post(place, {"agreed": "ya"}).status_code == 302
    made.refresh_from_db()
    assert made.fund.kode not in registry.funds()["kode"].to_list()
    money = {"amount": 9_000_000, "on": "2027-12-20", "reference": "TRF-77"}
    assert manager.post(reverse("pledge_receive", args=[made.pk]), money).status_code == 302
    (row,) = [one for one in registry.funds().rows(named=True) if one["kode"] == made.fund.kode]
    assert (row["anggaran"], row["wilayah"], row["pekerjaan"], row["syarat"]) == (
        9_000_000,
        "1705",
        "SAWIT|TANI",
        "desil<=2",
    )
    assert (row["berlaku_dari"], row["berlaku_sampai"], row["jenis"]) == ("2028-01", "2028-12", "CSR")
    assert Account.objects.get(fund=made.fund, kind=AccountKind.FREE).balance == 9_000_000
    assert manager.post(reverse("pledge_receive", args=[made.pk]), money).status_code == 409  # once only
    verbs = Event.objects.filter(tindakan__startswith="partners.", id_benda=str(made.pk), benda="pledge")
    assert {*verbs.values_list("tindakan", flat=True)} == {"partners.pledge", "partners.agree", "partners.receive"}


def test_nobody_decides_on_a_pledge_of_his_own(world: dict[str, int], cast: Cast, db: None) -> None:
    approver = cast.user("penyetuju")
    of = pledged.sponsor(approver, nama="Koperasi Penyetuju")
    made = pledged.promised(of, cast.user("pengelola"))
    with pytest.raises(Problem, match="tidak boleh memutuskannya"):
        pledging.decide(made, agreed=True, reason="", by=approver)
    assert Fund.objects.filter(pledge=made).count() == 0


def test_a_sponsor_sees_its_own_pledges_only(world: dict[str, int], cast: Cast) -> None:
    client = cast.client("sponsor")
    page = client.get(reverse("pledges")).content.decode()
    assert "PT Milik Sendiri" in page
    assert "Yayasan Lain" not in page + client.get(reverse("sponsors")).content.decode()
    for name in ("pledge", "pledge_receipt", "pledge_certificate"):
        assert client.get(reverse(name, args=[world["few"]])).status_code == 404
    assert client.post(reverse("pledge_renew", args=[world["few"]])).status_code == 404
    assert client.post(reverse("sponsor_consent", args=[world["other"]]), {"umum": "ya"}).status_code == 404
    asked = {"sponsor": world["other"], "people": 5, "months": 3, "first": "2028-01", "region_code": "1705"}
    assert client.post(reverse("pledge_new"), asked).status_code == 422


def _everything(client: Client, world: dict[str, int]) -> Iterator[tuple[str, str]]:
    """Every page and file of the room that opens for the client, as text."""
    keys = {"pledge": world["many"], "sponsor": world["own"]}
    for pattern in urlpatterns:
        about = str(pattern.name)
        known = keys.get(about.split("_", maxsplit=1)[0], 1)
        route = str(pattern.pattern)
        arguments = [known] if "<int:pk>" in route else ["170501"] if "<str:code>" in route else []
        answer = client.get(reverse(about, args=arguments))
        if answer.status_code == 200:
            content = answer.content
            yield about, _pdf_text(content) if content.startswith(b"%PDF") else content.decode()


def _pdf_text(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_no_page_or_file_for_a_sponsor_names_a_person(world: dict[str, int], cast: Cast) -> None:
    seen = dict(_everything(cast.client("sponsor"), world))
    assert {"pledges", "pledge", "pledge_receipt", "pledge_certificate", "sponsors", "sponsors_public"} <= set(seen)
    secrets = {v for p in Person.objects.all() for v in (p.nama, p.nik, p.id_pekerja, p.nama.split()[0])}
    assert len(secrets) > 15
    for name, text in seen.items():
        assert not [secret for secret in secrets if secret in text], name
        assert not re.search(r"\d{16}", text), name
    assert {"10", "60"} <= set(seen["pledge_certificate"].split())  # of 12 people and 72 months: whole steps of five


def test_counts_below_the_threshold_are_closed_everywhere(world: dict[str, int], cast: Cast) -> None:
    client = cast.client("operator_kab")
    page = client.get(reverse("pledge", args=[world["few"]])).content.decode()
    assert "Kurang dari 5 orang sudah dibayar" in page
    assert "18" not in re.findall(r">\s*(\d+)\s*<", page)  # 3 people times 6 months
    assert client.get(reverse("pledge_certificate", args=[world["few"]])).status_code == 409
    assert "sedikit" in client.get(reverse("pledges")).content.decode()


def test_what_is_shown_is_what_the_book_has(world: dict[str, int], cast: Cast, db: None) -> None:
    many = Pledge.objects.get(pk=world["many"])
    told = use(many)
    step = 5 * many.amount // many.people
    assert (told.people, told.months) == (10, 60)
    assert told.amount == 72 * 16_800 // step * step
    assert list(told.by_month.values()) == [10] * 6
    assert told.by_place == {"170501": 10}
    pledged.paid(many, 6, start=50)  # of whom nothing else is known
    refresh(TODAY)
    assert use(many) == told  # until the month is over
    refresh(add_months(TODAY))
    assert use(many).people == 15


def _looks(client: Client, world: dict[str, int]) -> tuple[str, ...]:
    """Everything that tells a sponsor of numbers, without the day."""
    names = [("pledge", [world["many"]]), ("pledges", []), ("sponsors_public", [])]
    pages = [re.sub(r"(csrfmiddlewaretoken|X-CSRFToken).*?>", "", client.get(reverse(name, args=args)).content.decode())
             for name, args in names]  # fmt: skip
    return tuple(re.sub(r"\d+ \w+ 20\d\d", "", page) for page in pages)


def test_an_attacker_who_looks_every_day_never_sees_one_person_come(
    world: dict[str, int], cast: Cast, db: None
) -> None:
    """The thirteenth, fourteenth and fifteenth person come between looks; consent goes and comes."""
    client, many = cast.client("sponsor"), Pledge.objects.get(pk=world["many"])
    consent = reverse("sponsor_consent", args=[world["own"]])
    client.post(consent, {"umum": "ya"})
    client.get(reverse("pledge", args=[many.pk]))  # what was said once is not said again
    seen, day = {_looks(client, world)}, TODAY
    for start in (20, 30, 40):
        pledged.paid(many, 1, start=start)
        day = add_months(day)
        pledging.daily(day)
        client.post(consent, {"umum": "tidak"})
        client.post(consent, {"umum": "ya"})
        client.get(reverse("pledge", args=[many.pk]))
        seen.add(_looks(client, world))
    assert len(seen) == 1
    pledged.paid(many, 2, start=50)  # now five have come since what was told: the step shows, and no one of them
    pledging.daily(add_months(day))
    assert use(many).people == 15


def test_a_renewal_is_one_click_and_one_pledge(world: dict[str, int], cast: Cast, db: None) -> None:
    client = cast.client("sponsor")
    for _ in range(2):
        assert client.post(reverse("pledge_renew", args=[world["many"]])).status_code == 302
    (made,) = Pledge.objects.filter(renews=world["many"])
    old = Pledge.objects.get(pk=world["many"])
    assert (made.people, made.months, made.state) == (old.people, old.months, PledgeState.PROMISED)
    assert made.first > old.last


def test_who_is_concerned_is_reminded_once_and_what_is_over_ends(world: dict[str, int], cast: Cast, db: None) -> None:
    pledge = Pledge.objects.get(pk=world["many"])
    assert pledge.terms.ends == date(2027, 6, 1)
    assert pledging.daily(date(2027, 3, 1)) == 0
    pledging.daily(date(2027, 5, 20))
    assert pledging.daily(date(2027, 5, 21)) == 0
    mine = Notice.objects.filter(kind="pledge_ends", link=reverse("pledge", args=[pledge.pk]))
    assert {notice.user.username for notice in mine} == {"sponsor", "pengelola"}
    assert pledging.daily(date(2027, 6, 1)) == 0
    pledge.refresh_from_db()
    assert pledge.state == PledgeState.ENDED
    assert pledge.fund.closed


def test_the_public_list_names_who_consents_and_nobody_else(world: dict[str, int], cast: Cast, db: None) -> None:
    everybody, address = cast.nobody(), reverse("sponsors_public")
    assert "PT Milik" not in everybody.get(address).content.decode()
    client = cast.client("sponsor")
    client.post(reverse("sponsor_consent", args=[world["own"]]), {"umum": "ya"})
    pledging.consent(Sponsor.objects.get(pk=world["other"]), public=True, by=cast.user("pengelola"))
    page = everybody.get(address).content.decode()
    assert "10 orang atau lebih terlindungi." in page
    assert Published.objects.get(nama="Yayasan Lain").people is None
    assert "3 orang" not in page
    client.post(reverse("sponsor_consent", args=[world["own"]]), {"umum": "tidak"})
    assert "PT Milik" not in everybody.get(address).content.decode()


def test_lists_ask_a_fixed_number_of_questions(
    world: dict[str, int], cast: Cast, db: None, django_assert_max_num_queries: Callable
) -> None:
    client = cast.client("operator_kab")
    for _ in range(6):
        pledged.promised(Sponsor.objects.get(pk=world["other"]), cast.user("pengelola"))
    client.get(reverse("pledges"))
    with django_assert_max_num_queries(16):
        client.get(reverse("pledges"))


def test_an_unknown_condition_is_said_at_the_form(world: dict[str, int], cast: Cast) -> None:
    asked = {"sponsor": world["own"], "people": 5, "months": 3, "first": "2028-01", "region_code": "1705",
             "conditions": "rajin"}  # fmt: skip
    answer = cast.client("sponsor").post(reverse("pledge_new"), asked)
    assert answer.status_code == 422
    assert "rajin" in answer.content.decode()
    assert cast.client("sponsor").post(reverse("pledge_new"), {**asked, "region_code": "1704"}).status_code == 422
