"""Importing microdata, estimating in the background, showing estimates and never the rows."""

from collections.abc import Callable
from pathlib import Path

import monitored
import numpy as np
import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jangkau.apps.impact.models import Basis
from jangkau.apps.impact.selectors import survey_model
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.registry.models import Programme
from jangkau.apps.surveys import estimates, fitting
from jangkau.apps.surveys.models import Survey, SurveyState
from jangkau.core.statistics import Asked, Columns, read_microdata
from jangkau.core.statistics import survey as measure
from jangkau.core.tables.figures import ANGKA

ASKED = {
    "judul": "Sakernas Agustus", "sumber": "Sakernas 2026", "per": "2026-08-31", "ukur": "cakupan", "nilai": "ikut",
    "bobot": "bobot", "strata": "strata", "psu": "psu", "psu_tunggal": "gagal", "domain": "kab", "arti": "wilayah",
}  # fmt: skip


def microdata() -> bytes:
    rng = np.random.default_rng(4)
    rows = 120
    kab = np.where(np.arange(rows) % 2, "1704", "1705")
    frame = pl.DataFrame({
        "rahasia": [f"RAHASIA{n}" for n in range(rows)], "kab": kab, "strata": np.arange(rows) % 4 // 2,
        "psu": np.arange(rows) // 10, "bobot": rng.integers(50, 150, rows), "ikut": rng.integers(0, 2, rows),
        "belanja": rng.integers(200_000, 2_000_000, rows),
    })  # fmt: skip
    return frame.write_csv().encode()


@pytest.fixture(autouse=True)
def _world(regions: None, settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    Programme.objects.create(values={"provinsi": "17", "per": "2026-11-22", "mulai": "2027-01"})


def loaded(client: Client, content: bytes, **changed: object) -> Survey:
    file = SimpleUploadedFile("sakernas.csv", content)
    answer = client.post("/monev/survei/baru/", {**ASKED, "berkas": file, **changed})
    assert answer.status_code == 302, answer.content.decode()
    survey = Survey.objects.latest("pk")
    run_job.call(survey.job_id)
    survey.refresh_from_db()
    return survey


def test_coverage_is_what_the_core_says_with_its_error(sign_in: Callable[..., Client], tmp_path: Path) -> None:
    survey = loaded(sign_in("pengelola"), microdata())
    assert survey.state == SurveyState.DONE
    rows = ANGKA.check(pl.read_parquet(survey.figures)).to_native()
    path = tmp_path / "x.csv"
    path.write_bytes(microdata())
    data = read_microdata(path, Columns("ikut", "bobot", "strata", "psu", None, "kab"))
    want = measure(data.sample, data.domains, Asked(("Rerata",)))["1705"]["Rerata"]
    own = rows.filter(indikator="survei_cakupan", wilayah="1705").row(0, named=True)
    assert own["nilai"] == pytest.approx(100 * want.value)
    assert own["galat_baku"] == pytest.approx(100 * want.error)
    assert own["asal"] == "survei"
    assert own["bawah"] < own["nilai"] < own["atas"]


def test_poverty_by_class_and_the_page_shows_intervals_not_rows(sign_in: Callable[..., Client]) -> None:
    client = sign_in("pengelola")
    told = {"ukur": "kemiskinan", "nilai": "belanja", "garis": 650_000, "domain": "strata", "arti": "sektor"}
    survey = loaded(client, microdata(), **told)
    page = client.get(f"/monev/survei/{survey.pk}/").content.decode()
    assert "Penduduk di bawah garis kemiskinan" in page
    assert page.count('class="chart-later"') == 7
    for kind, told in (("csv", "95% bawah"), ("svg", "<svg")):
        file = client.get(f"/monev/survei/{survey.pk}/gambar/survei_fgt0.{kind}")
        assert told in (file.getvalue() if kind == "svg" else file.content).decode()
    assert client.get(f"/monev/survei/{survey.pk}/gambar/lain.csv").status_code == 404
    file = client.get(f"/monev/survei/{survey.pk}/angka.csv").content.decode()
    assert "survei_fgt2" in file
    assert "RAHASIA" not in page + file
    assert set(pl.read_parquet(survey.figures)["potongan"]) == {"", "sektor"}
    assert survey.microdata.stat().st_mode & 0o077 == 0


def test_what_is_wrong_with_a_file_is_said(sign_in: Callable[..., Client]) -> None:
    client = sign_in("pengelola")
    for changed, words in (
        ({"nilai": "belanja"}, "selain 0 dan 1"),
        ({"domain": "psu"}, "bukan kode wilayah"),
        ({"nilai": "rahasia"}, "bukan angka"),
        ({"bobot": "lain"}, "tidak ada dalam"),
    ):
        survey = loaded(client, microdata(), **changed)
        assert survey.state == SurveyState.FAILED
        page = client.get(f"/monev/survei/{survey.pk}/").content.decode()
        assert words in page
        assert "RAHASIA1" not in page
        assert client.get(f"/monev/survei/{survey.pk}/angka.csv").status_code == 302


def test_a_domain_of_single_people_is_not_shown(
    sign_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in("pengelola")
    survey = loaded(client, microdata(), domain="rahasia", arti="sektor")
    page = client.get(f"/monev/survei/{survey.pk}/").content.decode()
    assert "RAHASIA" not in page
    assert "120 domain dengan sampel terlalu sedikit" in page
    monkeypatch.setattr(estimates, "MOST_DOMAINS", 50)
    assert loaded(client, microdata(), domain="rahasia", arti="sektor").state == SurveyState.FAILED


def test_the_form_asks_for_a_line_and_a_readable_file(sign_in: Callable[..., Client]) -> None:
    client = sign_in("pengelola")
    file = SimpleUploadedFile("a.exe", b"MZ")
    answer = client.post("/monev/survei/baru/", {**ASKED, "ukur": "kemiskinan", "berkas": file})
    assert answer.status_code == 422
    assert "Isi garis kemiskinan" in answer.content.decode()
    assert "Pilih berkas CSV" in answer.content.decode()
    assert sign_in("evaluator").get("/monev/survei/baru/").status_code == 403


def test_the_list_asks_a_fixed_number_of_questions(
    sign_in: Callable[..., Client], django_assert_max_num_queries: Callable
) -> None:
    client = sign_in("pengelola")
    loaded(client, microdata())
    client.get("/monev/survei/")
    with django_assert_max_num_queries(14):
        assert "Sakernas Agustus" in client.get("/monev/survei/").content.decode()


def spending() -> bytes:
    rng, rows = np.random.default_rng(5), 400
    decile, size = rng.integers(1, 11, rows), rng.integers(1, 7, rows)
    each = np.exp(13.2 + 0.1 * decile - 0.2 * np.log(size) + 0.3 * rng.standard_normal(rows))
    frame = pl.DataFrame({
        "kab": np.where(np.arange(rows) % 2, "1704", "1705"), "strata": np.arange(rows) % 4 // 2, "desil": decile,
        "psu": np.arange(rows) // 10, "bobot": rng.integers(50, 150, rows), "art": size, "belanja": each,
    })  # fmt: skip
    return frame.write_csv().encode()


def test_a_survey_of_spending_becomes_the_model_that_impact_rests_on(sign_in: Callable[..., Client]) -> None:
    client = sign_in("pengelola")
    survey = loaded(client, spending(), ukur="kemiskinan", nilai="belanja", garis="391000")
    assert "Taksir dan pakai" in client.get(f"/monev/survei/{survey.pk}/").content.decode()
    for wrong, right in (("tiada", False), ("desil", True), ("desil", True)):
        client.post(f"/monev/survei/{survey.pk}/model/", {"desil": wrong, "anggota": "art"})
        run_job.call(fitting.last(survey).pk)
        model = survey_model()
        assert (model is not None) is right
        assert ("tiada" in client.get(f"/monev/survei/{survey.pk}/").content.decode()) is not right
    assert (model.sumber, model.wilayah, model.diagnosa["baris"]) == ("Sakernas 2026", ["1704", "1705"], 400)
    assert Basis.objects.count() == 1


def test_the_newest_survey_stands_on_the_dashboard_with_its_intervals(sign_in: Callable[..., Client]) -> None:
    monitored.counting()
    client = sign_in("pengelola")
    loaded(client, microdata())
    told = client.get("/monev/1705/gambar/survei.csv").content.decode()
    assert {line.split(",")[0] for line in told.splitlines()[1:]} == {"Bengkulu", "Seluma"}
    assert "Sakernas Agustus" in client.get("/monev/17/").content.decode()
    assert client.get("/monev/170501/gambar/survei.csv").status_code == 404
