"""Submissions of a 250-question form from phones, as the site takes them (granian, two processes, PostgreSQL).

The PostgreSQL is that of the tests (no fsync); files are synced as always. Prints: 50 a second for 30 s, how many were
accepted; 50 clients one after another, how many a second and how long; CPU time of the site for each; and, with the
site killed -9 three times meanwhile, how many of those promised are there. `--small` for a quick look.
"""

import argparse
import http.client
import os
import queue
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

QUESTIONS, CLIENTS, RATE = 250, 50, 50
PHOTO = b"\xff\xd8\xff\xe0" + os.urandom(60_000)


class Site:
    """The site on a port of its own, in a process group that can be killed whole."""

    def __init__(self, database: str, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._env = os.environ | {
            "JANGKAU_DATA": str(folder),
            "DATABASE_URL": database,
            "PYTHONPATH": str(ROOT / "src"),
        }
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "jangkau.admin",
            "serve",
            "--port",
            str(self.port),
            "--workers",
            "2",
            "--no-worker",
        ]
        self._process = subprocess.Popen(
            command, env=self._env, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                return self._asked()
            except OSError:
                time.sleep(0.1)
        raise TimeoutError

    def _asked(self) -> None:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        asked.request("GET", "/healthz")
        asked.getresponse().read()
        asked.close()

    def kill(self, how: int = signal.SIGKILL) -> None:
        assert self._process
        os.killpg(self._process.pid, how)
        self._process.wait()

    def cpu(self) -> float:
        """Seconds of CPU that its processes have used."""
        assert self._process
        group, total = self._process.pid, 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == group:
                total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")


def prepare() -> str:
    """A form of many questions, open, and a phone; in the site's own database."""
    import django

    django.setup()
    from django.core.management import call_command
    from sheets_of_forms import book, survey

    from jangkau.apps.field.actions import devices, forms
    from jangkau.apps.field.models import FormState
    from jangkau.apps.regions.models import Region

    call_command("migrate", verbosity=0)
    Region.objects.get_or_create(code="1705012002", defaults={"name": "Niur", "level": "desa"})
    rows = [("text", f"q{n}", f"Pertanyaan {n}") for n in range(QUESTIONS - 1)] + [("image", "foto", "Foto")]
    made = forms.upload(book(survey(*rows)), {}, by=None)
    forms.move(made, FormState.OPEN, by=None)
    return devices.make(None, "1705012002", "bench", by=None)[1]


def body(photo: bool) -> tuple[str, bytes]:
    """(instance, multipart body)."""
    key = f"uuid:{uuid.uuid4()}"
    answers = "".join(f"<q{n}>jawaban nomor {n}</q{n}>" for n in range(QUESTIONS - 1))
    foto = "<foto>f.jpg</foto>" if photo else "<foto/>"
    xml = f'<data id="uji" version="1">{answers}{foto}<meta><instanceID>{key}</instanceID></meta></data>'.encode()
    parts = [("xml_submission_file", "text/xml", xml)] + ([("f.jpg", "image/jpeg", PHOTO)] if photo else [])
    told = b"".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'.encode()
        + f"Content-Type: {kind}\r\n\r\n".encode()
        + data + b"\r\n" for name, kind, data in parts
    )  # fmt: skip
    return key, told + b"--b--\r\n"


class Phones:
    """Clients that keep their connections; `sent` are (instance, status, seconds)."""

    def __init__(self, port: int, token: str) -> None:
        self._port, self._address = port, f"/k/{token}/submission"
        self.sent: list[tuple[str, int, float]] = []

    def one(self, connection: http.client.HTTPConnection, key: str, data: bytes) -> bool:
        begun = time.monotonic()
        head = {"Content-Type": "multipart/form-data; boundary=b"}
        try:
            connection.request("POST", self._address, data, head)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            return False
        self.sent.append((key, answer.status, time.monotonic() - begun))
        return answer.status in (201, 202)

    def at_a_rate(self, seconds: int) -> None:
        """RATE a second, whoever is free."""
        work: queue.Queue = queue.Queue()
        threads = [threading.Thread(target=self._drain, args=(work,)) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        begun = time.monotonic()
        for at in range(RATE * seconds):
            time.sleep(max(0.0, begun + at / RATE - time.monotonic()))
            work.put(body(False))
        for _ in threads:
            work.put(None)
        for thread in threads:
            thread.join()

    def _drain(self, work: queue.Queue) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        while (item := work.get()) is not None:
            self.one(connection, *item)

    def closed_loop(self, seconds: int) -> None:
        """Every client sends its next one once the last is answered."""
        until = time.monotonic() + seconds
        self._all(lambda: time.monotonic() < until, photo=False, again=False)

    def until_accepted(self, count: int) -> None:
        """`count` with photographs, each sent again until it is answered with success."""
        left = iter(range(count))
        lock = threading.Lock()

        def more() -> bool:
            with lock:
                return next(left, None) is not None

        self._all(more, photo=True, again=True)

    def _all(self, more, *, photo: bool, again: bool) -> None:
        def go() -> None:
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
            while more():
                key, data = body(photo)
                while not self.one(connection, key, data) and again:
                    time.sleep(0.2)

        threads = [threading.Thread(target=go) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def told(name: str, phones: Phones, seconds: float, cpu: float) -> None:
    good = [took for _, status, took in phones.sent if status in (201, 202)]
    p95 = sorted(good)[int(0.95 * len(good))] if good else float("nan")
    print(
        f"{name}: {len(good)} of {len(phones.sent)} accepted, {len(good) / seconds:.0f}/s, p95 {1000 * p95:.0f} ms, "
        f"site's CPU {1000 * cpu / max(1, len(good)):.1f} ms each, load {os.getloadavg()[0]:.1f}"
    )


def measured(site: Site, token: str, name: str, act) -> None:
    phones, begun, cpu = Phones(site.port, token), time.monotonic(), site.cpu()
    act(phones)
    told(name, phones, time.monotonic() - begun, site.cpu() - cpu)


def killed(site: Site, token: str, count: int) -> None:
    """Send with photographs while the site is killed three times; all that was promised is there, once, settled."""
    from django.db import connection

    from jangkau.apps.field import settling
    from jangkau.apps.field.models import Submission
    from jangkau.apps.registry.keeping import kept
    from jangkau.core.kernel.progress import Silent

    phones, begun, before = Phones(site.port, token), time.monotonic(), Submission.objects.count()
    sending = threading.Thread(target=phones.until_accepted, args=(count,))
    sending.start()
    for part in (0.25, 0.5, 0.75):
        while len(phones.sent) < part * count:
            time.sleep(0.05)
        site.kill()
        site.start()
    sending.join()
    seconds = time.monotonic() - begun
    connection.close()
    promised = {key for key, status, _ in phones.sent if status in (201, 202)}
    rows = Submission.objects.filter(instance_id__in=promised)
    whole = sum(
        row.path.is_file() and all(kept(f.sha256).stat().st_size == f.size for f in row.attachments.all())
        for row in rows.prefetch_related("attachments").iterator(chunk_size=500)
    )
    settling.settle(Silent())
    print(
        f"killed three times: {len(promised)} of {count} promised in {seconds:.0f} s; {whole} rows whole, "
        f"{Submission.objects.count() - before - len(promised)} more than promised, "
        f"{Submission.objects.filter(settled_at=None).count()} unsettled"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args().small
    from postgres import server

    with server() as database, tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": database, "JANGKAU_DATA": folder, "DJANGO_SETTINGS_MODULE": "jangkau.settings"}
        token, site = prepare(), Site(database, Path(folder))
        site.start()
        try:
            seconds = 5 if small else 30
            measured(site, token, f"{RATE}/s for {seconds} s", lambda phones: phones.at_a_rate(seconds))
            measured(site, token, f"{CLIENTS} clients closed-loop", lambda phones: phones.closed_loop(seconds))
            killed(site, token, 1_000 if small else 20_000)
        finally:
            site.kill(signal.SIGTERM)
    print(f"largest process {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
