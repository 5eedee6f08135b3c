"""The main job on unseen synthetic provinces: what it read, matched and decided against the truth, and how fast.

`python benchmarks/main_job.py [SCALE] [SEED] [PROVINCE]`; without arguments scale 0.1 on three provinces.
"""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from jangkau.core import pipeline
from jangkau.core.planning.verify import verify
from jangkau.core.synthetic import generate

FIELDS = ("nama", "tanggal_lahir", "jenis_kelamin", "kode_desa", "pekerjaan", "penghasilan", "no_hp")


class Clock:
    """Remembers how long each step took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._name, self._since = "", time.perf_counter()

    def step(self, name: str, total: int | None = None) -> None:
        now = time.perf_counter()
        if self._name:
            self.seconds[self._name] = self.seconds.get(self._name, 0) + now - self._since
        self._name, self._since = name, now

    def advance(self, count: int = 1) -> None:
        pass


def reading(truth: pl.DataFrame, usulan: pl.DataFrame) -> dict[str, float]:
    """Share of person rows read, of rows invented, and of fields right among the rows read."""
    both = truth.join(usulan, on="id_usulan", how="inner", suffix="_baca")
    figures = {"terbaca": len(both) / len(truth), "mengada": 1 - len(both) / len(usulan)}
    for field in FIELDS:
        known = both.filter(_must_be_known(field))
        figures[field] = known.select((_plain(field).eq_missing(_plain(f"{field}_baca"))).mean()).item()
    read = pl.col("nik_baca")
    wrong = (read != pl.col("nik_tertulis")).fill_null(value=True) & (read != pl.col("nik")).fill_null(value=True)
    figures["nik tidak keliru"] = 1 - both.select((read.is_not_null() & wrong).mean()).item()
    return figures


def _must_be_known(field: str) -> pl.Expr:
    """A place that the file leaves open may stay open; a list that is silent on work has no tag to compare."""
    if field == "kode_desa":
        return pl.col("desa_pasti") | pl.col("kode_desa_baca").is_not_null()
    return pl.col(field).is_not_null() if field == "pekerjaan" else pl.lit(value=True)


def _plain(column: str) -> pl.Expr:
    """Names without regard to case and blanks; everything else as it is."""
    if not column.startswith("nama"):
        return pl.col(column)
    return pl.col(column).str.to_uppercase().str.replace_all(r"\s+", " ").str.strip_chars()


def linking(folder: Path, truth: pl.DataFrame, tautan: pl.DataFrame, register: str) -> dict[str, float]:
    """Precision, recall and F1 of `cocok` links, and the share of rows under review."""
    if register == "penduduk":
        keys = truth.select(id_register="nik", benar="nik").drop_nulls().unique()
    else:
        keys = pl.read_parquet(folder / "truth" / f"tautan_{register}.parquet")
        keys = keys.rename({keys.columns[0]: "id_register", "nik": "benar"}).drop_nulls()
    links = tautan.filter(pl.col("register") == register)
    said = links.filter(pl.col("keputusan") == "cocok").join(keys, on="id_register", how="left")
    said = said.join(truth.select("id_usulan", "nik"), on="id_usulan", how="left")
    right = said.filter(pl.col("benar") == pl.col("nik")).height
    wanted = truth.join(keys, left_on="nik", right_on="benar").height
    review = links.filter(pl.col("keputusan") == "tinjau")["id_usulan"].n_unique()
    return {
        "P": right / max(1, len(said)),
        "R": right / max(1, wanted),
        "F1": 2 * right / max(1, len(said) + wanted),
        "tinjau": review / max(1, len(truth)),
    }


def verdicts(folder: Path, out: Path, truth: pl.DataFrame) -> float:
    """Share of distinct known people whose `layak` is right."""
    people = pl.read_parquet(out / "usulan.parquet", columns=["id_usulan", "id_pekerja"])
    known = people.join(truth.select("id_usulan", "nik").drop_nulls(), on="id_usulan").unique("nik", keep="first")
    said = known.join(pl.read_parquet(out / "kelayakan.parquet"), on="id_pekerja")
    true = pl.read_parquet(folder / "truth" / "orang.parquet").select("nik", benar="layak")
    return said.join(true, on="nik").select((pl.col("layak") == pl.col("benar")).mean()).item()


def measure(province: str, scale: float, seed: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place) / "ws", Path(place) / "out"
        started = time.perf_counter()
        counts = generate(folder, province, scale, seed)
        print(f"province {province} scale {scale} seed {seed}: {counts}, made in {time.perf_counter() - started:.1f} s")
        clock, started = Clock(), time.perf_counter()
        pipeline.run(folder, out, clock)
        clock.step("end")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(f"  run {time.perf_counter() - started:.1f} s, {memory:.2f} GB (this process)")
        print("  " + ", ".join(f"{name} {seconds:.1f}" for name, seconds in clock.seconds.items()))
        truth = pl.read_parquet(folder / "truth" / "usulan.parquet")
        read = reading(truth, pl.read_parquet(out / "usulan.parquet"))
        print("  " + ", ".join(f"{name} {value:.3%}" for name, value in read.items()))
        tautan = pl.read_parquet(out / "tautan.parquet")
        for register in ("penduduk", "peserta", "kesejahteraan"):
            found = linking(folder, truth, tautan, register)
            print(f"  {register}: " + ", ".join(f"{name} {value:.4f}" for name, value in found.items()))
        print(f"  layak right {verdicts(folder, out, truth):.3%}")
        plan = json.loads((out / "rencana.json").read_text())
        print(f"  plan {plan['tujuan']} points, bound {plan['batas']}, gap {plan['selisih_persen']} %")
        print(f"  verify: {verify(out) or 'sound'}")


if __name__ == "__main__":
    given = sys.argv[1:]
    if given:
        measure(given[2] if len(given) > 2 else "17", float(given[0]), int(given[1]) if len(given) > 1 else 11)
    else:
        for province, seed in (("17", 101), ("62", 102), ("75", 103)):
            measure(province, 0.1, seed)
