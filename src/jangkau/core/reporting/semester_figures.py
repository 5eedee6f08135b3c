"""The figures of one report, picked from ANGKA by date, origin and region; never averaged, never mixed."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from jangkau.core.kernel.formats import number, percent, rupiah
from jangkau.core.reporting.semester_input import Definition, Goal, Material
from jangkau.core.tables.figures import ANGKA

COUNTED, SAID, AHEAD = ("dihitung", "survei"), ("terbit", "diketik"), "ramalan"
# Coverage first that the local decree is about, then of all who work.
MAIN = ("cakupan_rentan", "cakupan", "cakupan_warga", "cakupan_informal")
FULL = ("perlindungan_penuh", "perlindungan_penuh_warga")
_AS_PUBLISHED = "Seperti terbit; definisinya menurut sumbernya."
_NEAR = 0.05  # two figures in percent that differ by less are written alike


@dataclass(frozen=True)
class Figure:
    """A row of ANGKA."""

    indikator: str
    wilayah: str
    potongan: str
    kelas: str
    per: date
    pembilang: float | None
    penyebut: float | None
    nilai: float | None
    satuan: str
    galat_baku: float | None
    bawah: float | None
    atas: float | None
    nama_pembilang: str
    nama_penyebut: str | None
    sumber_pembilang: str
    sumber_penyebut: str | None
    versi: str
    asal: str
    keyakinan: str | None
    catatan: str | None

    @property
    def known(self) -> bool:
        """Whether it says anything; what could not be counted stands in ANGKA as unknown."""
        return self.nilai is not None or self.pembilang is not None

    @property
    def shown(self) -> str:
        """The value with its unit."""
        return amount(self.nilai, self.satuan)

    def comparable(self, other: "Figure") -> bool:
        """Whether the two measure the same: by the same definition, over the same kind of denominator."""
        mine = (self.versi, self.nama_penyebut or "", self.nama_pembilang)
        return mine == (other.versi, other.nama_penyebut or "", other.nama_pembilang)


def amount(value: float | None, unit: str) -> str:
    """A value as it is read: `42,0%`, `Rp16.800`, `3,5 bulan`; an unknown one is `–`."""
    if value is None:
        return "–"
    if unit == "persen":
        return percent(value)
    if unit == "rupiah":
        return rupiah(round(value))
    broken = unit == "poin" or (unit == "bulan" and value % 1)
    return f"{number(value, 1 if broken else 0)} {unit}"


class Picked:
    """The figures of a region's semester: `now` in it, `before` it, what others published, what is aimed at."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.semester, self.last = material.semester, material.last
        rows = ANGKA.check(material.angka).sort(*ANGKA.key).rows(named=True)
        self.rows = [Figure(**row) for row in rows]
        self._by_place: dict[tuple[str, str], list[Figure]] = {}
        for row in self.rows:
            self._by_place.setdefault((row.indikator, row.wilayah), []).append(row)

    @cached_property
    def codes(self) -> list[str]:
        """Indicators that the region has a figure of, in the order of the definitions."""
        known = {row.indikator for row in self.rows if row.wilayah == self.material.wilayah and row.known}
        order = [d.kode for d in self.material.definisi if d.kode in known]
        return order + sorted(known - set(order))

    @cached_property
    def main(self) -> str | None:
        """The indicator that the report is about: the first of MAIN, else the first in percent, with a figure."""
        shares = [code for code in (*MAIN, *self.codes) if (found := self.now(code)) and found.satuan == "persen"]
        counted = [code for code in shares if (found := self.now(code)) and found.asal in COUNTED]
        usable = counted or shares or [code for code in (*MAIN, *self.codes) if self.now(code)]
        return usable[0] if usable else None

    @cached_property
    def full(self) -> "Figure | None":
        """Who has the full benefit, where that is counted."""
        return next((found for code in FULL if (found := self.now(code))), None)

    def defined(self, code: str) -> Definition:
        """The definition of an indicator; of an unknown one, its code in words and that its source defines it."""
        found = next((d for d in self.material.definisi if d.kode == code), None)
        if found:
            return found
        unit = next((row.satuan for row in self.rows if row.indikator == code), "persen")
        return Definition(code, code.replace("_", " ").capitalize(), _AS_PUBLISHED, unit, "netral", "", "")

    @cached_property
    def own(self) -> list[str]:
        """Indicators in the order of the report, the main one first: those counted; all, where none is counted."""
        order = list(dict.fromkeys([self.main, *self.codes] if self.main else self.codes))
        counted = [code for code in order if (found := self.now(code)) and found.asal in COUNTED]
        return counted or order

    def now(self, code: str, place: str | None = None, cut: str = "", group: str = "") -> Figure | None:
        """The newest figure up to the end of the semester: our own counting, else what was published."""
        return self._newest(code, place, self.last, (cut, group))

    def before(self, code: str, place: str | None = None, cut: str = "", group: str = "") -> Figure | None:
        """Our own newest figure from before the semester (not the one that stands for now)."""
        now = self.now(code, place, cut, group)
        found = self._newest(code, place, self.semester.before.last, (cut, group), said=False)
        return None if now is None or found is None or found.per >= now.per else found

    def _newest(
        self, code: str, place: str | None, until: date, cut: tuple[str, str], *, said: bool = True
    ) -> Figure | None:
        own = [
            row for row in self._by_place.get((code, place or self.material.wilayah), [])
            if row.per <= until and (row.potongan, row.kelas) == cut and row.asal != AHEAD and row.known
        ]  # fmt: skip
        counted = [row for row in own if row.asal in COUNTED]
        usable = counted or (own if said else [])
        return max(usable, key=lambda row: (row.per, row.asal, row.sumber_pembilang), default=None)

    def series(self, code: str) -> list[Figure]:
        """Our own figures of the region over time up to the semester's end."""
        rows = self._by_place.get((code, self.material.wilayah), [])
        own = [r for r in rows if not r.potongan and r.asal in COUNTED and r.per <= self.last and r.known]
        return sorted(own, key=lambda row: row.per)

    def published(self, code: str) -> list[Figure]:
        """What others said of the region, typed in with its document, newest first."""
        rows = self._by_place.get((code, self.material.wilayah), [])
        said = [row for row in rows if row.asal in SAID and not row.potongan and row.per <= self.last]
        return sorted(said, key=lambda row: (row.per, row.sumber_pembilang), reverse=True)

    def conflicting(self, code: str) -> list[Figure]:
        """Published figures of the semester or the one before that say something else than ours."""
        own = self.now(code)
        if own is None or own.asal not in COUNTED:
            return []
        near = [row for row in self.published(code) if row.per >= self.semester.before.first]
        return [row for row in near if _differs(row, own)]

    @cached_property
    def disputed(self) -> list[Figure]:
        """Published figures that say something else: of the main indicator, else of the first that has such."""
        order = [self.main, *self.codes] if self.main else self.codes
        return next((found for code in order if (found := self.conflicting(code))), [])

    def forecast(self, code: str) -> list[Figure]:
        """What is expected after the semester, with its interval."""
        rows = self._by_place.get((code, self.material.wilayah), [])
        ahead = [row for row in rows if row.asal == AHEAD and row.per > self.last and not row.potongan]
        return sorted(ahead, key=lambda row: row.per)

    @cached_property
    def foreseen(self) -> str:
        """The indicator whose forecast is shown: the main one where it has one, else the first that has."""
        order = dict.fromkeys([*([self.main] if self.main else []), *MAIN, *self.codes])
        return next((code for code in order if self.forecast(code)), self.main or "")

    def goals(self, code: str) -> list[Goal]:
        """Targets of the year of the semester, each series on its own."""
        return [g for g in self.material.target if g.indikator == code and g.tahun == self.semester.tahun]

    def children(self, code: str) -> list[tuple[str, "Figure | None", "Figure | None"]]:
        """Name, figure before and figure now of every part of the region."""
        return [(name, self.before(code, place), self.now(code, place)) for place, name in self.material.bagian]

    def cuts(self, code: str) -> list[tuple[str, list[Figure]]]:
        """The figure of the region cut by segment, sex, age and so on: cut -> its classes on the newest day."""
        rows = self._by_place.get((code, self.material.wilayah), [])
        own = [r for r in rows if r.potongan and r.asal in COUNTED and r.per <= self.last]
        groups: dict[str, list[Figure]] = {}
        for row in own:
            groups.setdefault(row.potongan, []).append(row)
        return [(cut, [r for r in part if r.per == max(p.per for p in part)]) for cut, part in groups.items()]

    @cached_property
    def missing(self) -> list[Definition]:
        """Indicators of the definitions without any figure of the region up to the semester's end."""
        return [d for d in self.material.definisi if self.now(d.kode) is None]

    @cached_property
    def empty(self) -> bool:
        """Whether nothing at all is known of the region."""
        return self.main is None


def _differs(row: Figure, own: Figure) -> bool:
    if row.nilai is None or own.nilai is None or row.satuan != own.satuan:
        return row.pembilang is not None and own.pembilang is not None and row.pembilang != own.pembilang
    return abs(row.nilai - own.nilai) >= _NEAR
