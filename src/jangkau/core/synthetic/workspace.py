"""A whole workspace with known truth: the demo, the fixtures and the benchmarks."""

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import yaml

from jangkau.core.kernel.problems import Problem
from jangkau.core.synthetic.data import load
from jangkau.core.synthetic.files import write_lists
from jangkau.core.synthetic.funds import make_denominators, make_funds, make_targets
from jangkau.core.synthetic.lists import make_mentions
from jangkau.core.synthetic.members import make_members
from jangkau.core.synthetic.people import make_people
from jangkau.core.synthetic.places import Places, load_places
from jangkau.core.synthetic.truth import trap_counts, verdicts
from jangkau.core.synthetic.welfare import make_welfare
from jangkau.core.tables.registers import KESEJAHTERAAN, PENDUDUK, PESERTA
from jangkau.core.tables.settings import Settings

Step = Callable[[str], None]


def generate(
    out: Path, province: str, scale: float, seed: int, *, on_step: Step | None = None, faults: float = 1.0
) -> dict[str, int]:
    """Write a workspace and its `truth/` to `out`; give back counts. The same arguments give the same bytes.

    `scale` 1.0 is the whole population of `province` (two digits); every village stays, with `scale` of its people.
    `on_step` hears each step's name as it begins. `faults` multiplies the shares of human errors on lists and in
    registers. `usulan/`, `register/` and `truth/` of an earlier run are replaced.
    Raises PROVINSI_TIDAK_ADA, SINTETIS_PROVINSI, SINTETIS_SKALA.
    """
    if not 0 < scale <= 1:
        raise Problem("SINTETIS_SKALA", skala=scale)
    if not (province.isdecimal() and len(province) == 2):
        raise Problem("SINTETIS_PROVINSI", provinsi=province)
    step = on_step or (lambda name: None)
    rngs = np.random.default_rng([seed, int(province)]).spawn(7)
    wishes = _wishes(province, seed)
    settings = Settings.model_validate(wishes)
    places = load_places(province, scale, rngs[0])
    _clear(out)
    step("penduduk")
    people = make_people(places, settings.per, rngs[1])
    step("peserta")
    members = make_members(people, province, settings.per, rngs[2], faults=faults)
    step("kesejahteraan")
    welfare = make_welfare(people, province, settings.per, rngs[3], faults=faults)
    _write_registers(out / "register", people, members, welfare)
    step("daftar")
    mentions = make_mentions(people, members, places, settings.per, rngs[4], faults=faults)
    step("usulan")
    lines, traps = write_lists(out / "usulan", mentions, places, rngs[5])
    step("kebenaran")
    verdict = verdicts(lines, people, members, settings)
    _write_truth(out / "truth", lines, verdict, traps)
    _write_links(out / "truth", people, members, welfare)
    eligible = verdict.filter("layak").join(people.select("nik", "kode_desa"), "nik")
    make_funds(places, eligible, settings, rngs[6]).write_csv(out / "dana.csv")
    _write_rest(out, people, places, wishes)
    return _summary(people, members, welfare, lines, eligible)


def _wishes(province: str, seed: int) -> dict[str, Any]:
    """What jangkau.yaml says."""
    denominator = load("programme")["penyebut"][1]["nama"]
    return {"provinsi": province, **load("settings"), "penyebut": denominator, "benih": seed}


def _write_rest(out: Path, people: pl.DataFrame, places: Places, wishes: dict[str, Any]) -> None:
    make_denominators(people, places).write_csv(out / "register" / "angkatan_kerja.csv")
    make_targets(places).write_csv(out / "target.csv")
    (out / "jangkau.yaml").write_text(yaml.safe_dump(wishes, sort_keys=False, allow_unicode=True), "utf-8")


def _clear(out: Path) -> None:
    for name in ("usulan", "truth", "register"):
        shutil.rmtree(out / name, ignore_errors=True)
        (out / name).mkdir(parents=True)


def _write_registers(folder: Path, people: pl.DataFrame, members: pl.DataFrame, welfare: pl.DataFrame) -> None:
    people.select(PENDUDUK.names).sort("nik").write_parquet(folder / "penduduk.parquet")
    members.select(PESERTA.names).write_parquet(folder / "peserta.parquet")
    welfare.select(KESEJAHTERAAN.names).write_parquet(folder / "kesejahteraan.parquet")


def _write_truth(folder: Path, lines: pl.DataFrame, verdict: pl.DataFrame, traps: Counter[str]) -> None:
    lines.write_parquet(folder / "usulan.parquet")
    verdict.write_parquet(folder / "orang.parquet")
    trap_counts(lines, verdict, traps).write_csv(folder / "jebakan.csv")


def _write_links(folder: Path, people: pl.DataFrame, members: pl.DataFrame, welfare: pl.DataFrame) -> None:
    """Whose each register row truly is; null for people in no population register."""
    owner = people.select("_orang", "nik")
    for name, register, key in (("peserta", members, "kpj"), ("kesejahteraan", welfare, "id_individu")):
        links = register.select(key, "_orang").join(owner, "_orang", how="left", maintain_order="left")
        links.select(key, "nik").write_parquet(folder / f"tautan_{name}.parquet")


def _summary(*tables: Any) -> dict[str, int]:
    return dict(zip(("penduduk", "peserta", "kesejahteraan", "usulan", "layak"), map(len, tables), strict=True))
