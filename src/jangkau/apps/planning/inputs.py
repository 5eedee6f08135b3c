"""What a plan is asked for: settings, funds with their money, targets."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from jangkau.apps.registry.models import Fund
from jangkau.core.tables.registers import DANA, TARGET
from jangkau.core.tables.schema import Frame, Table
from jangkau.core.tables.settings import Settings

Rows = tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Inputs:
    """Settings of the programme with those of the plan; rows of DANA and of TARGET."""

    settings: Settings
    dana: Rows
    target: Rows

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "Inputs":
        """As `written` wrote them."""
        return cls(Settings.model_validate(kept["pengaturan"]), tuple(kept["dana"]), tuple(kept["target"]))

    def written(self) -> dict[str, Any]:
        """As they are kept with the plan."""
        settings = self.settings.model_dump(mode="json")
        return {"pengaturan": settings, "dana": list(self.dana), "target": list(self.target)}

    def sum(self, *others: Any) -> str:
        """sha256 over the inputs and whatever else decides."""
        text = json.dumps([self.written(), *others], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def funds(self) -> Frame:
        """The rows of DANA."""
        return _table(DANA, self.dana)

    @property
    def targets(self) -> Frame:
        """The rows of TARGET."""
        return _table(TARGET, self.target)


def fund_row(fund: Fund, budget: int) -> dict[str, Any]:
    """A fund as a row of DANA, with the money that the plan may use of it."""
    return {name: getattr(fund, name) or None for name in DANA.names} | {"anggaran": budget}


def _table(table: Table, rows: Rows) -> Frame:
    if not rows:
        return table.empty()
    columns = {name: [row.get(name) for row in rows] for name in table.names}
    return table.conform(nw.from_dict(columns, table.schema, backend="polars"))
