"""What people bring in: figures with their document, never deleted; borders, checked and turned the right way."""

import json

import monitored
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pictures import JPG, upload

from jangkau.apps.monitoring import borders, held
from jangkau.apps.monitoring.models import Borders, Figure
from jangkau.core.coverage import indicators
from jangkau.core.kernel.problems import Problem

TOLD = {
    "indikator": "cakupan", "wilayah": "1705", "per": "2025-12-31", "nilai": "41.84", "satuan": "persen",
    "nama_pembilang": "peserta aktif", "sumber_pembilang": "Siaran pers", "versi": "terbit",
}  # fmt: skip


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path


def test_a_figure_is_kept_with_its_document_shown_beside_the_counted_one_and_withdrawn(sign_in):
    monitored.counting()
    client = sign_in("pengelola")
    assert client.post("/monev/angka/baru/", TOLD | {"dokumen": upload(JPG)}).status_code == 302
    kept = Figure.objects.get()
    page = client.get("/monev/1705/").content.decode()
    assert "41,8 %" in page
    assert "34,5 %" in page
    assert b"".join(client.get(f"/monev/angka/{kept.pk}/dokumen/")) == JPG
    client.post(f"/monev/angka/{kept.pk}/tarik/", {"alasan": "salah baca"})
    assert Figure.objects.get().reason == "salah baca"
    assert held.others("1705", "cakupan")["asal"].to_list().count("diketik") == 0


def test_a_figure_without_value_or_with_an_unknown_region_is_not_kept(sign_in):
    wrong = {**TOLD, "nilai": "", "wilayah": "9999", "dokumen": upload(JPG)}
    assert sign_in("pengelola").post("/monev/angka/baru/", wrong).status_code == 422
    assert not Figure.objects.exists()


def square(code, east, *, turned=False):
    ring = [[east, -4], [east, -3], [east + 1, -3], [east + 1, -4], [east, -4]]
    shape = {"type": "Polygon", "coordinates": [ring[::-1] if turned else ring]}
    return {"type": "Feature", "properties": {"kode": code}, "geometry": shape}


def geojson(*features):
    return SimpleUploadedFile("batas.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode())


def test_borders_are_turned_clockwise_and_drawn_instead_of_tiles(sign_in):
    client = sign_in("pengelola")
    file = geojson(square("17.04", 102), square("17.05", 103, turned=True))
    assert client.post("/monev/batas/", {"berkas": file, "sumber": "Dukcapil"}).status_code == 302
    assert Borders.objects.get().regions == 2
    first, second = (f["geometry"]["coordinates"][0][0] for f in borders.features_below("17"))
    assert [second[0][0] - 1, second[1][0] - 1] == [first[0][0], first[1][0]] or first[1][1] > first[0][1]
    assert borders.features_below("17")[1]["properties"] == {"kode": "1705", "titik": [103.5, -3.5]}


@pytest.mark.parametrize("wrong", [b"{}", b"[]", b"bukan json", b'{"type":"FeatureCollection","features":[1]}'])
def test_what_is_no_geojson_is_refused_in_words(regions, user, wrong):
    with pytest.raises(Problem, match="BATAS_BUKAN_GEOJSON"):
        borders.load(SimpleUploadedFile("x", wrong), "uji", by=user("pengelola"))


def test_targets_keep_unknown_years_and_the_nearest_region_comes_first(regions):
    told = held.aims("1705", indicators()["cakupan"])
    assert told == sorted(told, key=lambda aim: -len(aim.wilayah) if aim.wilayah != "00" else 0)
    assert all(aim.tahun for aim in [held.next_aim(told, None)] if aim)
