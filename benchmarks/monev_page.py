"""The dashboard over a counting of a whole province: 1,654 regions, every indicator, 24 months, cuts down to kecamatan.

PYTHONPATH=src python benchmarks/monev_page.py [--months 24]

The figures are made up, in the shape and number of a real counting. Charts are drawn once before (they are kept by what
they show); the page is then asked again and again, as many people ask for it.
"""

import argparse
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "src"), str(Path(__file__).parents[1] / "tests")]
os.environ.setdefault("JANGKAU_DATA", tempfile.mkdtemp(prefix="jangkau-ukur-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangkau.settings")
ASKED, LIMIT_MS = 40, 200
CUT_TO = 6  # the deepest level that is cut by class


def fill(months: int) -> int:
    """A counting of made-up figures; how many rows it has."""
    import monitored
    import numpy as np
    import polars as pl

    from jangkau.apps.monitoring.reading import SCHEMA
    from jangkau.apps.regions.models import Region
    from jangkau.core.coverage import indicators

    codes = list(Region.objects.values_list("code", flat=True))
    days = [date(2024 + (11 + m) // 12, (11 + m) % 12 + 1, 28) for m in range(months)]
    rng, rows = np.random.default_rng(1), []
    for indicator in indicators().values():
        for code in codes:
            if len(code) not in indicator.lengths:
                continue
            whole = float(rng.integers(200, 90_000))
            for day in days:
                part = float(int(whole * rng.uniform(0.1, 0.6)))
                rows.append(monitored.row(indicator.kode, code, day, part, whole))
                if len(code) <= CUT_TO and day == days[-1]:
                    rows += [monitored.row(indicator.kode, code, day, part / 4, whole / 4, potongan=cut, kelas=str(n))
                             for cut in indicator.potongan for n in range(4)]  # fmt: skip
    monitored.keep("cd" * 32, monitored.PARTS, pl.DataFrame(rows, schema=SCHEMA, orient="row"))
    return len(rows)


def timed(client, address: str) -> list[float]:
    """Milliseconds of each answer, the charts being drawn."""
    took = []
    for n in range(ASKED + 3):
        began = time.perf_counter()
        answer = client.get(address)
        assert answer.status_code == 200, address
        took += [1000 * (time.perf_counter() - began)] if n >= 3 else []
    return sorted(took)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--months", type=int, default=24)
    months = options.parse_args().months
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from jangkau.apps.accounts.actions import make_user
    from jangkau.apps.regions.actions import load_province

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    load_province("17")
    rows = fill(months)
    client, late = Client(), False
    user = make_user("ukur", "sandi-ukur-0001", "pengelola", "17")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    print(f"{rows:,} figures; limit p95 {LIMIT_MS} ms")
    for address in ("/monev/17/", "/monev/1705/", "/monev/170501/", "/monev/1705012002/", "/monev/17/angka/cakupan/"):
        took = timed(client, address)
        p95 = took[int(0.95 * len(took))]
        late |= p95 > LIMIT_MS
        print(f"  {address:28} median {took[len(took) // 2]:6.0f} ms   p95 {p95:6.0f} ms")
    sys.exit(late)


if __name__ == "__main__":
    main()
