"""A pair as a clerk sees it: side by side, every difference marked, every piece of evidence with its weight."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangkau.apps.audit.masking import mask_number
from jangkau.apps.intake.models import ProposalRow
from jangkau.apps.linkage.letters import Pieces, marked
from jangkau.apps.linkage.models import Link, LinkRun
from jangkau.core.linkage.explain import chance, log_odds, title

_EDGE = 1.5  # bits of room at both ends of the scale
_SUFFIXES = ("_langka", "_sama")
_UNWEIGHED = (("no_kk", gettext_lazy("Nomor KK")), ("pekerjaan", gettext_lazy("Pekerjaan")))
Raw = list[Any]


@dataclass(frozen=True)
class Fall:
    """Where a row's bar runs, in percent of the scale: from `start` to `end`; `first` is where the sum begins."""

    start: float
    end: float
    first: bool

    @property
    def left(self) -> float:
        """Its left end."""
        return min(self.start, self.end)

    @property
    def width(self) -> float:
        """Its length; what is too short to see is still drawn."""
        return max(abs(self.end - self.start), 0.4)


@dataclass(frozen=True)
class Line:
    """One row of the comparison; without `fall` it has no weight."""

    title: str
    finding: str
    left: Pieces
    right: Pieces
    bits: float | None
    fall: Fall | None = None


@dataclass(frozen=True)
class Step:
    """One comparison on the way from the list to the register: `left` and `right` are the names of both sides."""

    left: str
    right: str
    lines: list[Line]
    bits: float
    zero: float
    zones: tuple[float, float]
    here: float

    @property
    def chance(self) -> float:
        """The probability that all evidence comes to."""
        return chance(self.bits)

    @property
    def bands(self) -> list[tuple[str, float, float]]:
        """The stretches of the scale that mean no, look, yes: name, start, width."""
        low, high = self.zones
        return [("zone-no", 0, low), ("zone-look", low, high - low), ("zone-yes", high, 100 - high)]

    @property
    def verdict(self) -> str:
        """Where that stands."""
        return "tidak" if self.here < self.zones[0] else "cocok" if self.here >= self.zones[1] else "tinjau"


@dataclass(frozen=True)
class Sight:
    """A pair with everything that helps to decide it."""

    link: Link
    row: ProposalRow | None
    steps: list[Step]
    if_same: list[str]

    @property
    def names(self) -> tuple[str, str]:
        """What both sides are called."""
        return ((self.row and self.row.nama) or "–", (self.link.isi or {}).get("nama") or "–")


def sight(link: Link, run: LinkRun | None) -> Sight:
    """The pair, read from what the run kept."""
    row = ProposalRow.objects.filter(id_usulan=link.member.id_usulan).select_related("file").first()
    limits = run.thresholds if run else {"tinjau": 0.5, "cocok": 0.9}
    steps = [_step(told, limits) for told in link.bukti or []]
    if len(steps) == 1:
        steps[0].lines.extend(_unweighed(row, link.isi or {}))
    return Sight(link, row, steps, consequences(link))


def _step(told: dict[str, Any], limits: dict[str, float]) -> Step:
    grouped = list(_grouped(told["batang"]))
    sums = [0.0]
    for _code, _title, _finding, bits in grouped:
        sums.append(sums[-1] + bits)
    edges = [log_odds(limits["tinjau"]), log_odds(limits["cocok"])]
    low, high = min(*sums, *edges) - _EDGE, max(*sums, *edges) + _EDGE

    def place(bits: float) -> float:
        return 100 * (bits - low) / (high - low)

    lines = []
    for at, (code, name, finding, bits) in enumerate(grouped):
        pair = told["nilai"].get(code, ["", ""]) if at else ["", ""]
        left, right = marked(*_in_words(code, pair))
        lines.append(Line(name, finding, left, right, bits, Fall(place(sums[at]), place(sums[at + 1]), at == 0)))
    known = {code for code, *_rest in grouped}
    for code, pair in told["nilai"].items():
        if code not in known and any(pair):
            left, right = marked(*pair)
            lines.append(Line(_(title(code)), _("kosong di satu pihak, tanpa bobot"), left, right, None))
    zones = (place(edges[0]), place(edges[1]))
    return Step(told["kiri"], told["kanan"], lines, sums[-1], place(0), zones, place(sums[-1]))


def _in_words(code: str, pair: list[str]) -> list[str]:
    """Codes as words."""
    sexes = {"L": _("Laki-laki"), "P": _("Perempuan")}
    return [sexes.get(value, value) for value in pair] if code == "kelamin" else list(pair)


def _grouped(bars: list[Raw]) -> Iterator[tuple[str, str, str, float]]:
    """Bars with what they say of rareness added to the comparison itself, in the language of the page."""
    merged: dict[str, Raw] = {}
    for code, name, finding, bits in bars:
        plain = next((code.removesuffix(end) for end in _SUFFIXES if code.endswith(end)), code)
        if plain in merged:
            merged[plain][1] += f"; {_(finding)}"
            merged[plain][2] += bits
        else:
            merged[plain] = [_(name), _(finding), bits]
    for code, (name, finding, bits) in merged.items():
        yield code, name, finding, bits


def _unweighed(row: ProposalRow | None, isi: dict[str, Any]) -> Iterator[Line]:
    """What is looked at but not weighed."""
    for name, words in _UNWEIGHED:
        one, other = (str(value or "") for value in (getattr(row, name, None), isi.get(name)))
        if name == "no_kk":
            one, other = (mask_number(value) if value else "" for value in (one, other))
        if one or other:
            left, right = marked(one, other) if name == "no_kk" else (marked(one, "")[0], marked("", other)[1])
            yield Line(str(words), _("tanpa bobot"), left, right, None)


def consequences(link: Link) -> list[str]:
    """What follows if both are one person, in words."""
    isi, told = link.isi or {}, []
    if isi.get("tanggal_meninggal"):
        told.append(_("orangnya tercatat meninggal"))
    if isi.get("menghalangi"):
        told.append(_("ia sudah aktif dan tidak perlu dibayar lagi"))
    elif isi.get("habis"):
        told.append(_("kepesertaannya berakhir sebelum rencana dimulai: ia diperpanjang, bukan didaftarkan baru"))
    if isi.get("sudah_diusulkan"):
        told.append(_("ia sudah diusulkan di baris lain: keduanya menjadi satu orang"))
    if link.register == "kesejahteraan" and isi.get("desil"):
        told.append(_("ia di desil %(desil)s, yang menambah poinnya") % {"desil": isi["desil"]})
    if link.register == "penduduk" and not told:
        told.append(_("ia dikenal di register penduduk dan dapat dinilai kelayakannya"))
    return told
