"""Where the people of a list live: from the row, the lines above it, the sheet's, the file's and the folders' names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from jangkau.core.identity.regions import Level, Located, Region, Regions
from jangkau.core.intake import words as known

_LEVELS = {
    **dict.fromkeys(("desa", "kelurahan", "kel", "ds", "nagari", "gampong", "pekon"), "desa"),
    **dict.fromkeys(("kecamatan", "kec", "distrik"), "kecamatan"),
    **dict.fromkeys(("kabupaten", "kab", "kota"), "kabupaten"),
}
_WORD = re.compile(r"[A-Za-z'’`.-]*[A-Za-z][A-Za-z'’`-]*|\d+|[,;:()\[\]|/=+–]| - ")
_LONGEST_TEXT = 300
_CODE = re.compile(r"(?<!\d)\d{2}\.?\d{2}\.?\d{2}\.?[12]\d{3}(?!\d)")


@dataclass(frozen=True)
class Named:
    """Names of a place as written; empty where unknown."""

    desa: str = ""
    kecamatan: str = ""
    kabupaten: str = ""

    def __bool__(self) -> bool:
        return bool(self.desa or self.kecamatan or self.kabupaten)

    def over(self, wider: "Named") -> "Named":
        """These names, and where one is missing that of `wider`."""
        return Named(self.desa or wider.desa, self.kecamatan or wider.kecamatan, self.kabupaten or wider.kabupaten)

    def then(self, later: "Named") -> "Named":
        """After a later line: what it names replaces, and a wider place renewed forgets the narrower."""
        if later.kabupaten and not self._same(later.kabupaten, self.kabupaten):
            return later
        if later.kecamatan and self.kecamatan and not self._same(later.kecamatan, self.kecamatan):
            return replace(later, kabupaten=later.kabupaten or self.kabupaten)
        return later.over(self)

    @staticmethod
    def _same(one: str, other: str) -> bool:
        return not other or one.casefold() == other.casefold()

    @property
    def words(self) -> str:
        """For a message."""
        return ", ".join(word for word in (self.desa, self.kecamatan, self.kabupaten) if word)


@lru_cache(maxsize=20_000)
def named_in(text: str) -> Named:
    """The places that a line names with their level: `DESA SUKAMAJU KEC. IPUH`."""
    found: dict[str, str] = {}
    level, words = "", list[str]()
    for token in [*_WORD.findall(text[:_LONGEST_TEXT].replace("_", " ")), ";"]:
        plain = token.lower().strip(".-'’`")
        following = _LEVELS.get(plain)
        if following and not (plain == "kota" and level and not words):
            _keep(found, level, words)
            level, words = following, ["Kota"] if plain == "kota" else []
        elif (
            (plain in known.words("akhir_tempat") and not (plain == "dusun" and level == "desa" and not words))
            or (plain.isdigit() and len(plain) > 2)
            or not re.search(r"\w", token)
        ):
            if words or token not in ":/=;":
                _keep(found, level, words)
                level, words = "", []
        elif level:
            words.append(token.strip(".-"))
    return Named(**found)


def _keep(found: dict[str, str], level: str, words: list[str]) -> None:
    name = " ".join(words)
    if name == "Kota" and found:  # not a city but the end of `Galesong Kota`
        last = next(reversed(found))
        found[last] += " Kota"
    if level and len(name) > 1 and name != "Kota":
        found.setdefault(level, name)


@dataclass(frozen=True)
class Placed:
    """A settled place; `kode_desa` only when certain. `kode` and `calon` name the problem, if any."""

    kode_wilayah: str | None
    kode_desa: str | None
    kode: str | None = None
    teks: str = ""
    calon: str = ""


class Places:
    """Settles places in one province, each combination once."""

    def __init__(self, regions: Regions) -> None:
        self.regions = regions
        self._known: dict[Named, Placed] = {}

    def settle(self, named: Named) -> Placed:
        """The place that these names fit for certain."""
        if named not in self._known:
            self._known[named] = self._settle(named)
        return self._known[named]

    def _settle(self, named: Named) -> Placed:
        if not named:
            return Placed(None, None, "DESA_TIDAK_DISEBUT")
        found = self.regions.locate(desa=named.desa, kecamatan=named.kecamatan, kabupaten=named.kabupaten)
        names = "; ".join(self._full_name(code) for code in found.kandidat[:6])
        if len(found.kode) == 10 and self._agrees(found, named):
            return Placed(found.kode, found.kode, found.kode_masalah, named.words, names or self._full_name(found.kode))
        outside = found.kode_masalah == "KABUPATEN_TIDAK_DIKENAL"
        wider = found.kode[:4] if len(found.kode) == 10 else found.kode
        return Placed(None if outside else wider, None, found.kode_masalah or "DESA_TIDAK_DISEBUT", named.words, names)

    def shortened(self, named: Named, context: Named) -> Named:
        """Names taken from running text without the words that follow them: `SUKAMAJU DALAM RANGKA ...`."""
        named = self._not_a_city(named, context)
        desa, kecamatan = named.desa, named.kecamatan
        kabupaten = self._shorten(named.kabupaten, "kabupaten", "")
        wide = self.regions.locate(kabupaten=kabupaten or context.kabupaten).kode
        kecamatan = self._shorten(kecamatan, "kecamatan", wide)
        wide = self.regions.locate(
            kabupaten=kabupaten or context.kabupaten, kecamatan=kecamatan or context.kecamatan
        ).kode
        return Named(self._shorten(desa, "desa", wide) or self._shorten(desa, "desa", ""), kecamatan, kabupaten)

    def _not_a_city(self, named: Named, context: Named) -> Named:
        """`Kota Manna` is a kecamatan and `Kota Bani` a village; neither is a kota."""
        city = named.kabupaten
        if not city.startswith("Kota ") or self.regions.find(city, level="kabupaten"):
            return named
        around = self.regions.locate(kabupaten=context.kabupaten).kode
        near = self.regions.locate(kabupaten=context.kabupaten, kecamatan=context.kecamatan).kode
        words = city.split()
        for name in [" ".join(words[:size]) for size in range(len(words), 1, -1)]:
            if not named.desa and context.kecamatan and len(near) == 6 and self._exact(name, "desa", near):
                return Named(name, named.kecamatan, "")
            if not named.kecamatan and self._exact(name, "kecamatan", around):
                return Named(named.desa, name, "")
            if not named.desa and self._exact(name, "desa", around):
                return Named(name, named.kecamatan, "")
        return named if named.desa or named.kecamatan else Named()

    def _shorten(self, name: str, level: Level, within: str) -> str:
        words = name.split()
        for size in range(len(words), 0, -1):
            if self.regions.find(" ".join(words[:size]), level=level, within=within):
                return " ".join(words[:size])
        return name if level != "desa" or not within else ""

    def _agrees(self, found: Located, named: Named) -> bool:
        """Whether nothing that was written contradicts the village found, spelling apart."""
        if found.kode_masalah in (None, "DESA_BEDA_KECAMATAN"):
            return True
        if found.kode_masalah == "KECAMATAN_TIDAK_DIKENAL":
            return bool(named.kabupaten)
        within = self.regions.find(named.kecamatan, level="kecamatan") if named.kecamatan else []
        return found.kode[:6] in [region.code for region in within]

    def _full_name(self, code: str) -> str:
        parents = [code[:length] for length in (10, 6, 4) if len(code) >= length]
        return ", ".join(self.regions.name(parent) for parent in parents)

    def bare(self, text: str, context: Named, *, folder: bool = False) -> Named:
        """The village, and kecamatan, that a sheet, file or folder is called after; only if spelled exactly so."""
        code = _CODE.search(text)
        if code and self.regions.exists(code[0].replace(".", "")):
            return Named(desa=code[0].replace(".", ""))
        within = (self.settle(context).kode_wilayah if context else None) or ""
        phrases = self._phrases(text, within)
        if len(phrases) == 1 or folder:
            return self._one(phrases, within, folder=folder)
        pairs = [
            Named(desa, kecamatan)
            for at, kecamatan in enumerate(phrases)
            for other, desa in enumerate(phrases)
            if at != other and self._exact(desa, "desa", self._only(kecamatan, within))
        ]
        return pairs[0] if len(set(pairs)) == 1 else Named()

    def _one(self, phrases: list[str], within: str, *, folder: bool) -> Named:
        for phrase in phrases:
            if folder and self._exact(phrase, "kecamatan", within):
                return Named(kecamatan=phrase)
            if self._exact(phrase, "desa", within):
                return Named(desa=phrase)
        return Named()

    def _phrases(self, text: str, within: str) -> list[str]:
        """Longest runs of words that are a village's or kecamatan's name."""
        words = [word for word in re.findall(r"[A-Za-z']+|\d+", text) if not (word.isdigit() and len(word) > 2)]
        found: dict[int, str] = {}
        used: set[int] = set()
        for size in range(min(len(words), 4), 0, -1):
            for start in range(len(words) - size + 1):
                phrase = words[start : start + size]
                noise = all(w.lower() in known.words("nama_berkas") or w.isdigit() or len(w) < 3 for w in phrase)
                if (noise and (size < len(words) or size == 1)) or used & set(range(start, start + size)):
                    continue
                name = " ".join(phrase)
                if self._exact(name, "desa", within) or self._exact(name, "kecamatan", within):
                    found[start] = name
                    used |= set(range(start, start + size))
        return [found[start] for start in sorted(found)]

    def _only(self, kecamatan: str, within: str) -> str:
        found = self._exact(kecamatan, "kecamatan", within)
        return found[0].code if len(found) == 1 else "-"

    def _exact(self, phrase: str, level: Level, within: str) -> list[Region]:
        found = self.regions.find(phrase, level=level, within=within)
        return [region for region in found if _letters(region.name) == _letters(phrase)]


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def combine(sources: Iterable[Named]) -> Named:
    """Narrow sources first; each fills what the ones before left open."""
    whole = Named()
    for source in sources:
        whole = whole.over(source)
    return whole
