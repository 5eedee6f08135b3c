"""Who the proposals truly are, from any file that says so, for `evaluate`."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from jangkau.core.kernel.problems import Problem, kind
from jangkau.core.register_files import open_table

KEYS = {"penduduk": "nik", "peserta": "kpj", "kesejahteraan": "id_individu"}
ENDINGS = (".parquet", ".csv", ".xlsx")
_TEXTS = {"id_usulan", "nik", "id_orang", "register", "id_register", *KEYS.values()}
NOBODY = ("", "null", "none", "nan", "-")


@dataclass(frozen=True)
class Register:
    """The truth of one register in the form that `evaluate` takes.

    `proposals`: id_usulan, nik (the person, null where it is nobody of the register); `rows`: id_register, nik.
    """

    proposals: pl.DataFrame
    rows: pl.DataFrame


@dataclass(frozen=True)
class Truth:
    """`usulan`: id_usulan, nik (null: nobody), orang (null: unknown), jenis (list, or null) of each judged proposal."""

    usulan: pl.DataFrame
    registers: dict[str, Register]
    catatan: tuple[str, ...] = ()


def read_truth(path: Path, known: pl.DataFrame | None = None) -> Truth:
    """The truth in a file, or in a folder with `usulan.*` (and `tautan_<register>.*`) or `pasangan.*`.

    Two forms: `id_usulan`, `nik` (the true one, empty where the person is nobody known), or `id_usulan`, `register`,
    `id_register`. `known`: the population's `nik`; a person who is not in it is in no register.
    Raises KEBENARAN_TIDAK_ADA, KEBENARAN_BENTUK, KEBENARAN_KOSONG, KEBENARAN_NIK, KEBENARAN_GANDA,
    KEBENARAN_REGISTER, BERKAS_RUSAK.
    """
    file = path if path.is_file() else _named(path, ("usulan", "pasangan"))
    if file is None:
        raise Problem("KEBENARAN_TIDAK_ADA", berkas=path.name)
    raw = _read(file)
    if raw.is_empty():
        raise Problem("KEBENARAN_KOSONG", berkas=file.name)
    if {"id_usulan", "nik"} <= set(raw.columns):
        return _by_person(raw, file, path if path.is_dir() else None, known)
    if {"id_usulan", "register", "id_register"} <= set(raw.columns):
        return _by_pairs(raw, file, known)
    raise Problem("KEBENARAN_BENTUK", berkas=file.name)


def _named(folder: Path, names: tuple[str, ...]) -> Path | None:
    files = (folder / f"{name}{ending}" for name in names for ending in ENDINGS)
    return next((file for file in files if file.is_file()), None)


def _read(file: Path) -> pl.DataFrame:
    """The table with lower-case column names, texts without blanks around them, what says nobody as null."""
    raw = open_table(file, file.name)
    raw = raw.rename({name: name.strip().lower() for name in raw.columns})
    return raw.with_columns(_text(name) for name in raw.columns if name in _TEXTS)


def _text(name: str) -> pl.Expr:
    text = pl.col(name).cast(pl.String).str.strip_chars(" '\t")
    return pl.when(~text.str.to_lowercase().is_in(NOBODY)).then(text).alias(name)


def _by_person(raw: pl.DataFrame, file: Path, folder: Path | None, known: pl.DataFrame | None) -> Truth:
    _check_numbers(raw, file)
    lines = raw.drop_nulls("id_usulan").unique(["id_usulan", "nik"], keep="first", maintain_order=True)
    _check_single(lines, file)
    usulan, notes = _known(_lines(lines), known)
    registers = {"penduduk": _population(usulan)}
    for register in list(KEYS)[1:]:
        owners = folder and _named(folder, (f"tautan_{register}",))
        if owners:
            registers[register] = Register(usulan.select("id_usulan", "nik"), _owners(_read(owners), register, owners))
        else:
            notes.append(_words("KEBENARAN_TANPA_REGISTER", register=register))
    return Truth(usulan, registers, tuple(notes))


def _lines(raw: pl.DataFrame) -> pl.DataFrame:
    """One row a proposal; the person is `id_orang` where the file has it, else the true NIK."""
    person = pl.coalesce("id_orang", "nik") if "id_orang" in raw.columns else pl.col("nik")
    return raw.select("id_usulan", "nik", person.alias("orang"), _kinds(raw).alias("jenis"))


def _kinds(raw: pl.DataFrame) -> pl.Expr:
    """Kinds of error that the file itself names: a list, or words with commas, bars or semicolons between."""
    name = next((name for name in ("jebakan", "jenis") if name in raw.columns), None)
    if name is None:
        return pl.lit(None, pl.List(pl.String))
    if isinstance(raw.schema[name], pl.List):
        return pl.col(name).cast(pl.List(pl.String))
    words = pl.col(name).cast(pl.String).fill_null("").str.extract_all(r"[^,;|]+")
    return words.list.eval(pl.element().str.strip_chars()).list.filter(pl.element() != "")


def _by_pairs(raw: pl.DataFrame, file: Path, known: pl.DataFrame | None) -> Truth:
    raw = raw.drop_nulls("id_usulan").with_columns(pl.col("register").str.to_lowercase())
    strange = raw.filter(~pl.col("register").is_in(list(KEYS)).fill_null(False))["register"]
    if len(strange):
        raise Problem("KEBENARAN_REGISTER", berkas=file.name, register=strange[0] or "", daftar=", ".join(KEYS))
    notes = [_words("KEBENARAN_TANPA_REGISTER", register=name) for name in KEYS if name not in raw["register"].unique()]
    people = raw.filter(register="penduduk").rename({"id_register": "nik"})
    _check_single(people, file)
    every = raw.select("id_usulan").unique(maintain_order=True)
    usulan = _lines(people.unique("id_usulan", maintain_order=True) if len(people) else every.with_columns(nik=None))
    usulan, more = _known(usulan.with_columns(pl.col("nik", "orang").cast(pl.String)), known)
    registers = {name: _paired(rows) for (name,), rows in raw.group_by("register", maintain_order=True)}
    if "penduduk" in registers:
        registers["penduduk"] = _population(usulan)
    return Truth(usulan, {name: registers[name] for name in KEYS if name in registers}, (*notes, *more))


def _population(usulan: pl.DataFrame) -> Register:
    """A resident's row is named by the NIK itself."""
    people = usulan.select("nik").drop_nulls().unique(maintain_order=True)
    return Register(usulan.select("id_usulan", "nik"), people.select(pl.col("nik").alias("id_register"), "nik"))


def _paired(rows: pl.DataFrame) -> Register:
    """Pairs as they are: each register row is its own person."""
    pairs = rows.select("id_usulan", "id_register").unique(maintain_order=True)
    people = pairs.select("id_register", nik="id_register").drop_nulls().unique(maintain_order=True)
    return Register(pairs.select("id_usulan", nik="id_register"), people)


def _owners(raw: pl.DataFrame, register: str, file: Path) -> pl.DataFrame:
    if not {KEYS[register], "nik"} <= set(raw.columns):
        raise Problem("KEBENARAN_BENTUK", berkas=file.name)
    return raw.select(pl.col(KEYS[register]).alias("id_register"), "nik").drop_nulls("id_register")


def _known(usulan: pl.DataFrame, known: pl.DataFrame | None) -> tuple[pl.DataFrame, list[str]]:
    """A person who is not in the population is nobody of it; how many, in words."""
    if known is None:
        return usulan, []
    here = pl.col("nik").is_in(known["nik"].implode())
    absent = usulan.filter(pl.col("nik").is_not_null() & ~here)
    notes = [_words("KEBENARAN_BUKAN_PENDUDUK", jumlah=absent["nik"].n_unique())] if len(absent) else []
    return usulan.with_columns(nik=pl.when(here).then("nik")), notes


def _check_numbers(raw: pl.DataFrame, file: Path) -> None:
    numbered = raw.with_row_index("urut", offset=1)
    wrong = numbered.filter(pl.col("nik").is_not_null() & ~pl.col("nik").str.contains(r"^\d{16}$"))
    if len(wrong):
        raise Problem("KEBENARAN_NIK", berkas=file.name, jumlah=len(wrong), urut=wrong["urut"][0])


def _check_single(lines: pl.DataFrame, file: Path) -> None:
    """One proposal is one person."""
    several = lines.filter(pl.col("nik").n_unique().over("id_usulan") > 1)
    if len(several):
        raise Problem("KEBENARAN_GANDA", berkas=file.name, jumlah=several["id_usulan"].n_unique())


def _words(code: str, **details: object) -> str:
    return kind(code).pesan.format(**details)
