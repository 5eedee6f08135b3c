"""Targets of the plan: asked, reached and missing, as texts in rows."""

from typing import Any

from jangkau.core.kernel.formats import number
from jangkau.core.reporting.figures import Figures
from jangkau.core.reporting.words import short_name

_MOST_TOLD = 10


def targets_table(f: Figures) -> dict[str, Any] | None:
    """One row a target; below it what is missing and what to do, in words. None where the plan has no target."""
    rows = f.run.ringkasan.get("target")
    if not rows:
        return None
    names = {place.wilayah: short_name(place.nama) for place in f.coverage}
    short = [row["kalimat"] for row in rows if row["kurang_orang"]]
    return {
        "kolom": ["Target", "Wilayah", "Diminta", "Perlu", "Tercapai", "Kurang", "Kurang (Rp)", "Poin tambahan"],
        "baris": [
            [
                row["indikator"].replace("_", " ").capitalize(),
                names.get(row["wilayah"], row["wilayah"]),
                row["diminta"],
                *(number(row[key]) for key in ("perlu_orang", "tercapai_orang", "kurang_orang", "kurang_rupiah")),
                number(row["poin_tambahan"], 1),
            ]
            for row in rows
        ],
        "catatan": " ".join(short) or "Semua target tercapai.",
    }


def targets_told(f: Figures) -> list[tuple[str, str, str]]:
    """For the closing table: how many targets are reached, and each that is not: people and rupiah missing, and where.

    At most ten; the report and rencana.json have all.
    """
    rows = f.run.ringkasan.get("target") or []
    short = [row for row in rows if row["kurang_orang"]]
    if not rows:
        return []
    whole = ("Target", f"{number(len(rows) - len(short))} dari {number(len(rows))} tercapai", _rest(len(short)))
    names = {place.wilayah: short_name(place.nama) for place in f.coverage}
    each = [("Target belum tercapai", names.get(row["wilayah"], row["wilayah"]), row["kalimat"]) for row in short]
    return [whole, *each[:_MOST_TOLD]]


def _rest(short: int) -> str:
    if short > _MOST_TOLD:
        return (
            f"{number(_MOST_TOLD)} dari {number(short)} yang belum tercapai tertulis di bawah; semuanya di laporan.pdf"
        )
    return f"{number(short)} belum, tertulis di bawah" if short else "semua tercapai"
