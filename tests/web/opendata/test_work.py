"""Making an edition and deciding about it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import monitored
import polars as pl
import published
import pytest
from django.test import Client

from jangkau.apps.audit.models import Event
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.notices.models import Notice
from jangkau.apps.opendata import actions, source
from jangkau.apps.opendata.models import Edition, EditionState
from jangkau.apps.opendata.selectors import waiting
from jangkau.apps.registry.models import Programme
from jangkau.core.kernel.problems import Problem

Users = Callable[..., object]


@pytest.fixture(autouse=True)
def _world(regions: None, monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    published.count(monkeypatch, published.figures())


def test_an_edition_is_made_from_a_form_in_the_background(sign_in: Callable[..., Client]) -> None:
    Programme.objects.create(values={"provinsi": "17", "per": "2026-11-22", "mulai": "2027-01"})
    client = sign_in("pengelola")
    assert "Cakupan kepesertaan" in client.get("/monev/data-terbuka/baru/").content.decode()
    asked = {
        "judul": "Desember 2026",
        "tingkat": "kecamatan",
        "indikator": ["cakupan"],
        "potongan": ["segmen"],
        "ambang": 5,
    }
    low = client.post("/monev/data-terbuka/baru/", asked | {"ambang": 4})
    assert low.status_code == 422
    answer = client.post("/monev/data-terbuka/baru/", asked)
    edition = Edition.objects.get()
    assert answer.headers["Location"] == f"/monev/data-terbuka/{edition.pk}/"
    assert "sedang dibuat" in client.get(answer.headers["Location"]).content.decode()
    run_job.call(edition.job_id)
    page = client.get(answer.headers["Location"]).content.decode()
    assert "lolos" in page
    assert "Usulkan terbit" in page


def test_the_preview_says_what_is_closed_and_why(sign_in: Callable[..., Client], user: Users) -> None:
    edition = published.made(user("pengelola"))
    told = {row["tingkat"]: row for row in edition.summary["sebab"]}
    assert told["kecamatan"]["kecil"] == 1
    assert told["kecamatan"]["pelindung"] >= 1
    assert edition.summary["serangan"] == {"dicoba": 2, "terbuka": 0, "lebar": 5.0}
    page = sign_in("evaluator").get(f"/monev/data-terbuka/{edition.pk}/").content.decode()
    assert "agar yang kecil tidak dapat dihitung dengan pengurangan" in page
    assert "Usulkan terbit" not in page


def test_who_made_it_does_not_publish_it(user: Users) -> None:
    approver = user("penyetuju", "17")
    edition = actions.propose(published.made(user("pengelola")), by=user("pengelola"))
    with pytest.raises(Problem, match="TERBUKA_SENDIRI"):
        actions.approve(edition, by=user("pengelola"))
    assert waiting(approver) == 1
    assert [(one.kind, one.link) for one in Notice.objects.filter(user=approver, read_at=None)] == [
        ("edition_waits", f"/monev/data-terbuka/{edition.pk}/")
    ]  # fmt: skip
    actions.approve(edition, by=approver)
    assert not Notice.objects.filter(user=approver, read_at=None).exists()
    assert Notice.objects.get(user=user("pengelola")).kind == "edition_decided"
    assert (edition.state, edition.decided_by) == (EditionState.PUBLISHED, approver)
    assert waiting(approver) == 0
    assert Event.objects.filter(tindakan="opendata.approve").count() == 1
    with pytest.raises(Problem, match="TERBUKA_LANGKAH"):
        actions.propose(edition, by=user("pengelola"))


def test_an_approver_of_one_kabupaten_does_not_publish_for_the_province(
    sign_in: Callable[..., Client], user: Users
) -> None:
    edition = actions.propose(published.made(user("pengelola")), by=user("pengelola"))
    address = f"/monev/data-terbuka/{edition.pk}/terbitkan/"
    assert sign_in("penyetuju").post(address).status_code == 404
    assert sign_in("penyetuju", "17").post(address).status_code == 302


def test_files_that_were_touched_are_not_published(user: Users) -> None:
    edition = actions.propose(published.made(user("pengelola")), by=user("pengelola"))
    (edition.public / "cakupan.csv").write_text("lain")
    with pytest.raises(Problem, match="TERBUKA_BERKAS_DIUBAH"):
        actions.approve(edition, by=user("penyetuju", "17"))


def test_an_edition_made_before_another_was_published_is_made_again(user: Users) -> None:
    first, second = (published.made(user("pengelola"), title) for title in ("Satu", "Dua"))
    for one in (first, second):
        actions.propose(one, by=user("pengelola"))
    actions.approve(first, by=user("penyetuju", "17"))
    with pytest.raises(Problem, match="TERBUKA_BASI"):
        actions.approve(second, by=user("penyetuju", "17"))


def test_a_later_edition_is_protected_with_all_that_were_ever_public(
    user: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = published.published(user)
    actions.withdraw(first, "Salah register", by=user("penyetuju", "17"))
    more = {**published.COVERED, ("170401", "PU"): 52}
    published.count(monkeypatch, published.figures(more, date(2027, 6, 30)))
    second = published.made(user("pengelola"), "Juni 2027")
    assert second.after == [first.number]
    assert sum(row["selisih"] for row in second.summary["sebab"]) >= 1
    shown = pl.read_csv(second.public / "cakupan.csv").filter(wilayah=170401, potongan="segmen", kelas="PU")
    assert shown["pembilang"].to_list() == [None]


def test_making_an_edition_again_changes_nothing(user: Users) -> None:
    edition = published.made(user("pengelola"))
    job = Job.objects.get(pk=edition.job_id)
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.COMPUTING)
    job.state = "antre"
    job.save()
    run_job.call(job.pk)
    again = Edition.objects.get(pk=edition.pk)
    assert (again.state, again.sha256) == (EditionState.READY, edition.sha256)


def test_a_failure_is_told(user: Users, monkeypatch: pytest.MonkeyPatch, sign_in: Callable[..., Client]) -> None:
    published.count(monkeypatch, published.figures().clear())
    edition = actions.ask("Kosong", published.CHOICE, by=user("pengelola"), region_code="17")
    run_job.call(edition.job_id)
    page = sign_in("pengelola").get(f"/monev/data-terbuka/{edition.pk}/").content.decode()
    assert "Edisi ini gagal dibuat" in page
    assert "Tidak ada angka yang dapat diterbitkan" in page


def test_the_figures_are_those_that_monitoring_kept_each_at_its_newest_day() -> None:
    kept = monitored.counting()
    rows, print_of_it = source.figures()
    assert print_of_it == kept.sha256
    assert {*rows["per"]} == {monitored.DAYS[-1]}
    assert rows.height == sum(row["per"] == monitored.DAYS[-1] for row in monitored.rows())


def test_without_a_register_nothing_is_counted(db: None) -> None:
    Programme.objects.create(values={"provinsi": "17", "per": "2026-11-22", "mulai": "2027-01"})
    with pytest.raises(Problem, match="TERBUKA_TANPA_REGISTER"):
        source.figures()


def test_the_list_asks_a_fixed_number_of_questions(
    sign_in: Callable[..., Client], user: Users, django_assert_max_num_queries: Callable
) -> None:
    first = published.row(user)
    Edition.objects.bulk_create(
        [Edition(region_code="17", number=n, title=f"{n}", made_by=first.made_by) for n in range(2, 60)]
    )
    client = sign_in("auditor")
    client.get("/monev/data-terbuka/")
    with django_assert_max_num_queries(14):
        page = client.get("/monev/data-terbuka/").content.decode()
    assert "Halaman 1 dari 2" in page
