"""What a plan is asked for: settings, funds with their money, targets."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals as nw

from jangkau.apps.registry.keeping import keep, kept
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.problems import Problem
from jangkau.core.tables.registers import DANA, TARGET
from jangkau.core.tables.schema import Frame, Table
from jangkau.core.tables.settings import Settings

Rows = tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Inputs:
    """Settings of the programme with those of the plan; rows of DANA and of TARGET.

    `listed`: the sha256 of a kept list of `id_pekerja`, where the plan may pay nobody else.
    """

    settings: Settings
    dana: Rows
    target: Rows
    listed: str = ""

    @classmethod
    def read(cls, written: dict[str, Any]) -> "Inputs":
        """As `written` wrote them."""
        return cls(Settings.model_validate(written["pengaturan"]), tuple(written["dana"]), tuple(written["target"]),
                   written.get("daftar", ""))  # fmt: skip

    def written(self) -> dict[str, Any]:
        """As they are kept with the plan."""
        settings = self.settings.model_dump(mode="json")
        listed = {"daftar": self.listed} if self.listed else {}
        return {"pengaturan": settings, "dana": list(self.dana), "target": list(self.target), **listed}

    def sum(self, *others: Any) -> str:
        """sha256 over the inputs and whatever else decides."""
        text = json.dumps([self.written(), *others], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def only(self) -> list[str] | None:
        """Whom alone the plan may pay; None where anybody. Raises BERKAS_TIDAK_ADA where the list is gone."""
        if not self.listed:
            return None
        try:
            return kept(self.listed).read_text("utf-8").split("\n")
        except FileNotFoundError:
            raise Problem("BERKAS_TIDAK_ADA", berkas="daftar orang") from None

    @property
    def funds(self) -> Frame:
        """The rows of DANA."""
        return _table(DANA, self.dana)

    @property
    def targets(self) -> Frame:
        """The rows of TARGET."""
        return _table(TARGET, self.target)


def keep_list(people: Iterable[str]) -> str:
    """Keep a list of `id_pekerja` for a plan; its sha256, the same for the same people in whatever order."""
    return keep(["\n".join(sorted(set(people))).encode()])[0]


def fund_row(fund: Fund, budget: int) -> dict[str, Any]:
    """A fund as a row of DANA, with the money that the plan may use of it."""
    return {name: getattr(fund, name) or None for name in DANA.names} | {"anggaran": budget}


def _table(table: Table, rows: Rows) -> Frame:
    if not rows:
        return table.empty()
    columns = {name: [row.get(name) for row in rows] for name in table.names}
    return table.conform(nw.from_dict(columns, table.schema, backend="polars"))
