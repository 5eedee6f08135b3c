"""An edition worked out whole: figures, protection, attack, files."""

import hashlib
from pathlib import Path
from typing import Any

import polars as pl
from django.utils import timezone
from django.utils.translation import gettext_noop

from jangkau.apps.opendata.choice import Choice
from jangkau.apps.opendata.models import KNOWN, Edition
from jangkau.apps.opendata.source import figures
from jangkau.apps.regions.models import Region
from jangkau.core import disclosure
from jangkau.core.coverage import indicators, ties
from jangkau.core.disclosure.formats import About, Dataset, datasets, write
from jangkau.core.kernel.progress import Progress
from jangkau.core.publish import staging
from jangkau.core.tables.open_data import CLOSED, EDISI

KEPT = "simpan/edisi.parquet"


def known_before() -> list[Edition]:
    """Editions that have been public, in the order in which they became so."""
    return list(Edition.objects.filter(state__in=KNOWN).order_by("published_at", "number"))


def make(edition: Edition, progress: Progress) -> dict[str, Any]:
    """Write the files of an edition, and return what the database keeps of it. Again, the same.

    Raises the problems of `source.figures` and of `disclosure.make`.
    """
    choice, before = Choice.read(edition.choice), known_before()
    progress.step(gettext_noop("Mengambil angka yang sudah dihitung"))
    counted, print_of_it = figures()
    own = choice.of(counted)
    kept = [EDISI.check(pl.read_parquet(one.folder / KEPT)).to_native() for one in before]
    made = disclosure.make(own, kept, choice.rules, progress, ties())
    about = about_edition(edition)
    progress.step(gettext_noop("Menulis berkas"))
    with staging(edition.folder) as draft:
        (draft / "terbit").mkdir()
        (draft / "simpan").mkdir()
        write(made.public, about, draft / "terbit")
        made.kept.write_parquet(draft / KEPT, compression="zstd", statistics=False)
    return {
        "after": [one.number for one in before],
        "files": _files(edition.public),
        "summary": {
            "kumpulan": [_dataset(one, made.summary) for one in datasets(made.public, about)],
            "serangan": {"dicoba": made.attack.tried, "terbuka": len(made.attack.exposed), "lebar": _width(made)},
            "sebab": made.summary.to_dicts(),
            "hitungan": print_of_it,
        },
    }  # fmt: skip


def about_edition(edition: Edition) -> About:
    """What the files say of the edition."""
    terms = {code: vars(one) for code, one in indicators().items()}
    regions = dict(Region.objects.values_list("code", "name"))
    return About(edition.number, edition.title, timezone.localdate(edition.created_at), terms, regions)


def _dataset(one: Dataset, summary: pl.DataFrame) -> dict[str, Any]:
    """A dataset as lists and public pages show it."""
    own = summary.filter(pl.col("indikator") == one.code)
    days = one.rows["per"].unique().sort()
    return {
        "kode": one.code, "nama": one.name, "definisi": one.definition, "satuan": one.unit, "baris": len(one.rows),
        "ditutup": len(one.rows.filter(pl.col("status") == CLOSED)), "versi": one.rows["versi"][0],
        "tanggal": [day.isoformat() for day in days], "tingkat": own["tingkat"].to_list(),
    }  # fmt: skip


def _width(made: disclosure.Edition) -> float | None:
    return round(made.attack.narrowest, 1) if made.attack.tried else None


def _files(folder: Path) -> dict[str, dict[str, Any]]:
    found = sorted(folder.iterdir())
    return {path.name: {"besar": path.stat().st_size, "sha256": _sum(path)} for path in found}


def _sum(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
