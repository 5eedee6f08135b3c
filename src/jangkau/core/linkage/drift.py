"""What has shifted between two snapshots or two runs: gaps, values, decisions, and how much of it is no chance."""

from collections.abc import Callable
from math import log
from typing import Any

import polars as pl

from jangkau.core.engine import polars
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.proportions import Share
from jangkau.core.linkage.shift import FAR, SHIFTED, SLIGHT, SURE, Shift, rates, values, word_of
from jangkau.core.tables.schema import Column, Frame, Privacy, Table


def tables(old: dict[str, Frame], new: dict[str, Frame], declared: dict[str, Table]) -> list[Shift]:
    """Every column of the tables that both sides have: gaps, values, keys gone and come, what changed under a key."""
    found: list[Shift] = []
    for name, table in declared.items():
        if name in old and name in new:
            before, after = polars(old[name]), polars(new[name])
            columns = [column for column in table.columns if column.name in before.columns]
            found += [shift for column in columns for shift in _column(name, column, before, after)]
            found += _keys(table, before, after)
    return found


def links(old: Frame, new: Frame, lines: tuple[int, int]) -> list[Shift]:
    """TAUTAN of two runs of `lines` proposals each: what was decided, how, and how the probabilities lie."""
    found: list[Shift] = []
    for register in sorted({*old["register"].to_list(), *new["register"].to_list()}):
        both = [polars(tautan).filter(pl.col("register") == register) for tautan in (old, new)]
        for word in ("cocok", "tinjau"):
            counts = [part.filter(pl.col("keputusan") == word)["id_usulan"].n_unique() for part in both]
            found.append(rates(register, "keputusan", f"usulan {word}", *map(Share, counts, lines)))
        counts = [part.filter(keputusan="cocok", cara="nik").height for part in both]
        decided = [part.filter(keputusan="cocok").height for part in both]
        found.append(rates(register, "cara", "cocok lewat NIK", *map(Share, counts, decided)))
        chances = [part.filter(cara="model")["peluang"] for part in both]
        found.append(values(register, "peluang", "sebaran peluang model", *(_tenths(each) for each in chances)))
    return found


def agreements(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[Shift]:
    """How often settled pairs agree (see `agreement`) in two runs, and in the new one against the model."""
    before = {row["kolom"]: row for row in old}
    found: list[Shift] = []
    for row in new:
        now = Share(row["pembilang"], row["penyebut"])
        earlier = before.get(row["kolom"])
        if earlier:
            share = Share(earlier["pembilang"], earlier["penyebut"])
            found.append(rates("kesamaan", row["kolom"], "sama pada pasangan cocok", share, now))
        if row["model"] is not None and now.value is not None:
            short = row["model"] - now.interval(SURE)[1]
            word = word_of(short, SLIGHT, 10 * SLIGHT)
            model = {"nilai": row["model"], "pembilang": None, "penyebut": None}
            found.append(Shift("kesamaan", row["kolom"], "kurang dari m model", word, model, now.as_dict()))
    return found


def chances_alike(old: Frame, new: Frame, model: Model) -> list[Shift]:
    """How often two persons drawn at random are alike, in two populations, beside the model's u."""
    found: list[Shift] = []
    for column, comparison in (("jenis_kelamin", "kelamin"), ("tanggal_lahir", "lahir"), ("nama", "nama")):
        before, after = (_alike(side[column].to_native()) for side in (old, new))
        if before and after:
            ratio = abs(log(after / before))
            word = word_of(ratio, log(1.25), log(2))
            shares = [{"nilai": value, "pembilang": None, "penyebut": None} for value in (before, after)]
            expected = model.parameters[comparison]["sama"][1]
            words = f"dua orang acak sama (u model {expected:.2g})".replace(".", ",")
            found.append(Shift("penduduk", column, words, word, shares[0], shares[1]))
    return found


def _alike(side: pl.Series) -> float:
    counts = side.drop_nulls().value_counts()["count"].cast(pl.Float64)
    people = float(counts.sum())
    return float((counts * (counts - 1)).sum()) / (people * (people - 1)) if people > 1 else 0.0


def _column(table: str, column: Column, old: pl.DataFrame, new: pl.DataFrame) -> list[Shift]:
    sides = old[column.name], new[column.name]
    gaps = [Share(side.null_count(), len(side)) for side in sides]
    found = [] if column.required else [rates(table, column.name, "kosong", *gaps)]
    for measure, group in _GROUPINGS.get(column.name, _plain(column)):
        grouped = [pl.DataFrame({"x": side}).select(group(pl.col("x"))).to_series() for side in sides]
        found.append(values(table, column.name, measure, *grouped))
    return found


def _plain(column: Column) -> list[tuple[str, Callable[[pl.Expr], pl.Expr]]]:
    """How the values of a column are grouped; what identifies a person is not."""
    if column.privacy == Privacy.IDENTIFIER or column.name.startswith("id_"):
        return []
    return [("isi", lambda value: value.cast(pl.String))]


_GROUPINGS: dict[str, list[tuple[str, Callable[[pl.Expr], pl.Expr]]]] = {
    "nama": [
        ("kata pertama", lambda value: value.str.to_uppercase().str.extract(r"([\p{L}']+)")),
        ("banyaknya kata", lambda value: value.str.count_matches(r"\S+")),
    ],
    "tanggal_lahir": [
        ("dasawarsa", lambda value: value.dt.year() // 10),
        ("tanggal bawaan 1 Januari", lambda value: (value.dt.month() == 1) & (value.dt.day() == 1)),
    ],
    "tanggal_meninggal": [("tahun", lambda value: value.dt.year())],
    "kode_desa": [("kecamatan", lambda value: value.str.head(6))],
    "kode_wilayah": [("kabupaten", lambda value: value.str.head(4))],
    "upah": [("besarnya", lambda value: (value + 1).log(base=2).floor())],
    "penghasilan": [("besarnya", lambda value: (value + 1).log(base=2).floor())],
    "mulai": [("tahun", lambda value: value.str.head(4))],
    "dibayar_sampai": [("tahun", lambda value: value.str.head(4))],
    **{name: [] for name in ("berkas", "lembar", "baris", "no_hp")},
}


def _keys(table: Table, old: pl.DataFrame, new: pl.DataFrame) -> list[Shift]:
    """How many keys went and came, and what changed under those that stayed."""
    if len(table.key) != 1 or table.key[0] in ("id_usulan", "id_pekerja"):
        return []
    key = table.key[0]
    kept = old.join(new, on=key, suffix="_baru")
    gone, come = Share(old.height - kept.height, old.height), Share(new.height - kept.height, new.height)
    found = [
        _one(table.name, key, "hilang dari yang lama", gone),
        _one(table.name, key, "tidak ada di yang lama", come),
    ]
    for name in ("nik", "no_kk", "nama", "tanggal_lahir", "kode_desa"):
        if name in kept.columns and name != key:
            changed = Share(kept.filter(pl.col(name).ne_missing(pl.col(f"{name}_baru"))).height, kept.height)
            found.append(_one(table.name, name, "berubah pada kunci yang sama", changed))
    return found


def _one(table: str, column: str, measure: str, share: Share) -> Shift:
    return Shift(table, column, measure, word_of(share.value or 0.0, SHIFTED, FAR), baru=share.as_dict())


def _tenths(chances: pl.Series) -> pl.Series:
    return (chances * 10).floor().clip(0, 9).cast(pl.Int64)
