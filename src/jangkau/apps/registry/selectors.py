"""Asking for registers and for what the programme is."""

from pathlib import Path

import narwhals as nw
import polars as pl

from jangkau.apps.registry.models import Fund, Kind, Programme, Snapshot, SnapshotState, Target
from jangkau.core.engine import frame
from jangkau.core.kernel.problems import Problem
from jangkau.core.tables import registers
from jangkau.core.tables.schema import Frame, Table
from jangkau.core.tables.settings import Settings

TABLES: dict[str, Table] = {
    table.name: table
    for table in (registers.PENDUDUK, registers.PESERTA, registers.KESEJAHTERAAN, registers.ANGKATAN_KERJA)
}


def current(kind: str) -> Snapshot | None:
    """The snapshot in use: the newest by its date that is ready."""
    return Snapshot.objects.filter(kind=kind, state=SnapshotState.READY).first()


def register(kind: str) -> Frame:
    """The rows of the register in use; its empty table where there is none."""
    snapshot = current(kind)
    return rows(snapshot) if snapshot else TABLES[kind].empty()


def rows(snapshot: Snapshot) -> Frame:
    """The rows of one snapshot, as its declared table."""
    return TABLES[snapshot.kind].conform(frame(pl.read_parquet(snapshot.path)))


def columns(snapshot: Snapshot, names: list[str]) -> Frame:
    """These columns of a snapshot as they were checked when it came."""
    return frame(pl.read_parquet(snapshot.path, columns=names))


def files() -> dict[str, Path]:
    """The files of the registers of people in use, by table (as `jangkau.core.linkage.kept` takes them)."""
    found = {kind: current(kind) for kind in (Kind.PENDUDUK, Kind.PESERTA, Kind.KESEJAHTERAAN)}
    return {str(kind): snapshot.path for kind, snapshot in found.items() if snapshot}


def settings() -> Settings:
    """The programme's settings in force. Raises PROGRAM_BELUM_DIATUR before the first version."""
    newest = Programme.objects.first()
    if newest is None:
        raise Problem("PROGRAM_BELUM_DIATUR")
    return Settings.model_validate(newest.values)


def funds() -> Frame:
    """Open funds as the declared table DANA."""
    return _table(registers.DANA, Fund.objects.filter(closed=False).values(*registers.DANA.names))


def targets() -> Frame:
    """Targets as the declared table TARGET."""
    return _table(registers.TARGET, Target.objects.values(*registers.TARGET.names))


def _table(table: Table, found: "object") -> Frame:
    records = [{name: None if value == "" else value for name, value in row.items()} for row in found]  # type: ignore[attr-defined]
    if not records:
        return table.empty()
    columns = {name: [row[name] for row in records] for name in table.names}
    return table.conform(nw.from_dict(columns, table.schema, backend="polars"))


def changes(versions: list[Programme]) -> list[tuple[Programme, dict[str, tuple[object, object]]]]:
    """Each version, newest first, with what it changed: name -> (before, after)."""
    earlier = [*(version.values for version in versions[1:]), {}][: len(versions)]
    return [(now, _difference(then, now.values)) for now, then in zip(versions, earlier, strict=True)]


def _difference(then: dict[str, object], now: dict[str, object]) -> dict[str, tuple[object, object]]:
    flat_then, flat_now = _flat(then), _flat(now)
    names = sorted(flat_then.keys() | flat_now.keys())
    return {n: (flat_then.get(n), flat_now.get(n)) for n in names if flat_then.get(n) != flat_now.get(n)}


def _flat(values: dict[str, object], prefix: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in values.items():
        flat |= _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name: value}
    return flat
