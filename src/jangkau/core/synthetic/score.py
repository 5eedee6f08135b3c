"""How near a run comes to the truth of a synthetic workspace: the figures that the project holds itself to."""

from pathlib import Path

import polars as pl

FIELDS = ("nama", "nik", "tanggal_lahir", "jenis_kelamin", "kode_desa", "pekerjaan", "penghasilan", "no_hp")


def score(out: Path, truth: Path) -> dict[str, float]:
    """Figures (shares from 0 to 1) of the OUT tables in `out` against a `truth/` folder.

    `baris_terbaca` planted lines read, `baris_karangan` lines read that nobody planted, `isian_<kolom>` and `isian`
    fields right where the list says them beyond doubt, `putusan` persons whose `layak` is right, `putusan_alasan` whose
    reasons are right too. Links are judged by `linkage.assess`.
    """
    lines = pl.read_parquet(truth / "usulan.parquet")
    read = pl.read_parquet(out / "usulan.parquet")
    verdict = pl.read_parquet(out / "kelayakan.parquet")
    return {
        **_lines(lines, read),
        **_fields(lines, read),
        **_verdicts(lines, pl.read_parquet(truth / "orang.parquet"), read, verdict),
    }


def _lines(lines: pl.DataFrame, read: pl.DataFrame) -> dict[str, float]:
    return {
        "baris_terbaca": lines.join(read, "id_usulan", how="semi").height / len(lines),
        "baris_karangan": read.join(lines, "id_usulan", how="anti").height / max(1, len(read)),
    }


def _fields(lines: pl.DataFrame, read: pl.DataFrame) -> dict[str, float]:
    """Each field where the truth has a value; a village counts where its names fit it alone."""
    expected = lines.with_columns(
        pl.col("nik_tertulis").alias("nik"),
        pl.when("desa_pasti").then("kode_desa").alias("kode_desa"),
        _plain("nama"),
    )
    both = expected.join(read.with_columns(_plain("nama")), "id_usulan", suffix="_baca")
    tested = {c: both.filter(pl.col(c).is_not_null()) for c in FIELDS}
    right = {c: frame.filter(pl.col(c).eq_missing(pl.col(f"{c}_baca"))).height for c, frame in tested.items()}
    shares = {f"isian_{c}": right[c] / max(1, len(tested[c])) for c in FIELDS}
    return {"isian": sum(right.values()) / max(1, sum(map(len, tested.values()))), **shares}


def _plain(column: str) -> pl.Expr:
    return pl.col(column).str.to_uppercase().str.replace_all(r"\s+", " ").str.strip_chars()


def _verdicts(lines: pl.DataFrame, people: pl.DataFrame, read: pl.DataFrame, verdict: pl.DataFrame) -> dict[str, float]:
    """A person is right when every worker made of their lines has the right verdict; the invented must be refused."""
    truth = lines.select("id_usulan", "id_orang", "nik").join(people, "nik", how="left")
    truth = truth.with_columns(pl.col("layak").fill_null(False), pl.col("alasan").list.sort())
    given = read.select("id_usulan", "id_pekerja").join(verdict.select("id_pekerja", "layak", "alasan"), "id_pekerja")
    both = truth.join(given, "id_usulan", how="left", suffix="_baca")
    same = (pl.col("layak") == pl.col("layak_baca")).fill_null(False)
    reasons = (pl.col("alasan") == pl.col("alasan_baca").list.sort()) | pl.col("nik").is_null()
    persons = both.group_by("id_orang").agg(same.all().alias("putusan"), (same & reasons).all().alias("putusan_alasan"))
    return {name: float(persons[name].sum()) / max(1, len(persons)) for name in ("putusan", "putusan_alasan")}
