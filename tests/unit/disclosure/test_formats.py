import json
from datetime import date
from pathlib import Path

import opened
import polars as pl
import pytest
from pysdmx.io import read_sdmx

from jangkau.core.coverage import indicators
from jangkau.core.disclosure import Rules, make
from jangkau.core.disclosure.formats import ENDINGS, SHARED, About, write
from jangkau.core.disclosure.formats.about import class_code

TERMS = {"cakupan": vars(indicators()["cakupan"])}
ABOUT = About(3, "Semester II 2026", date(2026, 12, 31), TERMS, {"17": "Bengkulu", "1701": "Bengkulu Selatan"})


@pytest.fixture(scope="module")
def edition() -> pl.DataFrame:
    people = {("1701", "PU"): 60, ("1701", "65+"): 9, ("1702", "PU"): 70, ("1702", "65+"): 50}
    covered = {("1701", "PU"): 41, ("1701", "65+"): 2, ("1702", "PU"): 50, ("1702", "65+"): 30}
    public = make(opened.figures(covered, people, ("17", "1701", "1702")), [], Rules()).public
    assert set(public["status"]) == {"terbit", "ditutup"}
    return public


@pytest.fixture(scope="module")
def folder(edition: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edisi")
    write(edition, ABOUT, folder)
    return folder


def numbers(public: pl.DataFrame) -> dict[tuple[str, str, str, str], float | None]:
    """(region, class, date, measure) -> number, closed ones as None."""
    return {
        (row["wilayah"], class_code(row["potongan"], row["kelas"]), row["per"].isoformat(), name): row[name]
        for row in public.rows(named=True)
        for name in ("pembilang", "penyebut", "nilai")
    }


def test_every_file_is_there_and_the_same_edition_gives_the_same_bytes(
    edition: pl.DataFrame, folder: Path, tmp_path: Path
) -> None:
    names = {f"cakupan{ending}" for ending in ENDINGS} | set(SHARED)
    assert {path.name for path in folder.iterdir()} == names
    write(edition, ABOUT, tmp_path)
    assert all((folder / name).read_bytes() == (tmp_path / name).read_bytes() for name in names)


def test_csv_reads_back(edition: pl.DataFrame, folder: Path) -> None:
    read = pl.read_csv(folder / "cakupan.csv", schema_overrides={"wilayah": pl.String})
    assert read["nama_wilayah"].to_list()[:1] == ["Bengkulu"]
    assert read["pembilang"].to_list() == edition["pembilang"].to_list()
    assert read["status"].to_list() == edition["status"].to_list()


def test_jsonstat_follows_its_schema_and_holds_the_same_numbers(edition: pl.DataFrame, folder: Path) -> None:
    told = json.loads((folder / "cakupan.json").read_text("utf-8"))
    cube = read_jsonstat(told)
    assert cube == numbers(edition)
    assert told["link"]["license"][0]["href"].startswith("https://creativecommons.org/licenses/by/4.0")


def read_jsonstat(told: dict) -> dict[tuple[str, ...], float | None]:
    """A JSON-stat 2.0 dataset checked against the rules of its specification, as a dictionary."""
    assert (told["version"], told["class"]) == ("2.0", "dataset")
    assert len(told["id"]) == len(told["size"]) == len(set(told["id"]))
    assert {name for names in told["role"].values() for name in names} <= set(told["id"])
    assert date.fromisoformat(told["updated"])
    axes = []
    for name, size in zip(told["id"], told["size"], strict=True):
        category = told["dimension"][name]["category"]
        assert len(category["index"]) == len(set(category["index"])) == size
        assert set(category["label"]) == set(category["index"])
        assert set(category.get("unit", {})) <= set(category["index"])
        axes.append(category["index"])
    total = 1
    for size in told["size"]:
        total *= size
    assert all(0 <= int(place) < total for place in (*told["value"], *told["status"]))
    assert not set(told["value"]) & set(told["status"])
    return {_spot(axes, int(place)): value for place, value in told["value"].items()} | {
        _spot(axes, int(place)): None for place in told["status"]
    }


def _spot(axes: list[list[str]], place: int) -> tuple[str, ...]:
    found: list[str] = []
    for codes in reversed(axes):
        place, at = divmod(place, len(codes))
        found.append(codes[at])
    return tuple(reversed(found))


@pytest.mark.parametrize("ending", [".sdmx.csv", ".sdmx.xml"])
def test_sdmx_reads_back_with_its_own_library(ending: str, edition: pl.DataFrame, folder: Path) -> None:
    message = read_sdmx((folder / f"cakupan{ending}").read_text("utf-8"), validate=True)
    rows = message.data[0].data.to_dict("records")
    read = {(row["WILAYAH"], row["KELAS"], row["TIME_PERIOD"], row["UKURAN"].lower()): row["OBS_VALUE"] for row in rows}
    expected = numbers(edition)
    assert set(read) == set(expected)
    assert all((float(value) if value else None) == expected[key] for key, value in read.items())
    assert {row["OBS_STATUS"] for row in rows if not row["OBS_VALUE"]} == {"Q"}
    assert {row["OBS_STATUS"] for row in rows if row["OBS_VALUE"]} == {"A"}


def test_the_structure_message_declares_every_code_that_the_data_uses(folder: Path) -> None:
    message = read_sdmx((folder / "struktur.xml").read_text("utf-8"), validate=True)
    dsd = message.get_data_structure_definitions()[0]
    lists = {codes.id: {code.id for code in codes.items} for codes in message.get_codelists()}
    assert [component.id for component in dsd.components.dimensions][-1] == "TIME_PERIOD"
    data = read_sdmx((folder / "cakupan.sdmx.csv").read_text("utf-8")).data[0].data
    for concept in ("INDIKATOR", "WILAYAH", "KELAS", "UKURAN", "OBS_STATUS"):
        assert set(data[concept]) <= lists[f"CL_{concept}"]


def test_the_dictionary_says_what_each_indicator_and_column_means(folder: Path) -> None:
    told = json.loads((folder / "kamus.json").read_text("utf-8"))
    assert told["indikator"][0]["definisi"] == TERMS["cakupan"]["definisi"]
    assert told["lisensi"] == "CC-BY-4.0"
    assert {column["kolom"] for column in told["kolom"]} >= {"pembilang", "status"}
    assert "## Cakupan kepesertaan (`cakupan`)" in (folder / "kamus.md").read_text("utf-8")
    assert pl.read_csv(folder / "kamus.csv")["indikator"].to_list() == ["cakupan"]


def test_codes_of_classes_differ_and_hold_what_sdmx_allows() -> None:
    codes = [class_code("umur", kelas) for kelas in ("15-24", "65+", "65", "tak tahu", "tak_tahu")]
    assert len(set(codes)) == 5
    assert all(code.replace("_", "").replace("-", "").isalnum() for code in codes)
