"""What plans are made from: everyone proposed, their links and what decides about them, as the database has it.

Kept in files, so that the answer while a plan is being built need not read the database again. A new run of linkage, a
clerk's decision, or settings that decide who is eligible make a new one.
"""

import hashlib
import json
import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings as site
from django.db.models import Count, Max
from django.utils.translation import gettext_noop

from jangkau.apps.linkage.models import Decision, Link, LinkRun, Member, Person, PersonState
from jangkau.apps.linkage.run import listed
from jangkau.apps.planning.inputs import Inputs
from jangkau.apps.registry import selectors as registry
from jangkau.core import eligibility, outputs, pipeline, priority
from jangkau.core.engine import frame, polars
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Progress, Silent
from jangkau.core.law.book import Book
from jangkau.core.planning.funds import condition
from jangkau.core.tables import results as t
from jangkau.core.tables.common import PROPOSALS
from jangkau.core.tables.schema import Frame, Table
from jangkau.core.tables.settings import Settings

MEMBERS, VERDICTS, LIVE = "anggota.parquet", "putusan.parquet", "siap.parquet"
HELD, LEFT, UNLISTED = "SUDAH_DIJANJIKAN", "SUDAH_BERHENTI", "DI_LUAR_DAFTAR"
_DECIDING = ("provinsi", "per", "mulai", "usia")
_TYPES: dict[str, Any] = {"String": pl.String, "Int64": pl.Int64, "Date": pl.Date, "Float64": pl.Float64}


@dataclass(frozen=True)
class Basis:
    """Where the tables are; the run of linkage they come from; `late`: decisions made since are not in them."""

    folder: Path
    run: LinkRun
    late: bool = False

    def people(
        self, region: str, inputs: Inputs, held: Collection[str] = (), gone: Collection[str] = ()
    ) -> pipeline.People:
        """Everyone of a region, with the points of these inputs; who is `held` by a payer or `gone` is not eligible."""
        inside = self._inside(region)
        facts = self._part("fakta", inside)
        verdicts = self._part(VERDICTS, inside)
        for reason, keys in ((LEFT, gone), (HELD, held)):
            verdicts = without(verdicts, pl.col("id_pekerja").is_in(list(keys)), reason)
        if inputs.only is not None:
            verdicts = without(verdicts, ~pl.col("id_pekerja").is_in(inputs.only), UNLISTED)
        points = polars(priority.score(frame(facts), inputs.settings))
        judged = verdicts.join(points, on="id_pekerja", how="left").sort("id_pekerja")
        usulan = self._part("usulan", inside)
        tautan = pl.read_parquet(self.folder / "tautan.parquet").join(usulan, on="id_usulan", how="semi")
        pekerja = self._part("pekerja", inside)
        return pipeline.People(
            *(table.conform(frame(rows)) for table, rows in
              ((t.USULAN, usulan), (t.TAUTAN, tautan), (t.PEKERJA, pekerja), (t.KELAYAKAN, judged)))
        )  # fmt: skip

    def payable(self, region: str, inputs: Inputs) -> pl.DataFrame:
        """The eligible people of a region as the planner takes them, with the points of these inputs."""
        here = pl.col("region_code").str.starts_with(region)
        if inputs.only is not None:
            here &= pl.col("id_pekerja").is_in(inputs.only)
        ready = pl.scan_parquet(self.folder / LIVE).filter(here).collect()
        facts = frame(self._part("fakta", ready))
        points = polars(priority.score(facts, inputs.settings)).select("id_pekerja", "poin")
        return ready.join(points, on="id_pekerja")

    def meeting(self, conditions: Iterable[str]) -> frozenset[str]:
        """`id_pekerja` of eligible people who meet the conditions of a fund (`core.planning.funds.condition`)."""
        met = pl.scan_parquet(self.folder / LIVE).filter([condition(text) for text in conditions])
        return frozenset(met.select("id_pekerja").collect()["id_pekerja"])

    def known(self, region: str) -> int:
        """How many people of the region were proposed."""
        return self._inside(region).height

    def _inside(self, region: str) -> pl.DataFrame:
        places = pl.scan_parquet(self.folder / MEMBERS).filter(pl.col("region_code").str.starts_with(region))
        return places.select("id_pekerja").collect()

    def _part(self, name: str, inside: pl.DataFrame) -> pl.DataFrame:
        path = self.folder / (name if name.endswith(".parquet") else f"{name}.parquet")
        return pl.read_parquet(path).join(inside, on="id_pekerja", how="semi", maintain_order="left")


def exact(settings: Settings, progress: Progress) -> Basis:
    """The database as it is now. Raises PENCOCOKAN_BELUM_ADA before the first run of linkage."""
    run, folder = _place(settings)
    folder = folder / _decided()
    if not (folder / LIVE).is_file():
        progress.step(gettext_noop("Menyiapkan orang dan kelayakannya"))
        _write(folder, settings)
        _forget(run)
    return Basis(folder, run)


def near(settings: Settings) -> Basis:
    """The same without waiting: clerks' decisions since the last preparation may be missing (`late`)."""
    run, folder = _place(settings)
    now = folder / _decided()
    kept = [path.parent for path in folder.glob(f"[!.]*/{LIVE}")]
    if now in kept or not kept:
        return exact(settings, Silent())
    return Basis(max(kept, key=lambda path: (path / LIVE).stat().st_mtime_ns), run, late=True)


def without(verdicts: pl.DataFrame, out: pl.Expr, reason: str) -> pl.DataFrame:
    """The verdicts, with those whom `out` names not eligible for that reason."""
    told = pl.when(out).then(pl.col("alasan").list.concat(pl.lit([reason]))).otherwise(pl.col("alasan"))
    return verdicts.with_columns(layak=pl.col("layak") & ~out, alasan=told)


def kept_back(verdicts: pl.DataFrame) -> pl.Series:
    """`id_pekerja` of those who would be eligible but for having a payer."""
    reasons = pl.col("alasan").list
    return verdicts.filter((reasons.len() == 1) & (reasons.first() == HELD))["id_pekerja"]


def _place(settings: Settings) -> tuple[LinkRun, Path]:
    run = LinkRun.objects.first()
    if run is None:
        raise Problem("PENCOCOKAN_BELUM_ADA")
    deciding = settings.model_dump(mode="json", include=set(_DECIDING)) | snapshots()
    key = hashlib.sha256(json.dumps(deciding, sort_keys=True).encode()).hexdigest()[:16]
    return run, _root() / str(run.pk) / key


def snapshots() -> dict[str, int]:
    """The registers in use that decide about people, and what coverage is counted from."""
    found = {kind: registry.current(kind) for kind in ("penduduk", "peserta", "angkatan_kerja")}
    return {kind: snapshot.pk for kind, snapshot in found.items() if snapshot}


def _root() -> Path:
    return Path(site.DATA) / "dasar"


def _decided() -> str:
    """What clerks have decided and taken back so far, as a short text."""
    told = Decision.objects.aggregate(last=Max("pk"), undone=Count("undone_at"))
    return f"{told['last'] or 0}-{told['undone']}"


def _forget(run: LinkRun) -> None:
    """What was prepared from runs before the last but one goes."""
    runs = LinkRun.objects.order_by("-pk").values_list("pk", flat=True)[:2]
    for path in _root().iterdir():
        if path.name.isdigit() and int(path.name) not in set(runs):
            shutil.rmtree(path, ignore_errors=True)


def _write(folder: Path, settings: Settings) -> None:
    book, rows, peserta = Book.load(), listed(), registry.register("peserta")
    usulan, tautan, pekerja, places = _usulan(rows), _tautan(), _pekerja(), _places()
    facts = eligibility.gather(pekerja, rows, usulan, tautan, registry.register("penduduk"), peserta, settings, book)
    verdicts = eligibility.decide(facts, settings)
    told = polars(verdicts).select("id_pekerja", "layak", "alasan")
    nothing = frame(told.with_columns(poin=pl.lit(0, pl.Int64), rincian_poin=pl.lit("{}")))
    people = pipeline.People(usulan, tautan, pekerja, nothing)
    members = eligibility.memberships(usulan, tautan, peserta, settings, book)
    ready = polars(pipeline.payable(people, members)).drop("poin").join(places, on="id_pekerja")
    with _whole(folder) as draft:
        for table, content in ((t.USULAN, usulan), (t.TAUTAN, tautan), (t.PEKERJA, pekerja), (t.FAKTA, facts)):
            outputs.write_parquet(content, table, draft)
        told.write_parquet(draft / VERDICTS)
        places.write_parquet(draft / MEMBERS)
        ready.write_parquet(draft / LIVE)


@contextmanager
def _whole(folder: Path) -> Iterator[Path]:
    """A folder that appears whole or not at all; of two who make it at once, the first one's stays."""
    draft = folder.parent / f".{secrets.token_hex(8)}"
    draft.mkdir(parents=True)
    try:
        yield draft
        with suppress(OSError):
            draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _usulan(rows: Frame) -> Frame:
    """USULAN: the effective rows that the last run knew, with their persons as they stand."""
    persons = dict(Member.objects.values_list("id_usulan", "person__id_pekerja"))
    native = polars(rows)
    ids = pl.Series("id_pekerja", [persons.get(text) for text in native["id_usulan"]], dtype=pl.String)
    return t.USULAN.conform(frame(native.with_columns(ids).filter(pl.col("id_pekerja").is_not_null())))


def _tautan() -> Frame:
    links = Link.objects.exclude(register=PROPOSALS)
    found = links.values_list("member__id_usulan", "register", "id_register", "peluang", "keputusan", "cara")
    return t.TAUTAN.conform(frame(pl.DataFrame(list(found), schema=_schema(t.TAUTAN), orient="row")))


def _pekerja() -> Frame:
    found = Person.objects.filter(state=PersonState.HERE).order_by("id_pekerja").values_list(*t.PEKERJA.names)
    return t.PEKERJA.conform(frame(pl.DataFrame(list(found), schema=_schema(t.PEKERJA), orient="row")))


def _places() -> pl.DataFrame:
    found = Person.objects.filter(state=PersonState.HERE).values_list("id_pekerja", "region_code")
    return pl.DataFrame(list(found), schema={"id_pekerja": pl.String, "region_code": pl.String}, orient="row")


def _schema(table: Table) -> dict[str, Any]:
    return {name: _TYPES[str(dtype)] for name, dtype in table.schema.items()}
