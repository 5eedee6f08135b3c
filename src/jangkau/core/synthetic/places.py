"""The regions of one province, with people to share out, and a few other provinces where people come from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jangkau.core.identity.regions import Regions, provinces
from jangkau.core.synthetic.data import load

OTHER_PROVINCES = 5


@dataclass(frozen=True)
class Places:
    """Villages of a province in code order, as parallel arrays, and the names of all its regions."""

    province: str
    names: dict[str, str]
    villages: list[str]
    population: NDArray[np.int64]
    elsewhere: list[str]

    @property
    def regencies(self) -> list[str]:
        """Codes of its kabupaten and kota."""
        return sorted({code[:4] for code in self.villages})

    @property
    def districts(self) -> list[str]:
        """Codes of its kecamatan."""
        return sorted({code[:6] for code in self.villages})


def load_places(province: str, scale: float, rng: np.random.Generator) -> Places:
    """The villages of `province` with `scale` of their people, at least three each. Raises PROVINSI_TIDAK_ADA."""
    regions = Regions.load(province)
    villages = [village.code for village in regions.villages()]
    every = [*regions.kabupaten, *regions.kecamatan(), *regions.villages()]
    names = {province: regions.name(province), **{region.code: region.name for region in every}}
    others = sorted(
        rng.choice([p.code for p in provinces() if p.code != province], OTHER_PROVINCES, replace=False).tolist()
    )
    elsewhere = [village.code for other in others for village in Regions.load(other).villages()]
    people = np.maximum(3, np.floor(_population(villages, rng) * scale + rng.random(len(villages)))).astype(np.int64)
    return Places(province, names, villages, people, elsewhere)


def _population(villages: list[str], rng: np.random.Generator) -> NDArray[np.float64]:
    """People by village at full scale: each kabupaten's known total, shared out unevenly."""
    data = load("population")
    weight = rng.lognormal(0, 0.45, len(villages))
    weight *= np.where([code[6] == "1" for code in villages], data["bobot_kelurahan"], 1.0)
    regency = np.array([code[:4] for code in villages])
    people = np.zeros(len(villages))
    for code in sorted(set(regency)):
        here = regency == code
        total = data["jumlah"].get(code, data["per_desa"] * int(here.sum()))
        people[here] = total * weight[here] / weight[here].sum()
    return people
