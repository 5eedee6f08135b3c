"""Prepared registers beside their snapshot: made once, remade when anything behind them changes, never half."""

import shutil

import narwhals as nw
import polars as pl
import pytest

from jangkau.core import linkage
from jangkau.core.linkage import shelf as module
from jangkau.core.linkage import store as files
from jangkau.core.linkage.shelf import Shelf, kept
from jangkau.core.linkage.store import Store, whole
from jangkau.core.workspace import fingerprint

TABLES = ("penduduk", "peserta", "kesejahteraan")


@pytest.fixture
def province(tmp_path, world):
    """The registers of a small province as files, and the frames that were read from them."""
    (tmp_path / "register").mkdir()
    frames = {name: getattr(world, name).head(1500) for name in TABLES}
    for name, data in frames.items():
        data.write_parquet(tmp_path / "register" / f"{name}.parquet")
    return tmp_path, frames


def paths(folder):
    return {name: folder / "register" / f"{name}.parquet" for name in TABLES}


def linked(folder, frames, world, *, engine=None):
    tables = [nw.from_native(frames[name], eager_only=True) for name in TABLES]
    listed = nw.from_native(world.usulan.head(150), eager_only=True)
    return linkage.link(listed, *tables, None, engine=engine or kept(paths(folder))).tautan.to_native()


def contents(folder):
    return sorted(path.name for path in (folder / "register" / ".siap").iterdir() if path.is_dir())


@pytest.fixture
def counted(monkeypatch):
    """How many registers were prepared."""
    made = []
    for name in ("with_lists", "prepare_population", "prepare_list"):
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given, real=real, name=name: made.append(name) or real(*given))
    return made


def test_a_second_run_prepares_only_the_lists_and_links_alike(province, world, counted):
    folder, frames = province
    first = linked(folder, frames, world)
    assert counted == ["with_lists", "prepare_population", "prepare_list", "prepare_list"]
    counted.clear()
    assert linked(folder, frames, world).equals(first)
    assert counted == ["with_lists"]
    assert linked(folder, frames, world, engine=linkage.here).equals(first)


def test_who_the_residents_of_a_register_are_is_found_once(province, world, monkeypatch):
    folder, frames = province
    first = linked(folder, frames, world)
    monkeypatch.setattr(module.Search, "residents", None)
    assert linked(folder, frames, world).equals(first)


def test_a_new_snapshot_takes_the_place_of_the_old_one_and_reuses_its_names(province, world, monkeypatch):
    folder, frames = province
    linked(folder, frames, world)
    before = contents(folder)
    asked = []
    real = module.prepare_population
    monkeypatch.setattr(module, "prepare_population", lambda data, known: asked.append(known) or real(data, known))
    frames["penduduk"] = world.penduduk.head(1600)
    frames["penduduk"].write_parquet(paths(folder)["penduduk"])
    linked(folder, frames, world)
    assert len(contents(folder)) == len(before) == 3
    assert not set(contents(folder)) & set(before)
    assert set(asked[0]["nama"]) == set(world.penduduk.head(1500)["nama"])


def test_other_code_prepares_anew_and_takes_no_names_over(province, world, monkeypatch):
    folder, frames = province
    shelf = Shelf(paths(folder))
    data = nw.from_native(frames["penduduk"], eager_only=True)
    shelf.population(lambda: data)
    monkeypatch.setattr(module, "version", lambda: "lain")
    other = Shelf(paths(folder))
    assert other._known("penduduk") is None
    other.population(lambda: data)
    assert len(contents(folder)) == 1


def test_what_a_killed_run_left_is_not_taken_for_whole(province, world, counted):
    folder, frames = province
    first = linked(folder, frames, world)
    room = folder / "register" / ".siap"
    (room / ".sedang").mkdir()
    (room / ".sedang" / "baris.arrow").write_bytes(b"half")
    (population,) = room.glob("penduduk-*")
    (population / "baris.arrow").write_bytes(b"cut short")
    counted.clear()
    assert linked(folder, frames, world).equals(first)
    assert "prepare_population" in counted
    assert not (room / ".sedang").exists()
    assert whole(next(room.glob("penduduk-*")))


def test_where_nothing_can_be_written_the_run_goes_on(province, world, monkeypatch):
    folder, frames = province

    def refused(*_given, **_more):
        raise PermissionError

    monkeypatch.setattr(files.Path, "mkdir", refused)
    assert linked(folder, frames, world).equals(linked(folder, frames, world, engine=linkage.here))
    assert not (folder / "register" / ".siap").exists()


def test_two_runs_do_not_make_the_same_twice(tmp_path):
    store, made = Store(tmp_path), []
    for _ in range(2):
        store.make("penduduk", "abc", made.append)
    assert len(made) == 1
    assert store.find("penduduk", "abc") == tmp_path / ".siap" / "penduduk-abc"
    assert store.find("penduduk", "lain") is None


def test_a_fault_while_writing_leaves_nothing(tmp_path):
    store = Store(tmp_path)

    def fails(draft):
        (draft / "baris.arrow").write_bytes(b"x")
        raise OSError

    assert store.make("penduduk", "abc", fails) is None
    assert store.find("penduduk", "abc") is None


def test_prepared_registers_are_no_part_of_the_fingerprint(province, world):
    folder, frames = province
    before = fingerprint(folder)
    linked(folder, frames, world)
    assert fingerprint(folder) == before
    shutil.rmtree(folder / "register" / ".siap")
    assert fingerprint(folder) == before


def test_an_empty_register_is_kept_as_well(tmp_path, small):
    people = small.penduduk()
    pl.DataFrame(people.to_native()).write_parquet(tmp_path / "penduduk.parquet")
    for _ in range(2):
        population = Shelf({"penduduk": tmp_path / "penduduk.parquet"}).population(lambda: people)
        assert len(population.side) == 0


def test_the_rows_of_a_register_are_read_once(province, world):
    folder, frames = province
    linked(folder, frames, world)
    held = {"penduduk": folder / "register" / "penduduk.parquet"}
    read = []

    def asked():
        read.append(1)
        return nw.from_native(frames["penduduk"], eager_only=True)

    first, again = (Shelf(held).rows("penduduk", asked) for _ in range(2))
    assert len(read) == 1
    assert again.to_native().equals(first.to_native())
    assert again.schema == first.schema
