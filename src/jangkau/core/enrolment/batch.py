"""A batch as it is sent to the insurer: who is in it, in which row, under which signature."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.enrolment.exchange import ExchangeColumn, write_upload
from jangkau.core.enrolment.roster import NameOf, named
from jangkau.core.tables.schema import Frame

# What a signature stands for; a row of which any of these changed is another row.
SIGNED = ("nik", "nama", "tanggal_lahir", "jenis_kelamin", "dana", "bulan_mulai", "jumlah_bulan", "iuran_total")
SHOWN = 16  # letters of the signature that are written into the file


def signatures(rows: Frame) -> list[str]:
    """For each row the sha256, in hex, of its `SIGNED` fields as one JSON list; capitals of the name do not count.

    In: the fields of `SIGNED`, `tanggal_lahir` a date or null.
    """
    signed = rows.select(
        nw.col(name).str.to_uppercase() if name == "nama" else nw.col(name).cast(nw.String) for name in SIGNED
    )
    return [_signature(values) for values in polars(signed).iter_rows()]


def _signature(values: tuple[Any, ...]) -> str:
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def arranged(people: Frame, number: str, name_of: NameOf) -> Frame:
    """The rows of a batch, in the order of a decree and with its words.

    In: people and what is paid for them, as `roster.named` takes them, any order. Adds `kunci` (`number` and the row's
    number from 1), `tanda_tangan` (the whole signature) and `tanda` (as much of it as is sent).
    """
    rows = named(people, name_of)
    signed = signatures(rows)
    keys = [f"{number}-{at:06d}" for at in range(1, len(rows) + 1)]
    added = {"kunci": keys, "tanda_tangan": signed, "tanda": [text[:SHOWN] for text in signed]}
    return frame(polars(rows).with_columns(pl.Series(name, values, pl.String) for name, values in added.items()))


def write_batch(rows: Frame, columns: list[ExchangeColumn], path: Path, on: date) -> str:
    """The file for the insurer of `arranged` rows; returns its sha256. The same rows give the same bytes."""
    write_upload(rows, columns, path, on)
    return hashlib.sha256(path.read_bytes()).hexdigest()
