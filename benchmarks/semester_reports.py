"""Ten kabupaten reports: report, workbook, brief and poster of each, against the 60 seconds that are promised.

Each kabupaten has 12 kecamatan, 24 monthly figures of 20 indicators for itself and each kecamatan, and every cut.
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import half_years

from jangkau.core.kernel.semester import KINDS
from jangkau.core.reporting.semester import write_semester
from jangkau.core.reporting.semester_input import Definition, Material

REGIONS, PARTS, INDICATORS = 10, 12, 20
DAYS = [date(2024 + at // 12, at % 12 + 1, 28) for at in range(24)] + [half_years.BEFORE, half_years.NOW]
PROMISED = 60


def material(at: int) -> Material:
    code = f"17{at:02d}"
    parts = tuple((f"{code}{part:02d}", f"Kecamatan {part}") for part in range(1, PARTS + 1))
    names = ["cakupan_rentan", "perlindungan_penuh", *(f"ukuran_{n}" for n in range(INDICATORS - 2))]
    rows = [
        half_years.figure(place, day, 100.0 * at + 7 * n, 1000.0 + 10 * at, indikator=name)
        for n, name in enumerate(names) for place in (code, *(p for p, _ in parts)) for day in DAYS
    ]  # fmt: skip
    rows += [
        half_years.figure(code, part=50.0 + k, whole=200, potongan=cut, kelas=f"kelas {k}")
        for cut in ("segmen", "jenis_kelamin", "umur", "desil", "sektor") for k in range(6)
    ]  # fmt: skip
    told = tuple(Definition(name, name.replace("_", " ").capitalize(), "Pembilang dibagi penyebut.") for name in names)
    return half_years.material(
        wilayah=code, nama=f"Kabupaten {at}", bagian=parts, definisi=told, angka=half_years.frame(rows)
    )


def main() -> None:
    made = [material(at) for at in range(1, REGIONS + 1)]
    print(f"{REGIONS} kabupaten, {len(made[0].angka):,} angka tiap kabupaten")
    with tempfile.TemporaryDirectory() as folder:
        start, sizes = time.perf_counter(), dict.fromkeys(KINDS, 0)
        for one in made:
            for kind, path in write_semester(one, Path(folder)).items():
                sizes[kind] += path.stat().st_size
        took = time.perf_counter() - start
    print(f"{took:.1f} detik untuk {REGIONS * len(KINDS)} berkas; dijanjikan {PROMISED} ({took / PROMISED:.2f} x)")
    print({kind: f"{size / REGIONS / 1024:.0f} KB" for kind, size in sizes.items()})


if __name__ == "__main__":
    main()
