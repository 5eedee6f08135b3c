"""The public pages under 300 requests a second: how long they take, what they cost, and what keeping them saves.

python benchmarks/portal_load.py [--rate 300] [--seconds 20] [--workers 2]

Starts the site as `jangkau-admin serve` does, on SQLite with the regions of a province, and asks at a steady rate
whether or not the answers come (open loop, so that waiting is counted). One in twenty asks whether somebody is covered.
Prints side by side: pages kept and pages made each time; then how long a covered person, a wrong birth date and an
unknown number take.
"""

import argparse
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = ["/portal/", "/portal/tanya/", "/portal/keluarga/", "/portal/cek/", "/portal/klaim/", "/portal/bayar/",
         "/portal/kantor/", "/portal/kantor/170501/", "/portal/cakupan/", "/portal/permintaan/",
         "/portal/permintaan/masuk/170501/"]  # fmt: skip
MEMBER = ("1705014101900001", "1990-01-01")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HELD = threading.local()


def fill() -> None:
    """Regions, and one member who is covered."""
    import django

    django.setup()
    from datetime import date

    from django.core.management import call_command

    from jangkau.apps.portal import cover
    from jangkau.core.kernel.month import month_of

    call_command("migrate", verbosity=0)
    call_command("setup", province="17")
    now = month_of(date.today())
    spells = [(f"17050141019{n:05}", date(1990, 1, 1), now - 6, now + 2) for n in range(20_000)]
    cover.publish([(MEMBER[0], date(1990, 1, 1), now - 6, now + 2), *spells], date.today())


def ask(port: int, path: str, body: str | None = None) -> tuple[float, int]:
    """Seconds and status of one request, over a connection that its thread keeps."""
    start = time.perf_counter()
    for _ in range(2):
        held = getattr(HELD, "to", None)
        if held is None or held.port != port:
            held = HELD.to = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            headers = {"Accept-Encoding": "gzip", "Accept-Language": "id", **(FORM if body else {})}
            held.request("POST" if body else "GET", path, body, headers)
            answer = held.getresponse()
            answer.read()
            return time.perf_counter() - start, answer.status
        except OSError:
            HELD.to = None
    return time.perf_counter() - start, 599


def fire(port: int, rate: int, seconds: int) -> list[tuple[float, int]]:
    """A request every 1/rate seconds; time counts from when it was due."""
    pick, begin = random.Random(1), time.perf_counter() + 0.2

    def one(n: int) -> tuple[float, int]:
        due = begin + n / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        check = n % 20 == 0
        body = f"nik={MEMBER[0]}&lahir={MEMBER[1]}" if check else None
        late = max(0.0, time.perf_counter() - due)
        took, status = ask(port, "/portal/cek/" if check else pick.choice(PAGES), body)
        return took + late, status

    with ThreadPoolExecutor(32) as crowd:
        return list(crowd.map(one, range(rate * seconds)))


def cpu(pid: int) -> float:
    """CPU seconds of a process and of its children that still run."""
    tick = os.sysconf("SC_CLK_TCK")
    found = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(folder.name) == pid or int(fields[1]) == pid:
            found += (int(fields[11]) + int(fields[12])) / tick
    return found


def serve(port: int, workers: int, *, kept: bool) -> subprocess.Popen[bytes]:
    """The site, which keeps pages or does not, and lets everybody ask as often as they like."""
    folder, name = Path(os.environ["JANGKAU_DATA"]), f"beban_{'disimpan' if kept else 'dibuat'}"
    free = "CHECKS_A_DAY = CHECKS_AN_HOUR = 10**9"
    own = f"from jangkau.settings import *\nPORTAL_SECONDS = {5 if kept else 0}\n{free}\n"
    (folder / f"{name}.py").write_text(own)
    path = os.pathsep.join([str(ROOT / "src"), str(folder)])
    env = os.environ | {"DJANGO_SETTINGS_MODULE": name, "PYTHONPATH": path}
    command = ["-m", "jangkau.admin", "serve", "--port", str(port), "--workers", str(workers), "--no-worker"]
    site = subprocess.Popen([sys.executable, *command], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(300):
        if ask(port, "/healthz")[1] == 200:
            return site
        time.sleep(0.2)
    raise SystemExit("the site does not answer")


def measured(workers: int, rate: int, seconds: int, *, kept: bool) -> None:
    port = free_port()
    site = serve(port, workers, kept=kept)
    try:
        for path in PAGES * 4:
            ask(port, path)
        before = cpu(site.pid)
        rows = fire(port, rate, seconds)
        spent = cpu(site.pid) - before
        times = sorted(took for took, _ in rows)
        wrong = sum(status != 200 for _, status in rows)
        told = "kept" if kept else "made each time"
        p50, p95 = (1000 * times[int(len(times) * part)] for part in (0.5, 0.95))
        print(f"  {told:15} {rate:>4}/s  median {p50:7.1f} ms  p95 {p95:7.1f} ms  errors {wrong}"
              f"  CPU {spent:5.1f} s: {len(rows) / spent:6.0f} requests a CPU second", flush=True)  # fmt: skip
        if kept:
            alike(port)
    finally:
        site.terminate()
        site.wait()


def alike(port: int, times: int = 200) -> None:
    """Whether an answer's time tells what it was: a covered person, another birth date, an unknown number, in turn."""
    asked = {"covered": MEMBER, "wrong date": (MEMBER[0], "1991-01-01"), "unknown": ("1705019999999999", MEMBER[1])}
    took: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(times):
        for name, (nik, born) in asked.items():
            took[name].append(1000 * ask(port, "/portal/cek/", f"nik={nik}&lahir={born}")[0])
    for name, found in took.items():
        quartiles = statistics.quantiles(found, n=4)
        print(f"  {name:15} median {quartiles[1]:6.2f} ms  quartiles {quartiles[0]:6.2f} to {quartiles[2]:6.2f}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jangkau-portal-") as folder:
        os.environ |= {"JANGKAU_DATA": folder, "DJANGO_SETTINGS_MODULE": "jangkau.settings"}
        subprocess.run([sys.executable, "-c", "import portal_load; portal_load.fill()"], check=True,
                       cwd=ROOT / "benchmarks", stdout=subprocess.DEVNULL)  # fmt: skip
        for kept in (False, True):
            measured(given.workers, given.rate, given.seconds, kept=kept)


if __name__ == "__main__":
    main()
