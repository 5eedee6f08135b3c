"""What an earlier run left: the tables of OUT, its rencana.json, and the plan's instance built anew from them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals as nw
import polars as pl

from jangkau.core.engine import frame
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.planning.build import Built, build
from jangkau.core.planning.funds import Fund, read_funds
from jangkau.core.planning.targets.aim import asked_of
from jangkau.core.planning.targets.demand import Demands
from jangkau.core.tables.registers import DANA
from jangkau.core.tables.settings import Settings


@dataclass(frozen=True)
class Record:
    """One finished run. `people` are the eligible ones, as the plan saw them; nothing is planned again to make it.

    `usulan`, `tautan`, `kelayakan` and `rencana` are OUT's tables, `run` is the content of rencana.json.
    """

    usulan: pl.DataFrame
    tautan: pl.DataFrame
    pekerja: pl.DataFrame
    kelayakan: pl.DataFrame
    rencana: pl.DataFrame
    people: pl.DataFrame
    run: dict[str, Any]
    book: Book

    @cached_property
    def settings(self) -> Settings:
        """What the plan was made with, as far as the plan depends on it. Raises BERKAS_RUSAK."""
        given = self._given
        return Settings.model_construct(
            mulai=given["mulai"], bulan=given["bulan"], dasar_iuran=given["dasar_iuran"], benih=self.run["benih"]
        )

    @cached_property
    def funds(self) -> list[Fund]:
        """The funds of the plan, by code."""
        types = {name: pl.Int64 if dtype == nw.Int64() else pl.String for name, dtype in DANA.schema.items()}
        return read_funds(frame(pl.DataFrame(self._given["dana"], schema=types)))

    @cached_property
    def built(self) -> Built:
        """The plan's instance."""
        return build(self.people, self.funds, self.settings, self.book)

    @cached_property
    def asked(self) -> tuple[Built, Demands | None]:
        """The instance told apart by the plan's targets, and what they ask; just the instance where there are none."""
        rows = self.run["sertifikat"].get("target") or []
        return asked_of(self.built, rows) if rows else (self.built, None)

    @property
    def alike(self) -> Built:
        """The instance in which people of one signature and equal points are alike to the plan."""
        return self.asked[0]

    @cached_property
    def paid_rows(self) -> pl.DataFrame:
        """RENCANA, people paid only."""
        return self.rencana.filter(pl.col("dana").is_not_null())

    @cached_property
    def is_paid(self) -> Any:
        """Whether each person of `built.people` is paid."""
        return self.built.people["id_pekerja"].is_in(self.paid_rows["id_pekerja"].unique().implode()).to_numpy()

    @property
    def _given(self) -> dict[str, Any]:
        given = self.run.get("sertifikat", {}).get("masukan")
        if not given or "benih" not in self.run:
            raise Problem("BERKAS_RUSAK", berkas="rencana.json", sebab="tanpa sertifikat atau benih")
        return dict(given)
