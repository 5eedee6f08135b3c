"""Help with claims: who died while covered, whom to visit, what to bring, how long is left.

What an event pays, and on which conditions, is the law's answer (`jangkau.core.law.claims`). Money goes from the
insurer to the account of the heirs; nothing here, or anywhere in Jangkau, holds any.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl
from narwhals.typing import IntoFrame

from jangkau.core import engine
from jangkau.core.enrolment.case_states import data
from jangkau.core.kernel.month import month_index_expr, month_of
from jangkau.core.law import claims as law
from jangkau.core.law.book import Book
from jangkau.core.law.claims import Event
from jangkau.core.law.compiled import known_from, series
from jangkau.core.law.membership import ACTIVE, ARREARS, LONGEST_ARREARS, STATES, timeline
from jangkau.core.tables.schema import Frame

EXPIRY = "klaim.kedaluwarsa"
USUAL_WAGE = 1_000_000  # the lowest wage base of a BPU, rupiah a month, where none is known
PAID_AHEAD = 36  # months after a date within which a payment is believed
_OUT = ("orang", "tanggal_meninggal", "status", "penuh", "terdaftar", "bulan_dibayar", "sesudah", "kedaluwarsa",
        "sisa_hari", "kunjungi")  # fmt: skip


def paid_months(members: IntoFrame, as_of: date, book: Book | None = None) -> Frame:
    """Member rows as one row per month paid: `orang`, `bulan` (index), `segmen`.

    In: `orang`, `segmen`, `mulai` and `dibayar_sampai` (TTTT-BB); a row whose months cannot be read is left out. Months
    before the law knows what arrears are, or more than three years ahead of `as_of`, are cut off.
    """
    rows = engine.polars(engine.frame(members).with_columns(*map(month_index_expr, ("mulai", "dibayar_sampai"))))
    first, last = known_from(book or Book.load(), LONGEST_ARREARS), month_of(as_of) + PAID_AHEAD
    bounds = (pl.col("mulai").clip(first), pl.col("dibayar_sampai").clip(first - 1, last))
    whole = rows.drop_nulls(["orang", "mulai", "dibayar_sampai"]).filter(bounds[0] <= bounds[1])
    spread = whole.select("orang", "segmen", bulan=pl.int_ranges(bounds[0], bounds[1] + 1))
    return engine.frame(spread.explode("bulan").select("orang", "bulan", pl.col("segmen").fill_null("BPU")))


def deaths(died: IntoFrame, paid: IntoFrame, as_of: date, book: Book | None = None) -> Frame:
    """Everyone who died and for whom a month was ever paid; `kunjungi`: covered that day, and not too late to claim.

    In: `died` (`orang`, `tanggal_meninggal`) and `paid`, one row per paid month (`orang`, `bulan` as index, optionally
    `segmen`). Out, by date then `orang`: `status` in the month of death (belum, aktif, tunggakan, non-aktif), `penuh`
    (the wait for the full death benefit was over), `terdaftar` (first month of that registration, null before one),
    `bulan_dibayar` (up to the death), `sesudah` (months paid after the month of death: paid for nobody),
    `kedaluwarsa` (last day to claim), `sisa_hari`. Left out: a death after `as_of`, without a date, or before the
    law's deadline is known (those are long over). Of two dates of one person the first holds. Raises LawUndefinedOn.
    """
    book = book or Book.load()
    months = engine.polars(paid).drop_nulls(["orang", "bulan"])
    months = months.filter(pl.col("bulan") >= known_from(book, LONGEST_ARREARS))
    dead = _dead(engine.polars(died), as_of, book).join(months.select("orang").unique(), on="orang", how="semi")
    if dead.is_empty():
        return engine.frame(pl.DataFrame(schema=_schema(dead.schema["orang"])))
    standing = _standing(dead.with_row_index("i"), months, book)
    return engine.frame(_with_days(standing, as_of, book).select(_OUT).sort("tanggal_meninggal", "orang"))


def _dead(died: pl.DataFrame, as_of: date, book: Book) -> pl.DataFrame:
    day = pl.col("tanggal_meninggal").dt
    known = died.select("orang", "tanggal_meninggal").drop_nulls().filter(pl.col("tanggal_meninggal") <= as_of)
    first = known.group_by("orang").agg(pl.col("tanggal_meninggal").min()).sort("tanggal_meninggal", "orang")
    month = day.year().cast(pl.Int64) * 12 + day.month() - 1
    return first.with_columns(bulan_mati=month).filter(pl.col("bulan_mati") >= known_from(book, EXPIRY))


def _schema(person: pl.DataType) -> dict[str, pl.DataType]:
    whole, true, day = pl.Int64(), pl.Boolean(), pl.Date()
    kinds = (person, day, pl.String(), true, whole, whole, whole, day, whole, true)
    return dict(zip(_OUT, kinds, strict=True))


def _standing(dead: pl.DataFrame, months: pl.DataFrame, book: Book) -> pl.DataFrame:
    """The dead with what their payments came to in the month of death."""
    own = months.join(dead.select("orang", "bulan_mati", "i"), on="orang", maintain_order="left")
    before = own.filter(pl.col("bulan") <= pl.col("bulan_mati"))
    ends = dead["bulan_mati"].to_numpy()
    first, last = int(np.append(before["bulan"].to_numpy(), ends).min()), int(ends.max())
    grid = np.zeros((len(dead), last - first + 1), np.bool_)
    grid[before["i"].to_numpy(), before["bulan"].to_numpy() - first] = True
    line = timeline(grid, first, _segments(dead, own), book)
    here = (np.arange(len(dead)), dead["bulan_mati"].to_numpy() - first)
    since = _registered(line.registration, *here, first)
    after = own.filter(pl.col("bulan") > pl.col("bulan_mati")).group_by("i").agg(sesudah=pl.col("bulan").n_unique())
    told = dead.with_columns(
        status=pl.Series(np.array(STATES)[line.state[here]], dtype=pl.String),
        penuh=pl.Series(line.waited[here]),
        terdaftar=pl.Series(since, dtype=pl.Int64).replace(-1, None),
        bulan_dibayar=pl.Series(line.total[here].astype(np.int64)),
    ).join(after, on="i", how="left", maintain_order="left")
    return told.with_columns(pl.col("sesudah").fill_null(0).cast(pl.Int64))


def _segments(dead: pl.DataFrame, own: pl.DataFrame) -> list[str] | str:
    """The segment of each person's last row before the death, else the first after it."""
    if "segmen" not in own.columns:
        return "BPU"
    late = pl.col("bulan") > pl.col("bulan_mati")
    order = own.sort(late, pl.when(late).then(pl.col("bulan")).otherwise(-pl.col("bulan")), "segmen")
    named = order.group_by("i", maintain_order=True).agg(pl.col("segmen").first())
    return dead.select("i").join(named, on="i", how="left", maintain_order="left")["segmen"].fill_null("BPU").to_list()


def _registered(registration: np.ndarray, people: np.ndarray, place: np.ndarray, first: int) -> np.ndarray:
    """The first month of the registration that holds at `place` of each person; -1 before any."""
    now = registration[people, place]
    since = (registration == now[:, None]).argmax(axis=1) + first
    return np.where(now > 0, since, -1)


def _with_days(rows: pl.DataFrame, as_of: date, book: Book) -> pl.DataFrame:
    years = pl.Series("tahun", series(book, EXPIRY).at(rows["bulan_mati"].to_numpy()))
    last = pl.col("tanggal_meninggal").dt.offset_by(pl.format("{}y", pl.col("tahun")))
    covered = pl.col("status").is_in([STATES[ACTIVE], STATES[ARREARS]])
    return (
        rows.with_columns(years)
        .with_columns(kedaluwarsa=last)
        .with_columns(
            sisa_hari=(pl.col("kedaluwarsa") - as_of).dt.total_days(),
            kunjungi=covered & (pl.col("kedaluwarsa") >= as_of),
        )
    )


def heirs(residents: IntoFrame, died: Iterable[str]) -> Frame:
    """Whom to visit: the living of the household of each who died, by register PENDUDUK.

    Out: `orang` (NIK of the dead), `nik`, `nama`, `hubungan` (what they are to the dead: pasangan, anak, orang tua,
    saudara, serumah), `jenis_kelamin`, `tanggal_lahir`, `kode_desa`; the nearest first, then the eldest. Who inherits
    is the village's letter to say. Source: UU 40/2004, PP 44/2015.
    """
    people, kin = engine.polars(residents), data()["kerabat"]
    dead = people.filter(pl.col("nik").is_in(list(died))).select("no_kk", orang="nik", dia="hubungan")
    here = people.join(dead.drop_nulls("no_kk"), on="no_kk").filter(
        pl.col("nik") != pl.col("orang"), pl.col("tanggal_meninggal").is_null()
    )
    table = pl.DataFrame([{"dia": a, "hubungan": b, "kata": word} for a, to in kin.items() for b, word in to.items()])
    told = here.join(table, on=["dia", "hubungan"], how="left").with_columns(
        hubungan=pl.col("kata").fill_null("serumah")
    )
    order = data()["urutan_kunjungan"]
    place = pl.col("hubungan").replace_strict(order, range(len(order)), return_dtype=pl.Int64)
    out = ("orang", "nik", "nama", "hubungan", "jenis_kelamin", "tanggal_lahir", "kode_desa")
    return engine.frame(told.sort("orang", place, "tanggal_lahir", "nik", nulls_last=True).select(out))


def stages(births: Iterable[date | None], day: date) -> tuple[str, ...]:
    """Stages of school (TK to PT) of the children who may still study on a day, guessed from their age."""
    ages = [_age(born, day) for born in births if born and born <= day]
    return tuple(_stage(age) for age in sorted(ages) if age <= data()["umur_anak_terakhir"])


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _stage(age: int) -> str:
    return str([name for name, youngest in data()["umur_jenjang"].items() if age >= youngest][-1])


@dataclass(frozen=True)
class Paper:
    """One paper of the checklist: its name in the law, who brings it, where it comes from, how sure that is."""

    name: str
    who: str
    where: str
    confidence: str


def papers(event: Event, book: Book | None = None) -> list[Paper]:
    """The checklist of an event, in the order of the law. Raises LawUndefinedOn."""
    known = data()["berkas"]
    return [
        Paper(name, known[name]["siapa"], known[name]["dari"], known[name]["keyakinan"])
        for name in law.papers(event, book)
    ]


@dataclass(frozen=True)
class Clock:
    """The time to report a work accident to the insurer; `told` is when that was done."""

    happened: datetime
    allowed: timedelta
    told: datetime | None = None

    @property
    def deadline(self) -> datetime:
        """The last moment."""
        return self.happened + self.allowed

    def left(self, now: datetime) -> timedelta:
        """What is left of it; below zero once it has passed."""
        return self.deadline - now

    def late(self, now: datetime) -> bool:
        """Told too late, or not told and the time is over."""
        return (self.told or now) > self.deadline


def clock(happened: datetime, told: datetime | None = None, book: Book | None = None) -> Clock:
    """The clock of an accident. Raises LawUndefinedOn. Source: PP 44/2015."""
    days = (book or Book.load()).value("jkk.lapor_hari", happened.date())
    return Clock(happened, timedelta(days=days), told)
