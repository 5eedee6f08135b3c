"""Counting: once for the same registers, again for others, the old ones kept; home shows the one figure."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from django.test import Client
from django.utils import timezone

from jangkau.apps.jobs.models import Job, State
from jangkau.apps.monitoring import reading
from jangkau.apps.monitoring.actions import count
from jangkau.apps.monitoring.models import Counting
from jangkau.apps.monitoring.selectors import covered
from jangkau.apps.planning.files import sum_of
from jangkau.apps.registry.models import Programme, Target
from jangkau.apps.registry.workspace import bring
from jangkau.core.kernel.progress import Silent
from jangkau.core.synthetic import generate


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("ruang")
    generate(made, "17", 0.001, 3)
    return made


@pytest.fixture
def province(folder: Path, tmp_path: Path, settings: object, db: None) -> None:
    settings.DATA = tmp_path
    bring(folder, Silent())


def test_nothing_is_counted_before_the_registers_are_there(db: None) -> None:
    assert (count(), covered("1705")) == (None, None)


def test_the_same_registers_are_counted_once_and_others_anew_beside_them(province: None) -> None:
    first = count()
    assert count() == first
    assert covered("1705").row["wilayah"] == covered("1705012002").row["wilayah"] == "1705"
    assert not covered("17").stale
    assert first.sha256 == sum_of(first.folder)
    assert reading.ahead(first, "17", "cakupan").is_empty()  # one snapshot forecasts nothing
    assert len(reading.angka(first)) == first.rows
    Programme.objects.create(values=Programme.objects.first().values)
    assert covered("17").stale
    second = count()
    assert {one.pk for one in Counting.objects.all()} == {first.pk, second.pk}
    assert reading.angka(first).equals(reading.angka(second))


def test_every_indicator_has_a_figure_of_the_province_or_says_what_is_missing(province: None) -> None:
    rows = reading.of_region(count(), "17")
    told = rows.filter(pl.col("nilai").is_null())
    assert told["catatan"].is_not_null().all()
    assert {"cakupan", "peserta_aktif", "perlindungan_penuh", "cakupan_rentan"} <= set(rows["indikator"])


def test_home_shows_the_share_with_both_its_numbers_and_its_target(
    province: None, sign_in: Callable[..., Client]
) -> None:
    count()
    Target.objects.all().delete()
    Target.objects.create(wilayah="1705", indikator="cakupan", tahun=2099, persen=61.0)
    row = covered("1705").row
    page = sign_in("operator_kab").get("/").content.decode()
    assert f"{int(row['pembilang']):,}".replace(",", ".") in page
    assert f"{int(row['penyebut']):,}".replace(",", ".") in page
    assert "61" in page
    assert row["sumber_penyebut"] in page
    assert "/monev/" in page


def test_looking_at_home_asks_for_the_counting_once(province: None, sign_in: Callable[..., Client]) -> None:
    client = sign_in("operator_kab")
    for state in (State.WAITING, State.RUNNING, State.FAILED):
        client.get("/")
        assert Job.objects.filter(kind="monitoring.coverage").count() == 1
        Job.objects.update(state=state, ended_at=timezone.now())


def test_a_counting_that_failed_is_tried_again_an_hour_later_three_times_in_all(
    province: None, sign_in: Callable[..., Client]
) -> None:
    client, tries = sign_in("operator_kab"), []
    for _ in range(5):
        client.get("/")
        tries.append(Job.objects.filter(kind="monitoring.coverage").count())
        Job.objects.update(state=State.FAILED, ended_at=timezone.now() - timedelta(hours=2))
    assert tries == [1, 2, 3, 3, 3]
