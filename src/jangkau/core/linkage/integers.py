"""Integers that stand for texts, dates and words, so that most questions about a pair are answered without reading.

A text's number is a hash of 64 bits, equal where the text is; of two texts that differ one pair in 10^19 is taken for
equal. Numbers of one text agree in every column and on both sides.
"""

import polars as pl

TEXTS = ("nikt", "jk", "kab", "kec", "desa", "hp", "nama", "bunyi", "awal", "akhir", "awal1", "akhir1")
LISTS = ("kata", "semua")
HELD = 4  # words of a name that have a column each; few names have more
INTEGERS = frozenset({
    *(f"{text}_id" for text in TEXTS), *(f"{words}{place}" for words in LISTS for place in range(1, HELD + 1)),
    *(f"jumlah_{words}" for words in LISTS),
    "bulan", "hari", "tahun", "lahir", "nik", "n10", "n12", "n15", "z10", "kk", "huruf",
})  # fmt: skip


def numbered(table: pl.DataFrame, end: str = "") -> pl.DataFrame:
    """The table with integers for those of its columns that have some; `end`: what the names of its columns end in.

    `x_id` for a text, `bulan` and `hari` of the birth date, `kata1` to `kata4` and their `jumlah_kata`, which is null
    where a name has more telling words; the same of `semua`, words that many bear among them.
    """
    made = [_number(pl.col(text + end)).alias(f"{text}_id{end}") for text in TEXTS if text + end in table.columns]
    if f"lahir{end}" in table.columns:
        born = pl.col(f"lahir{end}").dt
        made += [born.month().cast(pl.Int16).alias(f"bulan{end}"), born.day().cast(pl.Int16).alias(f"hari{end}")]
    for name in LISTS:
        if name + end in table.columns:
            words = pl.col(name + end).list
            made.append(pl.when(words.len() <= HELD).then(words.len()).cast(pl.Int16).alias(f"jumlah_{name}{end}"))
            made += [_number(words.get(at, null_on_oob=True)).alias(f"{name}{at + 1}{end}") for at in range(HELD)]
    return table.with_columns(made)


def _number(text: pl.Expr) -> pl.Expr:
    return pl.when(text.is_not_null()).then(text.hash().reinterpret(signed=True))
