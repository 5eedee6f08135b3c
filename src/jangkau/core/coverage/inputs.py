"""What figures are measured from: frames that may each be missing, which makes a figure unknown and never 0."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jangkau.core.coverage.panel import Snapshot
from jangkau.core.tables.schema import Frame

NAMES = {
    "peserta": "register/peserta",
    "penduduk": "register/penduduk",
    "kesejahteraan": "register/kesejahteraan",
    "angkatan_kerja": "register/angkatan_kerja.csv",
    "bulan_orang": "buku dana",
    "dana": "dana.csv",
    "klaim": "kasus klaim",
    "baris": "catatan pendataan",
    "kewajiban": "kartu nilai",
}


@dataclass(frozen=True)
class Inputs:
    """Everything that can be counted.

    `potret`: by date, PESERTA or a function that reads it when its turn comes, so that one is in memory at a time.
    `penduduk`, `kesejahteraan`, `angkatan_kerja`, `dana`: as in the workspace. The rest are counts made at a date `per`
    (Date) of a `wilayah` (code of any length):
    `bulan_orang`: `dana`, `keadaan` (of the ledger: komitmen, ditagih, dibayar, lepas, kembali), `bulan`
    (person-months), `rupiah`;
    `klaim`: `jatuh` (events of covered people in the last months), `dibayar` (of those, paid);
    `baris`: `baris` (received), `nik_sah`, `bermasalah` (rows that had a problem), `diperbaiki` (of those, mended);
    `kewajiban`: `kewajiban` (code), `terpenuhi` (true, false or null for not answered).
    `sumber`: what to call each of these as a source, where it is not the usual name.
    """

    potret: Mapping[date, Snapshot] = field(default_factory=dict)
    penduduk: Frame | None = None
    kesejahteraan: Frame | None = None
    angkatan_kerja: Frame | None = None
    dana: Frame | None = None
    bulan_orang: Frame | None = None
    klaim: Frame | None = None
    baris: Frame | None = None
    kewajiban: Frame | None = None
    sumber: Mapping[str, str] = field(default_factory=dict)

    def source(self, name: str) -> str:
        """What one of the inputs is called under a figure."""
        return self.sumber.get(name, NAMES[name])
