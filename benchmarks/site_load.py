"""Fifty users for a minute on 200,000 people: how long pages take on PostgreSQL, and whether any fails.

python benchmarks/site_load.py [--people 200000] [--users 50] [--seconds 60] [--workers 2]

Starts a PostgreSQL and the site for itself, and plays clerks who read their home page, search for people, open a
person, look at lists and at registers. Prints for each page: requests, median, p95, errors; and who used the
machine meanwhile, since the clerks play on the same cores as the site.
"""

import argparse
import csv
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]
PASSWORD = "jangkau-contoh"
CLERKS = 50  # accounts; each is signed in before the minute begins: checking a password is slow on purpose
SIGN_INS = 10  # clerks who begin, a second
SESSIONS = "masuk.txt"
ROLES = ["operator_prov", "operator_kab", "pengelola", "auditor"]
NAMES = ["siti", "muhammad", "ahmad nur", "djoko", "soeharto", "aminah", "nur", "suhar", "siti am", "1705"]

if "locust" in sys.modules:  # read again by locust itself, as the description of its users
    from itertools import count
    from random import choice

    from locust import HttpUser, between, task

    NUMBERS = count()

    class Clerk(HttpUser):
        """A clerk at work: a few seconds between pages."""

        wait_time = between(1, 3)
        person: str | None = None

        def on_start(self) -> None:
            sessions = (Path(os.environ["JANGKAU_DATA"]) / SESSIONS).read_text().splitlines()
            name, key = sessions[next(NUMBERS) % CLERKS].split("=")
            self.client.cookies.set(name, key)

        @task(3)
        def home(self) -> None:
            self.client.get("/")

        @task(5)
        def search(self) -> None:
            answer = self.client.get("/pekerja/", params={"q": choice(NAMES)}, name="/pekerja/?q=")
            found = re.findall(r'href="(/pekerja/[^"?]+/)"', answer.text)
            self.person = choice(found) if found else self.person

        @task(3)
        def open_person(self) -> None:
            if self.person:
                self.client.get(self.person, name="/pekerja/<orang>/")

        @task(2)
        def lists(self) -> None:
            self.client.get("/pendataan/")

        @task(1)
        def registers(self) -> None:
            self.client.get("/data/", name="/data/")


def fill(people: int) -> None:
    """The demo province, and as many people more as asked for."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from person_search import load

    from jangkau.apps.accounts.models import Assignment, User
    from jangkau.apps.regions.models import Region

    call_command("demo", scale=0.01, password=PASSWORD)
    signed_in = []
    for n in range(CLERKS):
        like = Assignment.objects.filter(user__username=ROLES[n % len(ROLES)])[0]
        clerk = User.objects.create_user(f"petugas{n}", password=PASSWORD)
        Assignment.objects.create(user=clerk, role=like.role, region_code=like.region_code)
        client = Client()
        client.force_login(clerk, "allauth.account.auth_backends.AuthenticationBackend")
        signed_in.append(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
    (Path(os.environ["JANGKAU_DATA"]) / SESSIONS).write_text("\n".join(signed_in))
    load(people, list(Region.objects.filter(level="desa").values_list("code", flat=True)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str) -> None:
    for _ in range(100):
        try:
            urlopen(url, timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the site does not answer")


@dataclass
class Cores:
    """CPU seconds from now on: of the site, of who plays the clerks, of everything else (the database), and idle."""

    site: int  # its process
    start: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    def __post_init__(self) -> None:
        self.start = self._now()

    def _now(self) -> tuple[float, float, float, float]:
        import psutil

        mother, played, whole = psutil.Process(self.site), os.times(), psutil.cpu_times()
        used = [process.cpu_times() for process in (mother, *mother.children(recursive=True))]
        idle = whole.idle + getattr(whole, "iowait", 0.0)
        busy = whole.user + whole.nice + whole.system + getattr(whole, "irq", 0.0) + getattr(whole, "softirq", 0.0)
        return sum(t.user + t.system for t in used), played.children_user + played.children_system, busy, idle

    def told(self, requests: int) -> str:
        """In a line."""
        site, clerks, busy, idle = (now - then for now, then in zip(self._now(), self.start, strict=True))
        parts = {"site": site, "clerks": clerks, "database and the rest": busy - site - clerks, "idle": idle}
        shares = [f"{name} {spent:.0f} s ({100 * spent / (busy + idle):.0f} %)" for name, spent in parts.items()]
        return f"  cores: {', '.join(shares)}; site {1e3 * site / max(requests, 1):.0f} ms a request"


def play(host: str, users: int, seconds: int, folder: Path) -> list[dict[str, str]]:
    """Let the clerks work; the table of what they met."""
    locust = [sys.executable, "-m", "locust", "-f", __file__, "--headless", "--host", host]
    pace = ["-u", str(users), "-r", str(SIGN_INS), "--reset-stats", "-t", f"{seconds + users // SIGN_INS}s"]
    told = ["--csv", str(folder / "hasil"), "--only-summary", "--loglevel", "ERROR"]
    command = [*locust, *pace, *told]
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with (folder / "hasil_failures.csv").open() as handle:
        for wrong in csv.DictReader(handle):
            print(f"  {wrong['Name']}: {wrong['Error']} ({wrong['Occurrences']})")
    with (folder / "hasil_stats.csv").open() as handle:
        return list(csv.DictReader(handle))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    from postgres import server

    with tempfile.TemporaryDirectory(prefix="jangkau-beban-") as folder, server() as url:
        own = {"JANGKAU_DATA": folder, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "jangkau.settings"}
        os.environ |= own
        subprocess.run([sys.executable, "-c", f"import site_load; site_load.fill({given.people})"], check=True,
                       cwd=ROOT / "benchmarks", stdout=subprocess.DEVNULL)  # fmt: skip
        port = free_port()
        serve = ["-m", "jangkau.admin", "serve", "--port", str(port), "--workers", str(given.workers), "--no-worker"]
        site = subprocess.Popen([sys.executable, *serve], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(f"http://localhost:{port}/healthz")
            cores = Cores(site.pid)
            rows = play(f"http://localhost:{port}", given.users, given.seconds, Path(folder))
            used = cores.told(int(rows[-1]["Request Count"]))
        finally:
            site.terminate()
            site.wait()
    print(f"{given.people} people, {given.users} users, {given.seconds} s, PostgreSQL, {given.workers} processes")
    for row in rows:
        name, count, wrong = row["Name"], row["Request Count"], row["Failure Count"]
        times = f"median {row['50%']:>5} ms  p95 {row['95%']:>5} ms"
        print(f"  {name:22} {count:>6} requests  {times}  errors {wrong}")
    print(used)


if __name__ == "__main__":
    main()
