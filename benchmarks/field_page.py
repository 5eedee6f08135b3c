"""The offline page on a slow phone: Chromium with its processor slowed six times, over 3G (750 kbit/s, 300 ms there and
back).

Prints what is loaded and how long until: the PIN is asked for, the home shows forms, our own form is open, one page is
turned to the next (each), a photograph is taken in, and, later and without signal, the home is there from a cold start.
The service worker's own fetching ahead is not slowed: Chromium slows pages only.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / folder) for folder in ("src", "tests")]
SLOWER, NETWORK = 6, {"offline": False, "latency": 300, "downloadThroughput": 93_750, "uploadThroughput": 31_250}
PIN = "482915"
# One press of the lower button until another heading is drawn, in ms.
TURN = """async () => {
  const title = () => document.querySelector("h1").textContent;
  const [begun, before] = [performance.now(), title()];
  document.querySelector(".foot .main").click();
  while (title() === before) await new Promise(requestAnimationFrame);
  await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  return performance.now() - begun;
}"""


def prepare() -> str:
    """Our own form, open, and a phone of Niur."""
    import django

    django.setup()
    import fielding
    from django.core.management import call_command

    from jangkau.apps.regions.actions import load_province

    call_command("migrate", verbosity=0)
    load_province("17")
    fielding.form()
    return fielding.phone()[1]


class Phone:
    """A slow phone: `page`, and the bytes that it has loaded."""

    def __init__(self, context) -> None:
        self.page = context.new_page()
        self.bytes = 0
        session = context.new_cdp_session(self.page)
        session.on("Network.loadingFinished", lambda told: self._add(told["encodedDataLength"]))
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", NETWORK)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def _add(self, count: float) -> None:
        self.bytes += int(count)

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        begun, before = time.monotonic(), self.bytes
        yield
        print(f"{what}: {time.monotonic() - begun:.1f} s, {(self.bytes - before) / 1000:.0f} kB")

    def turn(self) -> float:
        return self.page.evaluate(TURN)


def pin(page, *labels: str) -> None:
    for label in labels:
        page.get_by_label(label).fill(PIN)


def first(phone: Phone, token: str) -> None:
    page = phone.page
    with phone.timed("first load until the PIN is asked for"):
        page.goto(f"/isi/#k={token}", wait_until="commit")
        page.get_by_label("Buat PIN").wait_for()
    pin(page, "Buat PIN", "Ulangi PIN")
    with phone.timed("PIN made until the home shows forms"):
        page.get_by_role("button", name="Mulai").click()
        page.get_by_role("button", name="Pendataan pekerja").wait_for()
    with phone.timed("form opened"):
        page.get_by_role("button", name="Pendataan pekerja").click()
        page.get_by_label("Sudah dibacakan").wait_for()


def through(phone: Phone) -> None:
    """Our own form, page by page."""
    page, turns = phone.page, []
    page.get_by_label("Sudah dibacakan").check()
    page.get_by_label("Ya", exact=True).check()
    turns.append(phone.turn())
    page.get_by_label("NIK").fill("1705014803850002")
    page.get_by_label("Nama lengkap").fill("Siti Contoh")
    page.get_by_label("Tanggal", exact=True).fill("8")
    page.get_by_label("Bulan").select_option("Maret")
    page.get_by_label("Tahun").fill("1985")
    page.get_by_label("Perempuan").check()
    page.get_by_label("Cari dalam daftar").fill("niur")
    page.get_by_label("Niur", exact=True).click()
    turns.append(phone.turn())
    page.get_by_label("Kepala keluarga", exact=True).check()
    turns.append(phone.turn())
    page.get_by_label("Cari dalam daftar").fill("sawit")
    page.get_by_label("Petani sawit").click()
    photo = bytes(page.evaluate("uji.photo()"))
    with phone.timed("a photograph of 2,000 pixels taken in"):
        page.locator("input[type=file]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo})
        page.locator(".taken img").wait_for()
    turns.append(phone.turn())
    print(f"a page turned: median {statistics.median(turns):.0f} ms, longest {max(turns):.0f} ms of {len(turns)}")


def again(context, phone: Phone) -> None:
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    phone.page.close()
    context.set_offline(True)
    later = Phone(context)
    with later.timed("cold start without signal until the PIN is asked for"):
        later.page.goto("/isi/", wait_until="commit")
        later.page.get_by_label("PIN").wait_for()
    pin(later.page, "PIN")
    with later.timed("PIN given until the home is there"):
        later.page.get_by_role("button", name="Buka").click()
        later.page.get_by_role("button", name="Teruskan mengisi").wait_for()


def main() -> None:
    from field_load import Site
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/jangkau.sqlite3"
        os.environ |= {"DATABASE_URL": database, "JANGKAU_DATA": folder, "DJANGO_SETTINGS_MODULE": "jangkau.settings"}
        token, site = prepare(), Site(database, Path(folder))
        from browser.conftest import _FLAGS, _chromium  # knows the site, so that comes first

        site.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=_chromium(), args=_FLAGS)
                context = browser.new_context(
                    locale="id-ID", viewport={"width": 360, "height": 740}, base_url=f"http://127.0.0.1:{site.port}"
                )
                context.add_init_script(path=ROOT / "tests" / "browser" / "phone.js")
                context.set_default_timeout(120_000)
                phone = Phone(context)
                first(phone, token)
                through(phone)
                again(context, phone)
                browser.close()
        finally:
            site.kill()


if __name__ == "__main__":
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    main()
