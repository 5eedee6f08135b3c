"""The checker's own reading of targets: who counts towards each, whether it is reached, and what that is worth."""

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.planning.verify_facts import Facts, Flags, Ints, cells_of

_WHOLE = 10_000
_WHO = {
    "orang": pl.lit(True),
    "perempuan": pl.col("jenis_kelamin") == "P",
    "disabilitas": pl.col("disabilitas") == 1,
    "lanjutan": pl.col("rincian_poin").str.contains('"lanjutan":', literal=True),
    "miskin_ekstrem": pl.col("desil") == 1,
}


class Goals:
    """The targets of a certificate, counted over people; no target is an empty one of these."""

    def __init__(self, facts: Facts, tables: dict[str, pl.DataFrame], rows: list[dict[str, Any]]) -> None:
        self.rows = rows
        columns = tables["pekerja"].select("id_pekerja", "jenis_kelamin", "disabilitas", "desil")
        people = facts.people.select("id_pekerja", "kode_desa").join(columns, on="id_pekerja", how="left")
        people = people.join(tables["kelayakan"].select("id_pekerja", "rincian_poin"), on="id_pekerja", how="left")
        self.member = [_flag(people, _WHO[row["indikator"]] & _inside(row)) for row in rows]
        self.count = [who.astype(np.int64) for who in self.member]
        self.base = [_flag(people, pl.lit(True) if row["indikator"] == "orang" else _inside(row)) for row in rows]

    def part(self, facts: Facts) -> tuple[Facts, Ints]:
        """Traits told apart by what they count for, and what each counts (trait x target)."""
        if not self.rows:
            return facts, np.zeros((len(facts.kind), 0), np.int64)
        code = facts.trait
        for count in self.count:
            values, place = np.unique(count, return_inverse=True)
            code = code * len(values) + place.reshape(-1)
        _, first, trait = np.unique(code, return_index=True, return_inverse=True)
        old = facts.trait[first]
        ends = np.searchsorted(facts.pair_trait, np.arange(len(facts.kind) + 1))
        many = np.diff(ends)[old]
        pair_trait = np.repeat(np.arange(len(old)), many)
        place = np.arange(len(pair_trait)) - np.repeat(np.cumsum(many) - many, many) + np.repeat(ends[old], many)
        trait = trait.reshape(-1).astype(np.int64)
        parted = replace(
            facts, trait=trait, cells=cells_of(trait, facts.points), pair_trait=pair_trait,
            pair_fund=facts.pair_fund[place], kind=facts.kind[old],
        )  # fmt: skip
        return parted, np.stack([count[first] for count in self.count], axis=1)

    def worth(self, counts: Ints) -> Ints:
        """Points on top of each trait's, times the scale of the certificate."""
        return np.asarray(counts @ np.array([row["poin"] for row in self.rows], np.int64), np.int64)

    @property
    def owed(self) -> Ints:
        """People whom every plan that is compared reaches of each target."""
        return np.array([int(row["paling_sedikit"]) for row in self.rows], np.int64)

    def debt(self) -> int:
        """Points on top that every plan earns which reaches what is written."""
        return sum(int(row["poin"]) * int(row["paling_sedikit"]) for row in self.rows)

    def wrong(self, paid: Flags, told: list[dict[str, Any]]) -> list[str]:
        """What does not hold: in words."""
        found = [f"target ke-{at} tidak dicapai seperti tertulis" for at in self._unreached(paid)]
        if any(type(row["poin"]) is not int or row["poin"] < 0 for row in self.rows):
            found.append("poin tambahan bukan bilangan bulat nol ke atas")
        sums = [(self._need(at, paid), int((who & paid).sum())) for at, who in enumerate(self.member)]
        said = [(row.get("perlu_orang"), row.get("tercapai_orang")) for row in told]
        if [(need or said_need, n) for (need, n), (said_need, _) in zip(sums, said, strict=False)] != said:
            found.append("orang yang perlu atau tercapai pada target berbeda dari rencana")
        return found

    def _need(self, at: int, paid: Flags) -> int | None:
        """People that a share asks for; None where the target is not a share."""
        row = self.rows[at]
        whole = {"layak": self.member[at], "terpilih": self.base[at] & paid}.get(row["dasar"])
        return None if whole is None else -(-int(row["bagian"]) * int(whole.sum()) // _WHOLE)

    def _unreached(self, paid: Flags) -> list[int]:
        sums = (int(count[paid].sum()) for count in self.count)
        short = [row["paling_sedikit"] > reached for row, reached in zip(self.rows, sums, strict=True)]
        return [at for at, wrong in enumerate(short, 1) if wrong]


def _inside(row: dict[str, Any]) -> pl.Expr:
    return pl.col("kode_desa").str.starts_with(row["wilayah"])


def _flag(people: pl.DataFrame, test: pl.Expr) -> Flags:
    return people.select(ok=test.fill_null(value=False))["ok"].to_numpy()
