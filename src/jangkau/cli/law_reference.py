"""`jangkau law parameter|diff|docs|kewajiban`: the law itself, for those who check it."""

from pathlib import Path
from typing import Any

import click

from jangkau.cli.common import json_option, print_json, say_problems
from jangkau.cli.law_types import Moment
from jangkau.core.law import show
from jangkau.core.law.book import Book, Citation, plain
from jangkau.core.law.duties import duties
from jangkau.core.law.examples import read_examples
from jangkau.core.law.pages import pages
from jangkau.core.law.sources import Change, diff


def say(answer: object, text: str, *, as_json: bool) -> None:
    """The answer as JSON, or its sentence."""
    if as_json:
        print_json(answer)
    else:
        click.echo(text)


@click.command()
@click.argument("name", metavar="[NAMA]", required=False)
@click.option("--pada", type=Moment(), help="Hanya nilai pada tanggal atau bulan ini.")
@json_option
@say_problems
def parameter(name: str | None, pada: str | None, as_json: bool) -> None:
    """Nilai satu parameter dari waktu ke waktu; tanpa NAMA, daftar semuanya."""
    book = Book.load()
    if name is None:
        names = {key: book[key].title for key in sorted(book.parameters)}
        say(names, "\n".join(f"{key}  {title}" for key, title in names.items()), as_json=as_json)
    elif pada is not None:
        found = book.cite(name, pada)
        say(found.as_dict(), _cite_line(found), as_json=as_json)
    else:
        say(_parameter_json(name, book), _parameter_text(name, book), as_json=as_json)


def _parameter_json(name: str, book: Book) -> dict[str, Any]:
    found = book[name]
    return {
        "parameter": name,
        "judul": found.title,
        "arti": found.meaning,
        "satuan": found.unit,
        "nilai": [book.cite(name, value.since).as_dict() for value in found.values],
        "pilihan": list(found.options),
        "peringatan": found.warning,
        "versi_parameter": book.version,
    }


def _parameter_text(name: str, book: Book) -> str:
    found = book[name]
    lines = [f"{name}: {found.title} ({found.unit})", found.meaning]
    for value in found.values:
        lines.append(f"  {show.period(value)}: {show.content(value.content, found.unit)}")
        lines.append(f"    {value.reference}; keyakinan {value.confidence}. {value.note}".rstrip())
    return "\n".join([*lines, *([f"Peringatan: {found.warning}"] if found.warning else [])])


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--contoh",
    default="tests/spec",
    show_default=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder kasus uji yang menjadi contoh.",
)
@json_option
@say_problems
def docs(folder: Path, contoh: Path, as_json: bool) -> None:
    """Tulis halaman aturan (Markdown) dari parameter dan kasus uji."""
    made = pages(Book.load(), read_examples(contoh))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8")
    say({"berkas": sorted(made)}, f"{len(made)} halaman ditulis ke {folder}.", as_json=as_json)


@click.command()
@json_option
@say_problems
def kewajiban(as_json: bool) -> None:
    """Siapa wajib berbuat apa, menurut peraturan apa, dengan bukti apa."""
    rows = [
        {
            "kode": duty.code,
            "siapa": list(duty.who),
            "isi": duty.what,
            "rujukan": duty.reference,
            "keyakinan": duty.confidence,
            "dari": duty.since.isoformat(),
            "bukti": list(duty.evidence),
            "wilayah": duty.area,
        }
        for duty in duties()
    ]
    text = "\n".join(f"{row['kode']} {', '.join(row['siapa'])}: {row['isi']} ({row['rujukan']})" for row in rows)
    say(rows, text, as_json=as_json)


@click.command("diff")
@click.argument("first", metavar="DARI", type=Moment())
@click.argument("second", metavar="SAMPAI", type=Moment())
@json_option
@say_problems
def difference(first: str, second: str, as_json: bool) -> None:
    """Aturan apa yang berubah di antara dua bulan atau tanggal, dan karena peraturan apa."""
    book = Book.load()
    changes = diff(first, second, book)
    if as_json:
        print_json([_change_json(change, book) for change in changes])
        return
    for change in changes:
        unit = book[change.parameter].unit
        before, after = (
            show.content(v.content, unit) if v else "tidak diketahui" for v in (change.before, change.after)
        )
        click.echo(f"{change.parameter}: {before} -> {after}")
        for step in change.steps:
            click.echo(f"    {show.period(step)}: {step.reference}; keyakinan {step.confidence}")
    if not changes:
        click.echo("Tidak ada yang berubah.")


def _change_json(change: Change, book: Book) -> dict[str, Any]:
    return {
        "parameter": change.parameter,
        "judul": book[change.parameter].title,
        "sebelum": plain(change.before.content) if change.before else None,
        "sesudah": plain(change.after.content) if change.after else None,
        "karena": [book.cite(change.parameter, step.since).as_dict() for step in change.steps],
    }


def _cite_line(found: Citation) -> str:
    value = show.content(found.content, found.unit)
    return f"{found.parameter}: {value}\n  {found.reference}; keyakinan {found.confidence}. {found.note}".rstrip()
