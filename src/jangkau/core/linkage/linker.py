"""The whole linkage: proposals to population; members and welfare through the population; proposals to persons.

The population register is the hub: a member row and a proposal are one person when both are the same resident. Only
rows that no resident explains are compared with each other directly.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import narwhals as nw
import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.linkage import clerks, cluster, context, people
from jangkau.core.linkage.agreement import agreement
from jangkau.core.linkage.calibrate import calibrate
from jangkau.core.linkage.decide import contested, settle, strongest
from jangkau.core.linkage.model import Model, load, with_limits
from jangkau.core.linkage.prepare import prepare_population, with_lists
from jangkau.core.linkage.prevalence import factor, prevalence, revised
from jangkau.core.linkage.record import record
from jangkau.core.linkage.search import RELEVANT, Search, part_of
from jangkau.core.tables.common import PROPOSALS
from jangkau.core.tables.results import TAUTAN, USULAN
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

KEYS = {"penduduk": "nik", "peserta": "kpj", "kesejahteraan": "id_individu"}
Pairs = dict[str, Frame]
Engine = Callable[[Frame, dict[str, Frame], Model], AbstractContextManager[Search]]


@contextmanager
def here(rows: Frame, registers: dict[str, Frame], model: Model) -> Iterator[Search]:
    """The engine of one machine, everything prepared in the memory of this process."""
    others = {table: data for table, data in {**registers, "usulan": rows}.items() if table != "penduduk"}
    population, sides = with_lists(partial(prepare_population, registers["penduduk"]), others)
    parts = {table: part_of(side) for table, side in sides.items()}
    parts["penduduk"] = part_of(population.side, ready=population.index)
    yield Search(parts, population.census.model(model))


@dataclass(frozen=True)
class Linked:
    """`tautan` (TAUTAN), `usulan` (USULAN), `pekerja` (PEKERJA), `ganda` (id_usulan, id_usulan_pertama).

    `catatan` (see `record`) names the model and the thresholds that decided; `peringatan` are rows of MASALAH.
    """

    tautan: Frame
    usulan: Frame
    pekerja: Frame
    ganda: Frame
    catatan: dict[str, Any] = field(default_factory=dict)
    peringatan: list[dict[str, Any]] = field(default_factory=list)


def link(
    usulan: Frame,
    penduduk: Frame,
    peserta: Frame,
    kesejahteraan: Frame | None,
    settings: Settings,
    *,
    on_step: Callable[[str], None] | None = None,
    tinjauan: Frame | None = None,
    model: Model | None = None,
    engine: Engine = here,
) -> Linked:
    """The register rows of every proposal, and the persons behind the proposals.

    In: USULAN_BACA, PENDUDUK, PESERTA, KESEJAHTERAAN, TINJAUAN (the last two may be None). `on_step` hears the name
    of each step; `engine` is where the search runs, which changes no result. Raises no problem of its own: what
    cannot be decided is `tinjau`.
    """
    chosen = with_limits(model or load(), settings)
    tell = on_step or (lambda step: None)
    given = {"penduduk": penduduk, "peserta": peserta, "kesejahteraan": kesejahteraan}
    registers = {name: by_key(data, KEYS[name]) for name, data in given.items() if data is not None}
    rows = usulan.sort("berkas", "lembar", "baris", "id_usulan")
    tell("menyiapkan")
    keys = {name: data[KEYS[name]].to_native() for name, data in registers.items()}
    known = clerks.read(tinjauan, rows, keys)
    with engine(rows, registers, chosen) as search:
        decided, person = _search(search, rows, registers["penduduk"]["no_kk"].to_native(), known.said, tell)
    tautan = _named(decided, rows, registers)
    named = _with_worker(rows, person)
    return Linked(
        tautan=tautan,
        usulan=USULAN.conform(named),
        pekerja=people.persons(named, tautan, penduduk, kesejahteraan),
        ganda=people.duplicates(named),
        catatan=record(
            tautan, chosen, agreement(decided["penduduk"], rows, registers["penduduk"], chosen), _of_list(search)
        ),
        peringatan=known.notes,
    )


def _of_list(search: Search) -> list[dict[str, Any]]:
    """The blocks of searches for rows of the list; who the residents of a register are is found once and kept."""
    return [block for block in search.blocks if block["kiri"].startswith("usulan")]


def by_key(data: Frame, key: str) -> Frame:
    """Rows by key, so that the order they came in decides nothing."""
    return data if data[key].is_sorted() else data.sort(key)


def _search(
    search: Search, rows: Frame, homes: pl.Series, said: clerks.Said, tell: Callable[[str], None]
) -> tuple[Pairs, Frame]:
    """Decided pairs by register, and the person of every proposal row; `said`: what clerks decided, by register.

    `homes`: the family card of each row of the population.
    """
    tell("penduduk")
    found = _revised(search, search.find("usulan", "penduduk", "penduduk"))
    found = _learned(search, found, said["penduduk"], "penduduk")
    found = _placed(search, found, rows, homes)
    tell("orang")
    settled = _settled(search, found)
    doubles = _own(search, _doubles(search, settled, said["penduduk"]), found, settled, rows)
    person, lent = cluster.people(_traits(rows, settled), settled, doubles, said[PROPOSALS])
    pairs = {"penduduk": search.each(cluster.confirm, found, lent)}
    for register in (name for name in KEYS if name in said and name != "penduduk"):
        tell(register)
        through = _through_residents(search, register, pairs["penduduk"])
        pairs[register] = _learned(search, through, said[register], register)
    return {name: _decided(search, some, person, single=name != "peserta") for name, some in pairs.items()}, person


def _settled(search: Search, found: Frame) -> Frame:
    """The pairs that are sure; since the residents of one proposal share one chance, at most one of each."""
    return frame(found.filter(nw.col("peluang") >= search.model.thresholds.cocok))


def _placed(search: Search, found: Frame, rows: Frame, homes: pl.Series) -> Frame:
    """`found` by what the rest of the list says of namesakes."""
    likely = (nw.col("cara") == "model") & (nw.col("peluang") >= context.LIKELY)
    settled = _settled(search, found)
    doubt = frame(found.filter(likely).select("l", "r", "peluang")).join(settled.select("l"), on="l", how="anti")
    factor = context.factors(doubt, settled, rows, homes)
    return search.each(partial(context.redistributed, thresholds=search.model.thresholds), found, factor)


def _revised(search: Search, found: Frame) -> Frame:
    """`found` by the share of these proposals that are residents at all, as their own probabilities have it.

    Those whom the NIK settled count: without them a row that has no NIK would be thought as doubtful as those are
    whose number nobody has.
    """
    sums = frame(found.group_by("l").agg(nw.col("peluang").sum()))
    habit = search.model.found["penduduk"]
    share = prevalence(sums["peluang"].to_numpy(), search.size("usulan"), habit)
    change = factor(share, habit)
    return search.each(partial(revised, change=change, thresholds=search.model.thresholds), found)


def _learned(search: Search, pairs: Frame, said: Frame, register: str) -> Frame:
    """`pairs` with the probabilities that review decisions taught, and those decisions themselves."""
    single, model = register != "peserta", search.model
    curve = model.curves.get(register, ())
    moved = search.each(partial(calibrate, curve=curve, thresholds=model.thresholds, single=single), pairs)
    return search.each(partial(clerks.apply, single=single), moved, said)


def _traits(rows: Frame, settled: Frame) -> Frame:
    """What each proposal says of itself; nothing, where a clerk has said who it is."""
    known = settled.filter(nw.col("cara") == clerks.BY_CLERK)["l"].to_list()
    silent = nw.col("l").is_in(known)
    told = [
        nw.when(~silent).then(nw.col(name)).alias(name) for name in ("nik", "nama", "tanggal_lahir", "jenis_kelamin")
    ]
    return rows.with_row_index("l").select(*told)


def _decided(search: Search, pairs: Frame, person: Frame, *, single: bool) -> Frame:
    limits = search.model.thresholds
    lost = contested(frame(pairs.filter(nw.col("peluang") >= limits.cocok)), person, single=single)
    return frame(search.each(partial(settle, thresholds=limits, single=single), pairs, lost))


def _doubles(search: Search, settled: Frame, said: Frame) -> Frame:
    """Pairs (l, r, peluang) of proposals, l without a resident, that are the same person beyond doubt."""
    search.rest("usulan", "usulan_sisa", settled.select(rid="l"))
    pairs = search.by_model("usulan_sisa", "usulan", "usulan", rival=False)
    return clerks.unlike(frame(pairs.filter(nw.col("peluang") >= search.model.thresholds.cocok)), settled, said)


def _own(search: Search, doubles: Frame, found: Frame, settled: Frame, rows: Frame) -> Frame:
    """`doubles` without those by which a proposal left to a clerk would take the resident of one with another name."""
    held = frame(found.filter((nw.col("peluang") - search.model.thresholds.open).abs() < 1e-6).select("l").unique())
    names = rows["nama"].str.to_uppercase().to_native()
    taken = polars(doubles).with_columns(
        sama=names[doubles["l"].to_native()].eq_missing(names[doubles["r"].to_native()]),
        sisa=pl.col("l").is_in(held["l"].to_list()) & pl.col("r").is_in(settled["l"].to_list()),
    )
    return frame(taken.filter(pl.col("sama") | ~pl.col("sisa")).drop("sama", "sisa"))


def _through_residents(search: Search, register: str, residents: Frame) -> Frame:
    """Pairs of proposals and rows of a register that are the same resident, then those that are no resident."""
    theirs = search.residents(register)
    through = search.through(residents.filter(nw.col("peluang") >= RELEVANT), theirs)
    sure = nw.col("peluang") >= search.model.thresholds.cocok
    search.rest("usulan", "usulan_asing", residents.filter(sure).select(rid="l"))
    search.rest(register, "register_asing", theirs.filter(sure).select(rid="l"))
    direct = search.find("usulan_asing", "register_asing", register)
    return search.each(strongest, nw.concat([through, direct]))


def _named(decided: dict[str, Frame], rows: Frame, registers: dict[str, Frame]) -> Frame:
    """TAUTAN: row numbers replaced by keys, sorted by list order, register and falling probability."""
    parts = []
    for register, pairs in decided.items():
        ids = registers[register][KEYS[register]].to_native()
        native = polars(pairs).sort("l", "peluang", "r", descending=[False, True, False])
        parts.append(
            native.select(
                "l",
                id_usulan=rows["id_usulan"].to_native()[native["l"]],
                register=pl.lit(register),
                id_register=ids[native["r"]],
                peluang=pl.col("peluang").round(6),
                keputusan="keputusan",
                cara="cara",
            )
        )
    return TAUTAN.conform(pl.concat(parts).sort("l", maintain_order=True).drop("l"))


def _with_worker(rows: Frame, person: Frame) -> Frame:
    first = polars(person).sort("l")["orang"]
    ids = rows["id_usulan"].to_native()[first]
    made = {text: cluster.worker_id(text) for text in ids.unique(maintain_order=True).to_list()}
    return frame(rows.to_native().with_columns(id_pekerja=ids.replace_strict(made, return_dtype=pl.String)))
