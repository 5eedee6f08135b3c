"""MASALAH put together: rows of the lists, notes about whole files, second rows of one person."""

from typing import Any

import narwhals as nw

from jangkau.core.engine import from_columns
from jangkau.core.kernel.problems import kind
from jangkau.core.linkage import Linked
from jangkau.core.tables import results as t
from jangkau.core.tables.schema import Frame


def together(masalah: Frame, notes: list[dict[str, Any]], others: list[Frame]) -> Frame:
    """MASALAH with notes about whole files, in one order."""
    frames = [masalah, *others]
    if notes:
        columns = {name: [row.get(name) for row in notes] for name in (*notes[0], "baris")}
        frames.append(t.MASALAH.conform(from_columns(columns)))
    keys = ["berkas", "lembar", "baris", "kolom", "kode"]
    return t.MASALAH.check(nw.concat(frames).sort(keys, nulls_last=False))


def duplicates(linked: Linked) -> Frame:
    """MASALAH of the second and later rows of one person."""
    entry = kind("GANDA")
    before, after = entry.pesan.split("{pertama}")
    rows = linked.ganda.join(linked.usulan.select("id_usulan", "berkas", "lembar", "baris"), on="id_usulan", how="left")
    return t.MASALAH.conform(
        rows.with_columns(
            kode=nw.lit(entry.kode),
            tingkat=nw.lit(entry.tingkat),
            pesan=nw.concat_str(nw.lit(before), nw.col("id_usulan_pertama"), nw.lit(after)),
            saran=nw.lit(entry.saran),
        )
    )
