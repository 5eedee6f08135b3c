"""`jangkau docs`: the pages that are made from declarations."""

from pathlib import Path

import click

from jangkau.cli.common import say_problems
from jangkau.core.tables.docs import problems_page, tables_page


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@say_problems
def docs(folder: Path) -> None:
    """Tulis halaman yang dibuat dari deklarasi ke FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tabel.md").write_text(tables_page(), "utf-8")
    (folder / "masalah.md").write_text(problems_page(), "utf-8")
