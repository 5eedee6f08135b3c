"""A province refresh: new snapshots prepared, and who the residents of each register are, before any list comes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import narwhals as nw

from jangkau.core.engine import frame
from jangkau.core.linkage.linker import KEYS, by_key
from jangkau.core.linkage.model import Model, load, with_limits
from jangkau.core.linkage.shelf import kept
from jangkau.core.tables.results import USULAN_BACA
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings


def refresh(
    files: dict[str, Path],
    registers: dict[str, Frame],
    settings: Settings,
    *,
    model: Model | None = None,
    on_step: Callable[[str], None] | None = None,
) -> list[dict[str, Any]]:
    """Prepare what is not prepared; per register `baris` and, but for the population, how many have one sure resident.

    `registers`: PENDUDUK, PESERTA, KESEJAHTERAAN by name, as they were read from `files`. A run with new lists
    then reuses all of it.
    """
    tell = on_step or (lambda step: None)
    ordered = {name: by_key(data, KEYS[name]) for name, data in registers.items()}
    chosen = with_limits(model or load(), settings)
    tell("menyiapkan")
    found = []
    with kept(files)(USULAN_BACA.empty(), ordered, chosen) as search:
        for name, data in ordered.items():
            row: dict[str, Any] = {"register": name, "baris": len(data)}
            if name != "penduduk":
                tell(name)
                sure = frame(search.residents(name)).filter(nw.col("peluang") >= chosen.thresholds.cocok)
                row["penduduk_pasti"] = sure["l"].n_unique()
            found.append(row)
    return found
