"""A search that remembers what it found for rows it has seen, so that a list that grew costs what is new.

What a search finds for a row depends on what the row says, on the register and on the model, never on the other rows
of the list (`Search.find`); everything that looks at the whole list comes later and is done anew. So a run with a
memory comes to the same links as one without.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cache
from importlib.resources import files as resources
from pathlib import Path

import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.search import Part, Search
from jangkau.core.linkage.shelf import KeptSearch, Shelf
from jangkau.core.linkage.store import key, read_table, version, write_table
from jangkau.core.tables.schema import Frame

_LINE = ("id_usulan", "berkas", "lembar", "baris")
_PAIRS = {"sidik": pl.UInt64, "r": pl.Int32, "peluang": pl.Float64, "cara": pl.String}


class RememberingSearch(KeptSearch):
    """Searches only for rows of the list that `folder` holds no answer for; `said`: a number of what each row says.

    `registers`: what names the content of each register.
    """

    def __init__(
        self, parts: dict[str, Part], model: Model, folders: dict[str, Path], *,
        said: pl.Series, registers: dict[str, str], folder: Path,
    ) -> None:  # fmt: skip
        super().__init__(parts, model, folders)
        self._said, self._registers, self._folder = said, registers, folder
        self.searched: dict[str, int] = {}

    def find(self, left: str, right: str, register: str) -> Frame:
        """As `Search.find`."""
        part = self.parts[left]
        if part.side is not self.parts["usulan"].side:
            return super().find(left, right, register)
        file = self._file(register)
        known = _read(file)
        asked = pl.DataFrame({"l": pl.Series(part.rids, dtype=pl.Int32), "sidik": self._said[part.rids]})
        new = asked.join(known, on="sidik", how="anti")
        self.searched[register] = len(new)
        self.parts["usulan_baru"] = Part(part.side, new["l"].sort().to_numpy(), part.rules)
        found = polars(super().find("usulan_baru", right, register))
        told = asked.join(known.drop_nulls("r"), on="sidik").select("l", "r", "peluang", "cara")
        pairs = pl.concat([told, found.select(told.columns).cast(told.schema)])
        self._remember(file, asked, pairs)
        return frame(pairs)

    def _file(self, register: str) -> Path:
        name = key(self.model, self._registers["penduduk"], self._registers.get(register), version(), _code())
        return self._folder / f"{register}-{name}.arrow"

    def _remember(self, file: Path, asked: pl.DataFrame, pairs: pl.DataFrame) -> None:
        """Keep the answers of this list alone: what no list says any more is forgotten."""
        kept = asked.join(pairs, on="l", how="left").select(*_PAIRS).unique(["sidik", "r"])
        with suppress(OSError):  # what cannot be kept is searched again
            self._folder.mkdir(parents=True, exist_ok=True)
            write_table(kept.sort("sidik", "r"), file)
            for other in self._folder.glob(f"{file.name.split('-')[0]}-*.arrow"):
                if other != file:
                    other.unlink()


def remembering(files: dict[str, Path], folder: Path) -> Callable[..., AbstractContextManager[Search]]:
    """The engine over registers read from `files` (by table) that keeps in `folder` what it found for every row."""

    @contextmanager
    def engine(rows: Frame, registers: dict[str, Frame], model: Model) -> Iterator[Search]:
        shelf = Shelf(files)
        parts, census = shelf.parts(rows, registers)
        known = {"said": said(rows), "registers": shelf.digests, "folder": folder}
        yield RememberingSearch(parts, census.model(model), shelf.folders, **known)  # type: ignore[arg-type]

    return engine


def said(rows: Frame) -> pl.Series:
    """A number of everything that each row says of its person: where the row stands is not in it."""
    return polars(rows).select(pl.struct(pl.exclude(_LINE)).hash()).to_series()


def _read(file: Path) -> pl.DataFrame:
    return read_table(file) if file.is_file() else pl.DataFrame(schema=_PAIRS)


@cache
def _code() -> str:
    """Names the code that searches and weighs; other code searches anew."""
    room = resources(__package__)
    return key(*(path.read_bytes() for path in sorted(room.iterdir(), key=lambda p: p.name) if path.name[-3:] == ".py"))
