"""Links of a list that grew: what is known is not searched again, and the result is that of one run."""

import narwhals as nw
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core import linkage
from jangkau.core.linkage import memory as module

TABLES = ("penduduk", "peserta", "kesejahteraan")


@pytest.fixture(scope="module")
def province(tmp_path_factory, world):
    folder = tmp_path_factory.mktemp("register")
    frames = {name: getattr(world, name).head(1500) for name in TABLES}
    for name, data in frames.items():
        data.write_parquet(folder / f"{name}.parquet")
    return folder, frames


def linked(province, rows, engine=None):
    folder, frames = province
    tables = [nw.from_native(frames[name], eager_only=True) for name in TABLES]
    files = {name: folder / f"{name}.parquet" for name in TABLES}
    chosen = engine or linkage.remembering(files, folder / "ingatan")
    return linkage.link(nw.from_native(rows, eager_only=True), *tables, None, engine=chosen)


def same(one, other):
    return all(getattr(one, name).to_native().equals(getattr(other, name).to_native())
               for name in ("tautan", "usulan", "pekerja", "ganda"))  # fmt: skip


@pytest.fixture
def searches(monkeypatch):
    """How many rows were searched for in each register, run by run."""
    made = []
    real = module.RememberingSearch.__init__
    monkeypatch.setattr(
        module.RememberingSearch, "__init__", lambda self, *a, **k: (made.append(self), real(self, *a, **k))[1]
    )
    return made


@settings(max_examples=tries(5), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(1, 199), later=st.booleans())
def test_two_instalments_equal_one_run(province, world, cut, later):
    rows = world.usulan.head(200)
    linked(province, rows.tail(200 - cut) if later else rows.head(cut))
    assert same(linked(province, rows), linked(province, rows, linkage.here))


def test_only_new_and_changed_rows_are_searched_for(province, world, searches):
    rows = world.usulan.head(150)
    linked(province, rows.head(120))
    linked(province, rows.head(120))
    assert set(searches[-1].searched.values()) == {0}
    changed = rows.with_columns(nama=pl.when(pl.int_range(pl.len()) == 3).then(pl.lit("NAMA BARU")).otherwise("nama"))
    after = linked(province, changed)
    assert searches[-1].searched["penduduk"] == 31
    assert same(after, linked(province, changed, linkage.here))


def test_a_row_that_moved_within_its_file_is_not_searched_again(province, world, searches):
    rows = world.usulan.head(60)
    linked(province, rows)
    moved = rows.with_columns(baris=pl.col("baris") + 1, id_usulan=pl.col("id_usulan") + "x")
    after = linked(province, moved)
    assert searches[-1].searched["penduduk"] == 0
    assert same(after, linked(province, moved, linkage.here))


def test_another_register_is_searched_anew(province, world, searches, tmp_path):
    rows = world.usulan.head(60)
    linked(province, rows)
    frames = {name: data.head(1400) for name, data in province[1].items()}
    for name, data in frames.items():
        data.write_parquet(tmp_path / f"{name}.parquet")
    files = {name: tmp_path / f"{name}.parquet" for name in TABLES}
    engine = linkage.remembering(files, province[0] / "ingatan")
    after = linked((tmp_path, frames), rows, engine)
    assert searches[-1].searched["penduduk"] == 60
    assert same(after, linked((tmp_path, frames), rows, linkage.here))
    assert len(list((province[0] / "ingatan").glob("penduduk-*"))) == 1


def test_a_memory_that_cannot_be_kept_changes_nothing(province, world, tmp_path):
    (tmp_path / "berkas").write_text("not a folder")
    files = {name: province[0] / f"{name}.parquet" for name in TABLES}
    rows = world.usulan.head(40)
    after = linked(province, rows, linkage.remembering(files, tmp_path / "berkas"))
    assert same(after, linked(province, rows, linkage.here))
