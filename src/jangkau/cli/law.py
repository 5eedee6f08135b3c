"""`jangkau law ...`: what the law says, for one person, one month, one parameter."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import click
import numpy as np

from jangkau.cli.common import json_option, print_json, say_problems
from jangkau.cli.law_reference import difference, docs, kewajiban, parameter, say
from jangkau.cli.law_types import Day, Month, MonthList, Words
from jangkau.core import engine
from jangkau.core.kernel.formats import long_date, rupiah
from jangkau.core.kernel.month import month_text
from jangkau.core.law.benefits import DEATH, EVENTS, jht_balance
from jangkau.core.law.book import Book, Citation, plain
from jangkau.core.law.claims import STAGES, Claim, Event, claim, warnings
from jangkau.core.law.contributions import PROGRAMMES, contributions
from jangkau.core.law.membership import (
    ARREARS,
    DURING_ARREARS,
    LONGEST_ARREARS,
    STATES,
    WAIT,
    WAITING_SEGMENTS,
    status_of,
)
from jangkau.core.law.sources import Asked, months_text, sources
from jangkau.core.law.words import PACKAGES, PAYERS, RATE_MODES, SECTORS
from jangkau.core.tables.common import SCALES, SEGMENTS

RUPIAH = click.IntRange(min=0)


def _choice(words: tuple[str, ...]) -> click.Choice[str]:
    return click.Choice(words, case_sensitive=False)


segment_option = click.option("--segmen", required=True, type=_choice(SEGMENTS), help="Segmen kepesertaan.")
paid_option = click.option(
    "--dibayar", required=True, type=MonthList(), help="Bulan yang dibayar; boleh 2026-01..2026-06."
)
choices_option = click.option(
    "--pilihan",
    multiple=True,
    metavar="NAMA=PILIHAN",
    help="Putuskan hal yang belum tegas dalam aturan, misalnya bpu.keringanan_dana_desa=DISKON.",
)


@click.group()
def law() -> None:
    """Aturan: iuran, manfaat, status, parameter; setiap angka dengan rujukannya."""


@law.command()
@segment_option
@click.option("--bulan", required=True, type=Month(), help="Bulan iuran.")
@click.option("--penghasilan", type=RUPIAH, help="BPU: penghasilan sebulan; tanpa ini dasar upah terendah.")
@click.option("--jht/--tanpa-jht", default=False, help="BPU: ikut JHT.")
@click.option("--pembayar", type=_choice(PAYERS), help="BPU: siapa yang membayar (SENDIRI).")
@click.option("--sektor", type=_choice(SECTORS), help="BPU: tanda pekerjaan (LAIN).")
@click.option("--tarif", type=_choice(RATE_MODES), help="BPU: AUTO menurut aturan, PENUH, atau DISKON.")
@click.option("--upah", type=RUPIAH, help="PU: upah sebulan. JAKON: jumlah upah proyek.")
@click.option("--kelas-risiko", type=click.IntRange(1, 5), help="PU: kelas risiko usaha.")
@click.option("--skala", type=_choice(SCALES), help="PU: skala usaha.")
@click.option("--nilai-kontrak", type=RUPIAH, help="JAKON: nilai kontrak tanpa PPN.")
@click.option("--paket", type=_choice(PACKAGES), help="PMI: paket iuran.")
@click.option("--bulan-paket", type=click.IntRange(min=1), help="PMI: banyaknya bulan perpanjangan.")
@choices_option
@json_option
@say_problems
def iuran(bulan: int, pilihan: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Iuran sebulan (JAKON: satu proyek; PMI: satu paket)."""
    asked = {name: value for name, value in given.items() if value is not None}
    _check_iuran(asked)
    book = Book.load(_choices(pilihan))
    answer = _priced(asked, bulan, book)
    if as_json:
        print_json(answer)
        return
    click.echo(f"Iuran {asked['segmen']} {month_text(bulan)}: {rupiah(answer['total'])}")
    for name, amount in answer["rincian"].items():
        if amount:
            click.echo(f"  {name}: {rupiah(amount)}")
    _say_sources(answer)


_NEEDS = {"PU": ("upah", "kelas_risiko", "skala"), "BPU": (), "JAKON": (), "PMI": ("paket",)}


def _check_iuran(asked: dict[str, Any]) -> None:
    segment = asked["segmen"]
    missing = [name for name in _NEEDS[segment] if name not in asked]
    if missing:
        options = ", ".join("--" + name.replace("_", "-") for name in missing)
        raise click.UsageError(f"Segmen {segment} perlu {options}.")
    if segment == "BPU" and "upah" in asked:
        raise click.UsageError("Segmen BPU memakai --penghasilan; dasar upahnya dicari dalam tabel.")
    if segment == "JAKON" and not (asked.get("upah") or asked.get("nilai_kontrak")):
        raise click.UsageError("Segmen JAKON perlu --nilai-kontrak atau --upah.")


def _priced(asked: dict[str, Any], month: int, book: Book) -> dict[str, Any]:
    row = engine.from_columns({name: [value] for name, value in (asked | {"bulan": month}).items()})
    parts = contributions(row, book).rows(named=True)[0]
    cited = sources(
        Asked(
            segment=asked["segmen"],
            month=month,
            payer=asked.get("pembayar", "SENDIRI"),
            sector=asked.get("sektor", "LAIN"),
            mode=asked.get("tarif", "AUTO"),
            jht=asked["jht"],
            scale=asked.get("skala", "MENENGAH"),
            by_wage=bool(asked.get("upah")),
        ),
        book,
    )
    answer = {"total": parts["total"], "rincian": {name.upper(): parts[name] for name in PROGRAMMES}}
    if asked["segmen"] == "PMI":
        answer["rincian"] |= {"JKK": None, "JKM": None}
    answer |= _extras(asked, month, book) | {"segmen": asked["segmen"], "bulan": month_text(month)}
    return answer | _cited(cited, book)


def _extras(asked: dict[str, Any], month: int, book: Book) -> dict[str, Any]:
    """The wage base of a BPU; what the state adds to JKP, which is in no bill."""
    if asked["segmen"] == "BPU":
        steps = book.value("bpu.dasar_upah", month)
        return {"dasar_upah": next(base for low, base in reversed(steps) if asked.get("penghasilan", 0) >= low)}
    if asked["segmen"] != "PU":
        return {}
    in_jkp = SCALES.index(asked["skala"]) >= SCALES.index(book.value("pu.skala_jkp", month)["JKP"])
    rate = book.value("pu.jkp_negara", month) if in_jkp else 0
    capped = min(asked["upah"], book.value("pu.jkp_batas_upah", month)) if rate else 0
    return {"jkp_negara": int((capped * rate * 2 + 100) // 200)}


@law.command()
@segment_option
@paid_option
@click.option("--sampai", required=True, type=Month(), help="Bulan terakhir yang ditampilkan.")
@choices_option
@json_option
@say_problems
def status(segmen: str, dibayar: tuple[int, ...], sampai: int, pilihan: tuple[str, ...], as_json: bool) -> None:
    """Status kepesertaan setiap bulan sejak bulan pertama dibayar."""
    book = Book.load(_choices(pilihan))
    answer = _status(segmen, dibayar, sampai, book)
    if as_json:
        print_json(answer)
        return
    for month, word in answer["bulan"].items():
        click.echo(f"{month}  {word}{'  manfaat JKM penuh' if month in answer['manfaat_penuh'] else ''}")
    if answer["lapse"]:
        click.echo(f"Kepesertaan berhenti sejak {answer['lapse']}.")
    _say_sources(answer)


def _status(segment: str, paid: tuple[int, ...], until: int, book: Book) -> dict[str, Any]:
    line = status_of(paid, until, segment, book)
    lapses = months_text(line.months(0, line.lapse))
    settled = line.waited & (line.state == ARREARS) & ~line.full
    names = [LONGEST_ARREARS] + [WAIT] * (segment in WAITING_SEGMENTS)
    names += [DURING_ARREARS] * bool((line.state == ARREARS).any())
    first_months = np.diff(line.registration[0], prepend=0) > 0
    return {
        "bulan": {month_text(line.first + place): STATES[state] for place, state in enumerate(line.state[0])},
        "manfaat_penuh": months_text(line.months(0, line.full)),
        "lapse": lapses[-1] if lapses else None,
        "lapse_semua": lapses,
        "pendaftaran": months_text(line.months(0, first_months[None, :])),
        "manfaat_penuh_bila_lunas": months_text(line.months(0, settled)),
    } | _cited(tuple(book.cite(name, until) for name in names), book)


@law.command()
@segment_option
@click.option("--peristiwa", required=True, type=_choice(EVENTS), help="Apa yang terjadi.")
@click.option("--tanggal", required=True, type=Day(), help="Tanggal kejadian.")
@paid_option
@click.option("--upah", type=RUPIAH, help="Upah (PU) atau dasar upah (BPU) sebulan.")
@click.option("--anak", type=Words(STAGES), default="", help="Jenjang sekolah setiap anak, misalnya SD,SMP.")
@click.option("--lama", type=click.IntRange(min=1), default=1, help="TIDAK_MAMPU_BEKERJA: lamanya, bulan.")
@choices_option
@json_option
@say_problems
def manfaat(peristiwa: str, upah: int | None, pilihan: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Manfaat satu peristiwa, dengan syarat, pasal, berkas dan batas waktunya."""
    if peristiwa != DEATH and not upah:
        raise click.UsageError(f"Peristiwa {peristiwa} perlu --upah.")
    book = Book.load(_choices(pilihan))
    event = Event(
        kind=peristiwa,
        day=given["tanggal"],
        segment=given["segmen"],
        paid=given["dibayar"],
        wage=upah or 0,
        children=given["anak"],
        months_unable=given["lama"],
    )
    found = claim(event, book)
    if as_json:
        print_json(_claim_json(found, book))
    else:
        _say_claim(found, book)


def _claim_json(found: Claim, book: Book) -> dict[str, Any]:
    return {
        "total": found.total,
        "rincian": found.parts,
        "syarat": [condition.as_dict() for condition in found.conditions],
        "perlu_bukti": list(found.to_prove),
        "berkas": list(found.papers),
        "kedaluwarsa": found.expires.isoformat() if found.expires else None,
        "lapor_paling_lambat": found.report_by.isoformat() if found.report_by else None,
        "batas": plain(found.limits),
        "beasiswa": list(found.scholarships),
    } | _cited(found.sources, book, found.warnings)


def _say_claim(found: Claim, book: Book) -> None:
    click.echo(f"Manfaat: {rupiah(found.total)}")
    for name, amount in found.parts.items():
        click.echo(f"  {name.replace('_', ' ')}: {rupiah(amount)}{' (paling banyak)' if name == 'beasiswa' else ''}")
    for condition in found.conditions:
        click.echo(f"  {'terpenuhi' if condition.met else 'BELUM'}: {condition.name} ({condition.source.reference})")
    for title, items in (("Perlu bukti", found.to_prove), ("Berkas", found.papers)):
        if items:
            click.echo(f"{title}: {'; '.join(items)}")
    if found.expires:
        click.echo(f"Ajukan paling lambat {long_date(found.expires)}.")
    _say_sources(_cited(found.sources, book, found.warnings))


@law.command()
@click.option("--iuran", "monthly", required=True, type=RUPIAH, help="Iuran JHT sebulan.")
@click.option("--bulan", "months", required=True, type=click.IntRange(1, 1200), help="Banyaknya bulan dibayar.")
@click.option(
    "--hasil", type=click.FloatRange(min=0), default=0.0, help="Hasil pengembangan, persen setahun (anggapan)."
)
@json_option
@say_problems
def jht(monthly: int, months: int, hasil: float, as_json: bool) -> None:
    """Saldo JHT dari bulan ke bulan."""
    course = jht_balance([monthly] * months, Decimal(str(hasil)))
    text = f"Saldo JHT setelah {months} bulan: {rupiah(course[-1])} (hasil pengembangan adalah anggapan)"
    say({"total": course[-1], "saldo": course, "hasil_persen_setahun": hasil}, text, as_json=as_json)


def _choices(given: tuple[str, ...]) -> Mapping[str, str]:
    pairs = [text.partition("=") for text in given]
    if any(not sign for _, sign, _ in pairs):
        raise click.UsageError("--pilihan ditulis NAMA=PILIHAN.")
    return {name.strip(): option.strip().upper() for name, _, option in pairs}


def _cited(cited: tuple[Citation, ...], book: Book, said: tuple[str, ...] | None = None) -> dict[str, Any]:
    return {
        "sumber": [citation.as_dict() for citation in cited],
        "peringatan": list(warnings(book, cited) if said is None else said),
        "versi_parameter": book.version,
    }


def _say_sources(answer: dict[str, Any]) -> None:
    for source in answer["sumber"]:
        click.echo(f"  [{source['keyakinan']}] {source['judul']}: {source['rujukan']}")
    for text in answer["peringatan"]:
        click.echo(f"Peringatan: {text}")


for command in (parameter, difference, docs, kewajiban):
    law.add_command(command)
