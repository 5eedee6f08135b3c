"""One claim in front of the law: the amount, the conditions with their articles, the papers, the deadlines."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from jangkau.core import engine
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.benefits import DEATH, DISABLED, LAID_OFF, PARAMETERS, PARTS, WORK_DEATH, amounts
from jangkau.core.law.book import Book, Citation
from jangkau.core.law.membership import (
    ACTIVE,
    ARREARS,
    DURING_ARREARS,
    FULL_SINCE,
    LONGEST_ARREARS,
    WAIT,
    status_of,
    waiting_months,
)

STAGES = ("TK", "SD", "SMP", "SMA", "PT")
NOT_LOADED = ("PMI",)  # Permenaker 4/2023 has benefits of its own
_RIGHT_TO_SCHOOL = (DEATH, WORK_DEATH, DISABLED)


@dataclass(frozen=True)
class Event:
    """What happened to one member. `wage` is the wage (PU) or the wage base (BPU), rupiah a month."""

    kind: str
    day: date
    segment: str = "BPU"
    paid: tuple[int, ...] = ()
    wage: int = 0
    children: tuple[str, ...] = ()
    months_unable: int = 1


@dataclass(frozen=True)
class Condition:
    """One condition, whether it is met, and where it stands. `text` has places for the numbers `given`."""

    text: str
    met: bool
    source: Citation
    given: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The condition in Indonesian."""
        return self.text % self.given

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "nama": self.name,
            "terpenuhi": self.met,
            "pasal": self.source.reference,
            "keyakinan": self.source.confidence,
        }


@dataclass(frozen=True)
class Claim:
    """The answer: rupiah by part, conditions, what to prove and bring, deadlines, sources, warnings."""

    parts: dict[str, int]
    conditions: tuple[Condition, ...]
    to_prove: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    expires: date | None = None
    report_by: date | None = None
    limits: dict[str, Any] = field(default_factory=dict)
    scholarships: tuple[dict[str, Any], ...] = ()
    sources: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Rupiah, scholarships at most."""
        return sum(self.parts.values())


def claim(event: Event, book: Book | None = None) -> Claim:
    """What one event pays and on which conditions, each with its article.

    An amount that only waits for arrears to be settled is shown, with that condition unmet; an amount whose condition
    can no longer be met is not. Raises LawUndefinedOn, HUKUM_MASUKAN_SALAH, HUKUM_TIDAK_DIMUAT.
    """
    if event.segment in NOT_LOADED:
        raise Problem("HUKUM_TIDAK_DIMUAT", segmen=event.segment)
    book = book or Book.load()
    asked = _Asked(event, book)
    conditions = asked.unemployment() if event.kind == LAID_OFF else asked.membership()
    blocking = [c for c in conditions if not c.met and c.source.parameter not in (DURING_ARREARS, WAIT)]
    parts: dict[str, int] = {} if blocking or asked.refused_in_arrears else asked.parts()
    school = asked.scholarship_conditions()
    grants = asked.scholarships() if parts and all(c.met for c in school) else ()
    if grants:
        parts["beasiswa"] = sum(grant["paling_banyak"] for grant in grants)
    conditions = (*conditions, *school)
    sources = asked.sources(with_school=bool(event.children and event.kind in _RIGHT_TO_SCHOOL))
    return Claim(
        parts=parts,
        conditions=conditions,
        to_prove=asked.to_prove(),
        papers=asked.papers(),
        expires=asked.expires(),
        report_by=asked.report_by(),
        limits=asked.limits(),
        scholarships=grants,
        sources=sources,
        warnings=warnings(book, sources),
    )


def papers(event: Event, book: Book | None = None) -> tuple[str, ...]:
    """What to bring for an event, also where the law of its amount is not known. Raises LawUndefinedOn."""
    return _Asked(event, book or Book.load()).papers()


class _Asked:
    """One event in front of the law."""

    def __init__(self, event: Event, book: Book) -> None:
        self.event, self.book, self.month = event, book, month_of(event.day)
        self.line = status_of(event.paid, self.month, event.segment, book)
        self.known = self.line.state.shape[1] > 0
        self.state = int(self.line.state[0, -1]) if self.known else 0

    @property
    def waited(self) -> bool:
        return self.known and bool(self.line.waited[0, -1])

    @property
    def in_last_month_of_wait(self) -> bool:
        """The month whose payment fulfils the wait: the law's words about it are not known."""
        return self.known and int(self.line.run[0, -1]) == self.wait

    @property
    def wait(self) -> int:
        """Months in a row that the full death benefit asks of this member."""
        return waiting_months(self.month, self.event.segment, self.book) if self.event.kind == DEATH else 0

    @property
    def refused_in_arrears(self) -> bool:
        return self.state == ARREARS and self.book.value(DURING_ARREARS, self.month) == "TIDAK"

    def condition(self, text: str, parameter: str, *, met: bool, **given: int) -> Condition:
        return Condition(text, met, self.book.cite(parameter, self.month), given)

    def membership(self) -> tuple[Condition, ...]:
        """Standing membership, settled arrears, and the wait for the full death benefit."""
        limit = self.book.value(LONGEST_ARREARS, self.month)
        standing = "Kepesertaan masih berlaku (menunggak paling lama %(bulan)s bulan)"
        found = [self.condition(standing, LONGEST_ARREARS, met=self.state in (ACTIVE, ARREARS), bulan=limit)]
        if self.state == ARREARS and self.book.value(DURING_ARREARS, self.month) != "TETAP":
            found.append(self.condition("Tunggakan iuran dilunasi", DURING_ARREARS, met=False))
        if self.event.kind == DEATH and self.wait:
            paid = "Iuran %(bulan)s bulan berturut-turut sudah dibayar"
            found.append(self.condition(paid, WAIT, met=self.waited, bulan=self.wait))
        return tuple(found)

    def unemployment(self) -> tuple[Condition, ...]:
        """JKP: wage earners with enough paid months in the window before."""
        need, window = (self.book.value(f"jkp.{name}", self.month) for name in ("bulan_iuran", "jendela"))
        paid = sum(self.month - window < month <= self.month for month in set(self.event.paid))
        wage_earner, text = self.event.segment == "PU", "Iuran %(bulan)s bulan dalam %(jendela)s bulan terakhir"
        return (
            self.condition("Peserta penerima upah", "jkp.manfaat", met=wage_earner),
            self.condition(text, "jkp.bulan_iuran", met=paid >= need, bulan=need, jendela=window),
        )

    def parts(self) -> dict[str, int]:
        """Rupiah of each part that is paid."""
        event = self.event
        if event.kind != DEATH and event.wage <= 0:
            raise Problem(
                "HUKUM_MASUKAN_SALAH", kolom="upah", isi=event.wage, harapan="dasar upah sebulan dalam rupiah"
            )
        full = self.waited or not self.wait
        row = {"peristiwa": [event.kind], "bulan": [self.month], "upah": [event.wage], "penuh": [full]}
        paid = engine.polars(amounts(engine.from_columns(row | {"lama": [event.months_unable]}), self.book)).row(
            0, named=True
        )
        return {name: paid[name] for name in PARTS if paid[name]}

    def scholarship_conditions(self) -> tuple[Condition, ...]:
        """The paid months that a death not by work asks for."""
        if not self.event.children or self.event.kind != DEATH:
            return ()
        need = self.book.value("beasiswa.masa_iuran_jkm", self.month)
        paid = int(self.line.total[0, -1]) if self.known else 0
        text = "Beasiswa: masa iuran %(bulan)s bulan (sudah %(sudah)s)"
        return (self.condition(text, "beasiswa.masa_iuran_jkm", met=paid >= need, bulan=need, sudah=paid),)

    def scholarships(self) -> tuple[dict[str, Any], ...]:
        """At most, for each child from the stage it is in; the two with the most years left."""
        if self.event.kind not in _RIGHT_TO_SCHOOL:
            return ()
        a_year, years = (self.book.value(f"beasiswa.{name}", self.month) for name in ("per_tahun", "tahun"))
        most = {
            stage: sum(a_year[later] * years[later] for later in STAGES[place:]) for place, stage in enumerate(STAGES)
        }
        chosen = sorted(self.event.children, key=STAGES.index)[: self.book.value("beasiswa.anak_maksimum", self.month)]
        return tuple({"anak": stage, "per_tahun": a_year[stage], "paling_banyak": most[stage]} for stage in chosen)

    def to_prove(self) -> tuple[str, ...]:
        """What nobody can read from the payments."""
        proofs: list[str] = []
        if self.event.kind != LAID_OFF and self.event.segment == "BPU":
            proofs.append("bekerja dan sehat ketika didaftarkan")
        if self.event.children and self.event.kind in _RIGHT_TO_SCHOOL:
            proofs += [f"anak {text}" for text in self.book.value("beasiswa.syarat_anak", self.month)]
        return tuple(proofs)

    def papers(self) -> tuple[str, ...]:
        """What to bring."""
        names = {DEATH: ["jkm"], LAID_OFF: []}.get(self.event.kind, ["jkk"])
        if self.event.kind == WORK_DEATH:
            names = ["jkm", "jkk"]
        if self.event.children and self.event.kind in _RIGHT_TO_SCHOOL:
            names = [*names, "beasiswa"]
        listed = [paper for name in names for paper in self.book.value(f"klaim.berkas_{name}", self.month)]
        return tuple(dict.fromkeys(listed))

    def expires(self) -> date | None:
        """The last day to claim; unknown for JKP."""
        if self.event.kind == LAID_OFF:
            return None
        return years_after(self.event.day, self.book.value("klaim.kedaluwarsa", self.month))

    def report_by(self) -> date | None:
        """The last day to report a work accident."""
        if self.event.kind in (DEATH, LAID_OFF):
            return None
        return self.event.day + timedelta(days=self.book.value("jkk.lapor_hari", self.month))

    def limits(self) -> dict[str, Any]:
        """Limits of what is paid in kind after a work accident."""
        if self.event.kind in (DEATH, LAID_OFF):
            return {}
        value = self.book.value
        return {
            "pengobatan": None,
            "perawatan_rumah": value("jkk.perawatan_rumah", self.month),
            "pengangkutan": value("jkk.pengangkutan", self.month),
        }

    def sources(self, *, with_school: bool) -> tuple[Citation, ...]:
        """Every parameter that the answer used."""
        kind, names = self.event.kind, list(PARAMETERS[self.event.kind])
        if kind == LAID_OFF:
            names += ["jkp.bulan_iuran", "jkp.jendela"]
        else:
            names += [LONGEST_ARREARS, "klaim.kedaluwarsa"] + [DURING_ARREARS] * (self.state == ARREARS)
        if kind == DEATH and self.wait:
            names += [WAIT] + ["jkm.belum_penuh"] * (not self.waited) + [FULL_SINCE] * self.in_last_month_of_wait
        if with_school:
            names += ["beasiswa.per_tahun", "beasiswa.tahun", "beasiswa.anak_maksimum", "beasiswa.syarat_anak"]
            names += ["beasiswa.masa_iuran_jkm"] * (kind == DEATH)
        return tuple(self.book.cite(name, self.month) for name in names)


def warnings(book: Book, sources: Iterable[Citation]) -> tuple[str, ...]:
    """A sentence for every source that is weak or left open by the law."""
    weak = [source for source in sources if source.confidence == "rendah"]
    return tuple(
        f"{source.title}: {book[source.parameter].warning or source.note or 'sumber lemah.'}" for source in weak
    )


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
