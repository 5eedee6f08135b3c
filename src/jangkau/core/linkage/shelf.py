"""The engine of one machine with registers that are prepared once a snapshot and kept beside it (see `store`)."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.linkage.blocks import RULES, Index
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.pairs import WORKERS
from jangkau.core.linkage.prepare import Census, Prepared, known_names, prepare_list, prepare_population, with_lists
from jangkau.core.linkage.prints import prints
from jangkau.core.linkage.search import Part, Search, part_of
from jangkau.core.linkage.side import Side
from jangkau.core.linkage.store import FOLDER, Store, key, read_table, version, write_table
from jangkau.core.tables.schema import Frame

_FACTS = "hitungan.json"


class KeptSearch(Search):
    """A search that remembers who the residents of a register are."""

    def __init__(self, parts: dict[str, Part], model: Model, folders: dict[str, Path]) -> None:
        super().__init__(parts, model)
        self._folders = folders

    def residents(self, register: str) -> Frame:
        """As `Search.residents`; found once for a pair of snapshots and a model."""
        folder = self._folders.get(register)
        if folder is None:
            return super().residents(register)
        return _once(folder / f"penduduk-{key(self.model)}.arrow", lambda: super(KeptSearch, self).residents(register))


def _once(path: Path, make: Callable[[], Frame]) -> Frame:
    """What is kept in `path`, made where it is not there yet."""
    if path.is_file():
        return frame(read_table(path))
    made = make()
    with suppress(OSError):  # what cannot be kept is made again
        write_table(polars(made), path)
    return made


def kept(files: dict[str, Path]) -> Callable[..., AbstractContextManager[Search]]:
    """The engine over registers that were read from `files` (by table; all in one folder)."""

    @contextmanager
    def engine(rows: Frame, registers: dict[str, Frame], model: Model) -> Iterator[Search]:
        shelf = Shelf(files)
        parts, census = shelf.parts(rows, registers)
        yield KeptSearch(parts, census.model(model), shelf.folders)

    return engine


def _same(data: Frame) -> Frame:
    return data


def population_part(population: Prepared) -> Part:
    """The whole population, ready to be searched."""
    return part_of(population.side, ready=population.index)


class Shelf:
    """The prepared registers of a workspace; `folders`: where those that could be written are."""

    def __init__(self, files: dict[str, Path]) -> None:
        registers = files["penduduk"].parent
        self._store = Store(registers)
        self.digests = prints(files, registers / FOLDER)
        self._population = key(self.digests["penduduk"], version())
        self.folders: dict[str, Path] = {}

    def parts(self, rows: Frame, registers: dict[str, Frame]) -> tuple[dict[str, Part], Census]:
        """The list `usulan` and every register, ready to be searched, and the census of the population."""
        population, listed = with_lists(lambda: self.population(lambda: registers["penduduk"]), {"usulan": rows})
        census = population.census
        others = {table: partial(_same, data) for table, data in registers.items() if table != "penduduk"}
        with ThreadPoolExecutor(WORKERS) as pool:
            sides = pool.map(lambda table: self.other(table, others[table], census), others)
            listed |= dict(zip(others, sides, strict=True))
        parts = {table: part_of(side) for table, side in listed.items()}
        parts["penduduk"] = population_part(population)
        return parts, census

    def rows(self, table: str, read: Callable[[], Frame]) -> Frame:
        """The rows of a register as `read` gives them, kept beside what is prepared from them when first asked for."""
        folder = self._store.find(table, self._name(table))
        return read() if folder is None else _once(folder / "register.arrow", read)

    def _name(self, table: str) -> str:
        """Of the folder of a register: its content and, where it is not the population, that of the population."""
        return self._population if table == "penduduk" else key(self.digests[table], self._population)

    def population(self, read: Callable[[], Frame]) -> Prepared:
        """The population, read and prepared only where it is not kept yet."""
        folder = self._store.find("penduduk", self._population)
        if folder is None:
            made = prepare_population(read(), self._known("penduduk"))
            folder = self._store.make("penduduk", self._population, lambda draft: _write_population(made, draft))
            if folder is None:
                return made
        return _read_population(folder)

    def other(self, table: str, read: Callable[[], Frame], census: Census) -> Side:
        """Another register, prepared for this population."""
        if table not in self.digests:
            return prepare_list(read(), census)
        name = self._name(table)
        folder = self._store.find(table, name)
        if folder is None:
            made = prepare_list(read(), census, self._known(table))
            folder = self._store.make(table, name, lambda draft: _write_side(made, draft))
            if folder is None:
                return made
        self.folders[table] = folder
        return _read_side(folder)

    def _known(self, table: str) -> pl.DataFrame | None:
        """Names that an earlier snapshot of the table, prepared by the same rules, has forms of."""
        for folder in reversed(self._store.earlier(table)):
            if (folder / version()).is_file():
                return known_names(_read_side(folder))
        return None


def _write_side(side: Side, folder: Path) -> None:
    write_table(side.rows, folder / "baris.arrow")
    write_table(side.names, folder / "nama.arrow")
    (folder / version()).touch()


def _read_side(folder: Path) -> Side:
    return Side(read_table(folder / "baris.arrow"), read_table(folder / "nama.arrow"))


def _write_population(made: Prepared, folder: Path) -> None:
    _write_side(made.side, folder)
    write_table(made.census.names, folder / "bunyi.arrow")
    write_table(made.census.dates, folder / "lahir.arrow")
    for number, array in enumerate(made.index.arrays):
        np.save(folder / f"kunci-{number:02}.npy", array)
    facts = {
        "umum": made.census.common, "tempat": made.census.shares, "terjarang": made.census.rarest,
        "bit": made.index.bits, "padat": made.index.crowded,
    }  # fmt: skip
    (folder / _FACTS).write_text(json.dumps(facts), "utf-8")


def _read_population(folder: Path) -> Prepared:
    facts = json.loads((folder / _FACTS).read_text("utf-8"))
    names, dates = (read_table(folder / f"{name}.arrow") for name in ("bunyi", "lahir"))
    census = Census(tuple(facts["umum"]), facts["tempat"], facts["terjarang"], names, dates)
    arrays = tuple(
        np.asarray(np.load(folder / f"kunci-{number:02}.npy", mmap_mode="r")) for number in range(len(RULES))
    )
    return Prepared(_read_side(folder), Index(RULES, arrays, facts["bit"], tuple(facts["padat"])), census)
