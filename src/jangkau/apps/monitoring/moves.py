"""What moved the number of people covered between two snapshots, as a page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl
from django.conf import settings as site
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed
from jangkau.apps.monitoring import persons, reading
from jangkau.apps.monitoring.models import Counting
from jangkau.core.coverage.change import EVERY, JOINED, SEGMENTS, veiled
from jangkau.core.tables.monitoring import STEPS

WORDS: dict[str, tuple[Any, Any]] = {
    "awal": (_("awal"), _("Aktif pada potret pertama.")),
    "baru": (_("baru"), _("Aktif sekarang; belum pernah aktif dan tidak ada dalam register pada potret pertama.")),
    "kembali": (_("kembali"), _("Aktif sekarang; pernah aktif, atau sudah ada dalam register pada potret pertama.")),
    "formalisasi": (_("formalisasi"), _("Dari BPU atau PMI menjadi PU atau jasa konstruksi, di wilayah ini.")),
    "informalisasi": (_("informalisasi"), _("Dari PU atau jasa konstruksi menjadi BPU atau PMI, di wilayah ini.")),
    "pindah_masuk": (_("pindah masuk"), _("Tadinya aktif di kabupaten lain di provinsi ini.")),
    "lapse": (_("lapse"), _("Masih dalam register, tetapi iurannya berhenti.")),
    "pindah_keluar": (_("pindah keluar"), _("Aktif di kabupaten lain di provinsi ini.")),
    "keluar_provinsi": (_("keluar provinsi"), _("Aktif atau tinggal di provinsi lain.")),
    "meninggal": (_("meninggal"), _("Meninggal sampai potret kedua menurut register penduduk.")),
    "lainnya": (_("lainnya"), _("Tidak ada lagi dalam register, tanpa sebab yang diketahui.")),
    JOINED: (_("digabung"), _("Langkah yang orangnya terlalu sedikit untuk ditampilkan, bersama yang terkecil lain.")),
    "akhir": (_("akhir"), _("Aktif pada potret kedua.")),
}  # fmt: skip
NAMES = {EVERY: _("semua"), "FORMAL": _("formal"), "INFORMAL": _("informal")}


@dataclass(frozen=True)
class Moves:
    """The change of one region and group between two snapshots; asked for another day, the last one up to it counts.

    `user` None is a reader who may see no persons.
    """

    user: User | None
    counting: Counting
    code: str
    sejak: date | None = None
    sampai: date | None = None
    segmen: str = EVERY

    @cached_property
    def kept(self) -> pl.DataFrame:
        """What was counted with the figures: from snapshot to snapshot, and over a year."""
        return reading.changes(self.counting, self.code).filter(pl.col("segmen") == self.group)

    @property
    def group(self) -> str:
        """The group shown."""
        return self.segmen if self.segmen in SEGMENTS else EVERY

    @cached_property
    def days(self) -> list[date]:
        """The days that may be chosen: the snapshots there are."""
        told = {*self.kept["sejak"], *self.kept["sampai"]}
        return sorted(told | {*persons.days_kept(self.counting)}) if told else []

    @cached_property
    def span(self) -> tuple[date, date] | None:
        """The two snapshots; what nobody asked for is the newest, and the earliest that was counted with it."""
        if len(self.days) < 2:
            return None
        until = _up_to(self.days[1:], self.sampai) if self.sampai else self.days[-1]
        usual: Any = self.kept.filter(pl.col("sampai") == until)["sejak"].min()
        since = _up_to(self.days, self.sejak) if self.sejak else usual
        earlier = [day for day in self.days if day < until]
        return (since if since in earlier else earlier[-1]), until

    @cached_property
    def rows(self) -> pl.DataFrame:
        """PERUBAHAN of the span; who may not see persons sees no step of a few."""
        if self.span is None:
            return self.kept.clear()
        return self._seen(*self.span)

    def _seen(self, since: date, until: date) -> pl.DataFrame:
        rows = self.kept.filter(sejak=since, sampai=until)
        if rows.is_empty():
            found = persons.change_between(self.counting, self.code, since, until)
            if found is not None:
                told = found.filter(wilayah=self.code, segmen=self.group)
                rows = told.with_columns(sejak=pl.lit(since), sampai=pl.lit(until)).select(rows.columns)
        if self.user is not None and allowed(self.user, "people.view", self.code):
            return rows
        return veiled(rows, site.JANGKAU_SMALL_CELLS)

    @property
    def lines(self) -> Iterator[dict[str, Any]]:
        """The steps that anybody took, with their words."""
        for row in self.rows.filter((pl.col("orang") > 0) | pl.col("langkah").is_in(["awal", "akhir"])).rows(
            named=True
        ):
            name, meaning = WORDS[row["langkah"]]
            yield row | {"nama": name, "arti": meaning}

    @cached_property
    def months(self) -> list[dict[str, Any]]:
        """From each snapshot to the next, the newest first: the days, both counts and each step of `month_steps`; None
        for a step whose few people are among `digabung`.
        """
        told = []
        for since, until in zip(self.days, self.days[1:], strict=False):
            rows = self._seen(since, until) if self.kept.filter(sejak=since, sampai=until).height else self.kept.clear()
            if len(rows):
                moved = dict.fromkeys((*STEPS, JOINED)) | dict(rows.select("langkah", "perubahan").rows())
                told.append({"sejak": since, "sampai": until, "moved": moved})
        return told[::-1]

    @cached_property
    def month_steps(self) -> list[str]:
        """The steps that anybody took from one snapshot to the next, in their order."""
        taken = {step for month in self.months for step, n in month["moved"].items() if n}
        return [step for step in (*STEPS[:-1], JOINED, "akhir") if step in taken]


def _up_to(days: list[date], asked: date) -> date:
    return max((day for day in days if day <= asked), default=days[0])
