"""The insurer's answer: read by a mapping, found again among the rows sent, and settled to one verdict a row.

What a row comes to is a function of the set of its answers alone: answers that come twice, late, or in another order
end in the same verdict.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from jangkau.core.enrolment.answer_mapping import FIELDS, OTHER, AnswerMapping
from jangkau.core.kernel.problems import Problem

Line = tuple[int, Sequence[str]]  # the number of a row, and its cells as text
SheetLines = tuple[str, Sequence[Line]]  # the name of a sheet, and its rows

ACCEPTED, REFUSED, CONFLICT = "diterima", "ditolak", "bertentangan"
_IDENTITY, _RESULT = {"kunci", "tanda", "nik"}, {"hasil", "kpj", "kode"}
_HEADING_WITHIN = 50
_NIK = 16
_SIGN = 16  # letters of a signature that tell a row
_DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")


def parse(sheets: Sequence[SheetLines], mapping: AnswerMapping, day: date) -> pl.DataFrame:
    """One row per row of the answer that says something.

    In: the sheets of the file; those without a heading that we know are passed over. `day` is the day of the answer,
    for rows that tell none. Out: `lembar`, `baris`, `kunci`, `tanda`, `nik` (null unless 16 digits), `nama` (capitals
    and letters only), `kpj`, `hasil` (diterima, ditolak or empty: not answered yet), `kode` (ours), `kode_asal`,
    `keterangan`, `tanggal`, `masalah` (code or null). Raises JAWABAN_TANPA_KOLOM, JAWABAN_KOSONG.
    """
    parts = [_cells(name, lines, mapping) for name, lines in sheets]
    found = [part for part in parts if part is not None]
    if not found:
        raise Problem("JAWABAN_TANPA_KOLOM")
    cells = pl.concat(found).filter(pl.any_horizontal(pl.col(*_IDENTITY, *_RESULT) != ""))
    if cells.is_empty():
        raise Problem("JAWABAN_KOSONG")
    return _read(cells, mapping, day)


def _cells(name: str, lines: Sequence[Line], mapping: AnswerMapping) -> pl.DataFrame | None:
    """The rows under the heading, a column a field, texts as they are; None without a heading."""
    headings = {_bare(text): field for field, texts in mapping.kolom.items() for text in texts}
    for at, (_, cells) in enumerate(lines[:_HEADING_WITHIN]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(cells):
            if (field := headings.get(_bare(cell))) is not None:
                columns.setdefault(field, column)
        if columns.keys() & _IDENTITY and columns.keys() & _RESULT:
            return _frame(name, lines[at + 1 :], columns)
    return None


def _bare(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _frame(name: str, lines: Sequence[Line], columns: dict[str, int]) -> pl.DataFrame:
    data: dict[str, list[str]] = {}
    for field in FIELDS:
        at = columns.get(field)
        data[field] = [cells[at].strip() if at is not None and at < len(cells) else "" for _, cells in lines]
    frame = pl.DataFrame(data, schema=dict.fromkeys(FIELDS, pl.String))
    numbers = pl.Series("baris", [number for number, _ in lines], pl.Int64)
    return frame.select(pl.lit(name).alias("lembar"), numbers, pl.all())


def _read(cells: pl.DataFrame, mapping: AnswerMapping, day: date) -> pl.DataFrame:
    words = {_bare(text): verdict for verdict, texts in _verdicts(mapping) for text in texts}
    digits = pl.col("nik").str.replace_all(r"\D", "")
    read = cells.with_columns(
        pl.col("kunci", "kode").str.to_uppercase(),
        pl.col("tanda").str.to_lowercase().str.slice(0, _SIGN),
        pl.when(digits.str.len_chars() == _NIK).then(digits).alias("nik"),
        plain_name("nama"),
        pl.col("kpj").str.replace_all(r"[^0-9A-Za-z]", "").str.to_uppercase(),
        pl.col("kode").alias("kode_asal"),
        pl.coalesce(pl.col("tanggal").str.slice(0, 10).str.to_date(form, strict=False) for form in _DATES)
        .fill_null(day)
        .alias("tanggal"),
        _said("hasil", words).alias("kata_hasil"),
        _said("keterangan", words).alias("kata_keterangan"),
        _ours(mapping).alias("alasan"),
    )
    reason = pl.when(pl.col("putusan") == REFUSED).then(pl.col("alasan").fill_null(OTHER)).otherwise(pl.lit(""))
    return read.with_columns(_verdict().alias("putusan")).select(
        "lembar", "baris", "kunci", "tanda", "nik", "nama", "kpj", pl.col("putusan").alias("hasil"),
        reason.alias("kode"), "kode_asal", "keterangan", "tanggal", _doubt().alias("masalah"),
    )  # fmt: skip


def _verdicts(mapping: AnswerMapping) -> list[tuple[str, list[str]]]:
    return [(ACCEPTED, mapping.hasil.diterima), (REFUSED, mapping.hasil.ditolak)]


def plain_name(column: str) -> pl.Expr:
    """A name as it is compared: letters only, in capitals."""
    return pl.col(column).fill_null("").str.to_uppercase().str.replace_all(r"[^\p{L}]", "")


def _said(column: str, words: dict[str, str]) -> pl.Expr:
    folded = pl.col(column).str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")
    return folded.replace_strict(words, default=None, return_dtype=pl.String)


def _ours(mapping: AnswerMapping) -> pl.Expr:
    """Our reason by the code, else by the first words that the remark holds; null where neither is known."""
    codes = {theirs.strip().upper(): ours for theirs, ours in mapping.kode.items()}
    reason = pl.lit(None, pl.String)
    remark = pl.concat_str("keterangan", "hasil", separator=" ").str.to_lowercase()
    for part, ours in reversed(mapping.kata.items()):
        reason = pl.when(remark.str.contains(part.lower(), literal=True)).then(pl.lit(ours)).otherwise(reason)
    known = pl.col("kode").str.to_uppercase().replace_strict(codes, default=None, return_dtype=pl.String)
    return pl.coalesce(known, reason)


def _verdict() -> pl.Expr:
    """By the word of the result; without one, by the remark, by a KPJ (accepted), by a code or reason (refused)."""
    silent = pl.col("hasil") == ""
    by_rest = (
        pl.when(pl.col("kata_keterangan").is_not_null())
        .then(pl.col("kata_keterangan"))
        .when(pl.col("kpj") != "")
        .then(pl.lit(ACCEPTED))
        .when((pl.col("kode") != "") | pl.col("alasan").is_not_null())
        .then(pl.lit(REFUSED))
    )
    return pl.coalesce("kata_hasil", pl.when(silent).then(by_rest)).fill_null("")


def _doubt() -> pl.Expr:
    refused = pl.col("putusan") == REFUSED
    return (
        pl.when((pl.col("putusan") == "") & (pl.col("hasil") != ""))
        .then(pl.lit("JAWABAN_HASIL_ASING"))
        .when(refused & pl.col("alasan").is_null())
        .then(pl.lit("JAWABAN_KODE_ASING"))
        .when((pl.col("putusan") == ACCEPTED) & (pl.col("kpj") == ""))
        .then(pl.lit("JAWABAN_TANPA_KPJ"))
    )


def match(answers: pl.DataFrame, sent: pl.DataFrame) -> pl.DataFrame:
    """The answers with `urut`, the row sent that each is about; null where that is not certain.

    In: `parse`'s rows; `sent`: `urut`, `kunci`, `tanda` (signature, its first letters are enough), `nik`, `nama`.
    A row is found by our reference, else by our signature, else by its NIK; by the first fifteen digits of a NIK that
    lost its last one only together with the name. Adds to `masalah`: JAWABAN_BARIS_BERUBAH where reference and NIK or
    signature are of different rows, JAWABAN_NIK_TERPOTONG, JAWABAN_TIDAK_DIKENAL, JAWABAN_NAMA_BEDA.
    """
    rows = sent.select(
        "urut",
        pl.col("kunci").str.to_uppercase(),
        pl.col("tanda").str.to_lowercase().str.slice(0, _SIGN),
        "nik",
        plain_name("nama"),
        pl.col("nik").str.slice(0, _NIK - 1).alias("nik15"),
    )
    found = answers.with_columns(pl.col("nik").str.slice(0, _NIK - 1).alias("nik15"))
    for name, on in (("a", ["kunci"]), ("b", ["tanda"]), ("c", ["nik"]), ("d", ["nik15", "nama"])):
        found = found.join(_once(rows, on, name), on=on, how="left", maintain_order="left")
    twins = rows.drop_nulls("nik15").group_by("nik15").len("kembar")
    found = found.join(twins, on="nik15", how="left", maintain_order="left")
    cut = pl.col("nik").str.ends_with("0")
    found = found.with_columns(pl.coalesce("a", "b", "c", pl.when(cut).then("d")).alias("urut"))
    theirs = rows.rename({name: f"{name}_kita" for name in ("kunci", "tanda", "nik", "nama", "nik15")})
    found = found.join(theirs, on="urut", how="left", maintain_order="left")
    return _judged(found).select(*answers.columns[:-1], "masalah", "urut")


def _once(rows: pl.DataFrame, on: list[str], name: str) -> pl.DataFrame:
    """The rows that these fields tell alone."""
    told = rows.filter(pl.all_horizontal(pl.col(column).is_not_null() & (pl.col(column) != "") for column in on))
    counted = told.group_by(on).agg(pl.col("urut").first().alias(name), pl.len().alias("n"))
    return counted.filter(pl.col("n") == 1).drop("n")


def _judged(found: pl.DataFrame) -> pl.DataFrame:
    """What is wrong with the finding, and `urut` only where it is certain."""
    cut = pl.col("nik").str.ends_with("0").fill_null(value=False)
    named = (pl.col("nama") != "") & (pl.col("nama_kita") != "")
    other_nik = (pl.col("nik") != pl.col("nik_kita")) & ~(cut & (pl.col("nik15") == pl.col("nik15_kita")))
    other_sign = (pl.col("tanda") != "") & (pl.col("tanda") != pl.col("tanda_kita"))
    by_nik_only = pl.col("a").is_null() & pl.col("b").is_null()
    doubtful = by_nik_only & cut & (pl.col("kembar") > 1) & ~(named & (pl.col("nama") == pl.col("nama_kita")))
    lost = pl.col("urut").is_null()
    harm = (
        pl.when(~lost & (other_nik.fill_null(value=False) | other_sign.fill_null(value=False)))
        .then(pl.lit("JAWABAN_BARIS_BERUBAH"))
        .when(doubtful.fill_null(value=False) | (lost & cut & (pl.col("kembar") > 0)))
        .then(pl.lit("JAWABAN_NIK_TERPOTONG"))
        .when(lost)
        .then(pl.lit("JAWABAN_TIDAK_DIKENAL"))
    )
    differs = pl.when(named & (pl.col("nama") != pl.col("nama_kita"))).then(pl.lit("JAWABAN_NAMA_BEDA"))
    return found.with_columns(
        pl.when(harm.is_null()).then(pl.col("urut")).alias("urut"),
        pl.coalesce(harm, "masalah", differs).alias("masalah"),
    )


def settle(answers: pl.DataFrame) -> pl.DataFrame:
    """One verdict for each row sent that was answered, whatever the order and number of its answers.

    In: answers with `urut`, `hasil` (others are passed over), `kode`, `kode_asal`, `kpj`, `tanggal`. Out, by `urut`:
    `jawaban`, `kode`, `kode_asal`, `kpj`, `tanggal` (of the newest answer), `sebab` (why a person must decide).
    Refused and accepted later: accepted. Accepted and refused on that day or later, two KPJ for one row, or one KPJ for
    two rows: `bertentangan`.
    """
    said = answers.filter(pl.col("urut").is_not_null() & pl.col("hasil").is_in([ACCEPTED, REFUSED]))
    accepted, refused = pl.col("hasil") == ACCEPTED, pl.col("hasil") == REFUSED
    numbers = pl.col("kpj").filter(accepted & (pl.col("kpj") != "")).unique()
    last = said.filter(refused).sort("tanggal", "kode", "kode_asal", descending=[True, False, False])
    codes = last.unique("urut", keep="first", maintain_order=True).select("urut", "kode", "kode_asal")
    rows = said.group_by("urut").agg(
        pl.col("tanggal").filter(accepted).min().alias("terima"),
        pl.col("tanggal").filter(refused).max().alias("tolak"),
        pl.col("tanggal").max(),
        numbers.n_unique().alias("banyak"),
        numbers.min().alias("kpj"),
    )
    rows = rows.join(codes, on="urut", how="left").join(_shared(said), on="urut", how="left")
    against = (pl.col("tolak") >= pl.col("terima")) | (pl.col("banyak") > 1)
    cause = pl.coalesce("ganda", pl.when(against.fill_null(value=False)).then(pl.lit("JAWABAN_BERTENTANGAN")))
    plain = pl.when(pl.col("terima").is_not_null()).then(pl.lit(ACCEPTED)).otherwise(pl.lit(REFUSED))
    verdict = pl.when(pl.col("sebab").is_not_null()).then(pl.lit(CONFLICT)).otherwise(plain)
    rows = rows.with_columns(cause.alias("sebab")).with_columns(verdict.alias("jawaban"))
    of = {"kode": REFUSED, "kode_asal": REFUSED, "kpj": ACCEPTED}
    kept = [pl.when(pl.col("jawaban") == v).then(pl.col(c)).fill_null("").alias(c) for c, v in of.items()]
    return rows.select("urut", "jawaban", *kept, "tanggal", "sebab").sort("urut")


def _shared(said: pl.DataFrame) -> pl.DataFrame:
    """Rows whose KPJ another row was given too."""
    pairs = said.filter((pl.col("hasil") == ACCEPTED) & (pl.col("kpj") != "")).select("urut", "kpj").unique()
    several = pairs.filter(pl.len().over("kpj") > 1).select("urut").unique()
    return several.with_columns(pl.lit("JAWABAN_KPJ_GANDA").alias("ganda"))
