"""Person search among a million people, on the database of DATABASE_URL (SQLite without it).

PYTHONPATH=src python benchmarks/person_search.py --people 1000000
PYTHONPATH=src python tests/postgres.py python benchmarks/person_search.py --people 1000000
"""

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "src"), str(Path(__file__).parents[1] / "tests")]
os.environ.setdefault("JANGKAU_DATA", tempfile.mkdtemp(prefix="jangkau-ukur-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangkau.settings")

QUERIES = [
    ("dua kata umum, tidak ada", "Muhammad Siti", ""), ("dua kata umum, ada", "Siti Aminah", ""),
    ("satu kata umum", "Siti", ""),
    ("ejaan lama", "Mochamad Soeharto", ""), ("kata umum, separuh kata", "Siti Nur", ""),
    ("separuh nama", "Suhar", ""), ("separuh pendek", "Su", ""), ("gelar dan bin", "H. Ahmad bin Djoko, S.Pd", ""),
    ("di satu kabupaten", "Muhammad Siti", "1705"), ("di satu desa", "Siti", "1705012002"),
    ("tidak ada", "Xyzzyq Siti", ""), ("NIK penuh", "nik", ""), ("awal NIK", "170501", ""), ("akhir NIK", "000123", ""),
]  # fmt: skip


def names(count: int) -> list[str]:
    """Names with the words of the shipped lists, as unevenly spread as in life."""
    from jangkau.core.synthetic import names as known

    pools = {key: value for key, value in vars(known).items() if isinstance(value, tuple | list) and len(value) > 20}
    words = sorted({w for pool in pools.values() for entry in pool for w in str(entry).split() if w.isalpha()})
    words = ["SITI", "MUHAMMAD", "AHMAD", "NUR", "AMINAH", "SUHARTO", "JOKO", *[w for w in words if len(w) > 2]]
    weights = [1 / (at + 3) for at in range(len(words))]
    draw = random.Random(7)
    flat = iter(draw.choices(words, weights, k=3 * count))
    made = []
    for _ in range(count):
        name = [next(flat) for _ in range(draw.choice((1, 2, 2, 2, 3)))]
        if "MUHAMMAD" in name:  # the two commonest words, of a man and of a woman, never meet: the worst question
            name = [word for word in name if word != "SITI"]
        made.append(" ".join(name))
    return made


def load(count: int, desa: list[str]) -> float:
    """Fill the tables; returns the seconds it took."""
    import polars as pl
    from django.db import transaction

    from jangkau.apps.linkage import bulk
    from jangkau.apps.linkage.keep import count_words
    from jangkau.apps.linkage.models import Person, PersonWord
    from jangkau.apps.linkage.words import words_of

    draw = random.Random(3)
    people = pl.DataFrame({"person": range(1, count + 1), "nama": names(count)})
    places = [draw.choice(desa) for _ in range(count)]
    niks = [f"{place[:6]}{draw.randint(1, 28):02}{draw.randint(1, 12):02}{draw.randint(50, 99):02}{at % 10_000:04}"
            for at, place in enumerate(places)]  # fmt: skip
    start = time.perf_counter()
    rows = zip(people["person"], people["nama"], places, niks, strict=True)
    with transaction.atomic():
        bulk.insert(Person, ("id", "id_pekerja", "state", "region_code", "nik", "nik_balik", "nama", "tanggal_lahir",
                             "status_tautan"),
                    ((key, f"p{key:016x}", "ada", place, nik, nik[::-1], nama, f"19{nik[10:12]}-{nik[8:10]}-{nik[6:8]}",
                      "cocok") for key, nama, place, nik in rows))  # fmt: skip
        words = words_of(people)
        where = pl.DataFrame({"person": range(1, count + 1), "region_code": places})
        table = words.join(where, on="person").select("word", "region_code", "person")
        bulk.insert(PersonWord, ("word", "region_code", "person"), table.iter_rows())
        count_words()
    return time.perf_counter() - start


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--people", type=int, default=1_000_000)
    arguments.add_argument("--repeat", type=int, default=9)
    given = arguments.parse_args()

    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from jangkau.apps.accounts.actions import make_user
    from jangkau.apps.linkage.models import Person
    from jangkau.apps.linkage.search import search
    from jangkau.apps.regions.actions import load_province
    from jangkau.apps.regions.models import Region

    call_command("migrate", verbosity=0)
    load_province("17")
    desa = list(Region.objects.filter(level="desa").values_list("code", flat=True)) or ["1705012002"]
    user = make_user("ukur", "sandi-ukur-0001", "pengelola", "17")
    print(f"{connection.vendor}, {given.people} people: loaded in {load(given.people, desa):.1f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    nik = Person.objects.get(pk=given.people // 2).nik
    every: list[float] = []
    for label, text, region in QUERIES:
        taken = []
        for _ in range(given.repeat):
            start = time.perf_counter()
            found = search(user, nik if text == "nik" else text, region)
            taken.append(1000 * (time.perf_counter() - start))
        every += taken
        print(f"  {label:28} {sorted(taken)[len(taken) // 2]:7.1f} ms median {max(taken):7.1f} worst"
              f"  {len(found.persons)}{'+' if found.more else ''}")  # fmt: skip
    every.sort()
    print(f"  p95 of all {every[int(0.95 * len(every))]:.1f} ms, worst {every[-1]:.1f} ms")


if __name__ == "__main__":
    main()
