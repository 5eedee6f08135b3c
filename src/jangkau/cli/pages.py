"""`jangkau docs`: the pages that are made from declarations and from measured figures."""

from pathlib import Path

import click

from jangkau.cli.common import say_problems
from jangkau.core.enrolment.lifecycle_page import lifecycle_page
from jangkau.core.identity.name_rules import names_page
from jangkau.core.identity.place_names import places_page
from jangkau.core.linkage import card
from jangkau.core.reporting import reliability
from jangkau.core.tables.docs import problems_page, tables_page


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@say_problems
def docs(folder: Path) -> None:
    """Tulis halaman dari deklarasi dan pengukuran ke FOLDER: tabel, masalah, siklus, aturan, kartu model."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in pages().items():
        (folder / name).write_text(page, "utf-8")


def pages() -> dict[str, str]:
    """File name -> content."""
    return {
        "tabel.md": tables_page(),
        "masalah.md": problems_page(),
        "siklus.md": lifecycle_page(),
        "nama.md": names_page(),
        "tempat.md": places_page(),
        "kartu-model.md": card.page(),
        "kartu-model.svg": _curve(),
    }


def _curve() -> str:
    bands = []
    for band in card.card()["keandalan"]:
        seen = band["terjadi"]
        bands.append(reliability.Band(seen["penyebut"], band["peluang"], seen["nilai"], seen["bawah"], seen["atas"]))
    return reliability.draw(bands, "Peluang yang ditulis dan yang terjadi") + "\n"
