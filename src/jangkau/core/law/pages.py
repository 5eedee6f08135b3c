"""The law as pages that a lawyer can read: every rule with its values over time, sources, confidence and examples."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jangkau.core.kernel.formats import long_date, long_month, rupiah
from jangkau.core.kernel.month import month_index
from jangkau.core.law import show
from jangkau.core.law.book import Book
from jangkau.core.law.duties import Duty, Scorecard, duties, scorecard
from jangkau.core.law.examples import Example
from jangkau.core.law.schema import Parameter, Value

GROUPS = {
    "bpu": "Iuran bukan penerima upah (BPU)",
    "pu": "Iuran penerima upah (PU)",
    "jakon": "Iuran jasa konstruksi (Jakon)",
    "pmi": "Iuran pekerja migran Indonesia (PMI)",
    "keanggotaan": "Kepesertaan",
    "jkm": "Jaminan Kematian (JKM)",
    "jkk": "Jaminan Kecelakaan Kerja (JKK)",
    "beasiswa": "Beasiswa anak",
    "jkp": "Jaminan Kehilangan Pekerjaan (JKP)",
    "klaim": "Klaim",
}
NOTICE = "<!-- Dibuat oleh `jangkau law docs`; ubah berkas aturan atau kasusnya, bukan halaman ini. -->\n"
_MONEY = {"upah", "penghasilan", "nilai-kontrak", "iuran", "total", "saldo", "dasar_upah", "jkp_negara"}
_MONEY |= {"JKK", "JKM", "JHT", "JP", "JKP", "santunan", "santunan_berkala", "biaya_pemakaman", "beasiswa"}
_MONEY |= {"perawatan_rumah", "DARAT", "LAUT", "UDARA"}


def pages(book: Book, examples: Iterable[Example]) -> dict[str, str]:
    """File name -> Markdown, in Indonesian: an index, one page a group of rules, duties, scorecard questions."""
    shown = list(examples)
    made = {"README.md": _index(book, len(shown))}
    for group in groups(book):
        made[f"{group}.md"] = "\n".join(_group(book, group, shown))
    made["kewajiban.md"] = "\n".join(_duties(duties()))
    made["kartu-nilai.md"] = "\n".join(_scorecard(scorecard()))
    return {name: text.rstrip() + "\n" for name, text in made.items()}


def groups(book: Book) -> list[str]:
    """The groups of rules, known ones first."""
    found = {name.split(".")[0] for name in book.parameters}
    return [*(group for group in GROUPS if group in found), *sorted(found - set(GROUPS))]


def _index(book: Book, cases: int) -> str:
    lines = [NOTICE, "# Aturan", "", "BPJS Ketenagakerjaan (untuk kerja), bukan BPJS Kesehatan.", ""]
    lines += [
        "Semua angka berasal dari berkas `src/jangkau/core/law/parameters/`, yang disusun dari sumber kedua: naskah",
        "peraturannya sendiri belum dibaca penuh. Keyakinan **tinggi** berarti resmi atau beberapa sumber sepakat,",
        "**sedang** satu sumber yang dapat dipercaya, **rendah** lemah dan tidak boleh dianggap pasti.",
        "",
        f"Versi parameter `{book.version}`; {len(book.parameters)} aturan; {cases} kasus uji.",
        "",
        "Jumlah rupiah dibulatkan per program ke rupiah terdekat, setengah ke atas. Aturan sebuah bulan adalah yang",
        "berlaku pada hari terakhir bulan itu. Di luar masa yang diketahui tidak ada jawaban, bukan nol.",
        "",
    ]
    lines += [f"- [{GROUPS.get(group, group)}]({group}.md)" for group in groups(book)]
    lines += [
        "- [Kewajiban](kewajiban.md)",
        "- [Kartu nilai](kartu-nilai.md)",
        "",
        "## Yang lemah atau belum tegas",
        "",
    ]
    return "\n".join([*lines, *_weak(book)])


def _weak(book: Book) -> Iterator[str]:
    for name in sorted(book.parameters):
        parameter = book[name]
        if any(value.confidence == "rendah" for value in parameter.values):
            group = name.split(".")[0]
            yield f"- [{parameter.title}]({group}.md#{_anchor(name)}){_colon(parameter.warning)}"


def _colon(text: str) -> str:
    return f": {text}" if text else ""


def _anchor(name: str) -> str:
    return name.replace(".", "-")


def _group(book: Book, group: str, examples: list[Example]) -> Iterator[str]:
    yield from (NOTICE, f"# {GROUPS.get(group, group)}", "")
    for name in sorted(book.parameters):
        if name.split(".")[0] == group:
            yield from _rule(book[name], [example for example in examples if name in example.rules])


def _rule(parameter: Parameter, examples: list[Example]) -> Iterator[str]:
    yield from (f'<a id="{_anchor(parameter.name)}"></a>', f"## {parameter.title}", "")
    yield from (f"`{parameter.name}` · satuan: {parameter.unit}", "", parameter.meaning, "")
    if parameter.options:
        yield from (f"Pilihan: {', '.join(parameter.options)}.", "")
    if parameter.warning:
        yield from (f"> **Belum tegas.** {parameter.warning}", "")
    long = parameter.form == "jenjang"
    yield from ("| berlaku | nilai | rujukan | keyakinan | catatan |", "|---|---|---|---|---|")
    for value in parameter.values:
        content = "lihat tabel" if long else show.content(value.content, parameter.unit)
        yield _row(show.period(value), content, value.reference, _confidence(value), value.note)
    yield ""
    if long:
        yield from _steps(parameter)
    yield from _examples(examples)


def _confidence(value: Value | Duty) -> str:
    return "**rendah**" if value.confidence == "rendah" else value.confidence


def _steps(parameter: Parameter) -> Iterator[str]:
    for value in parameter.values:
        yield from (f"Tabel {show.period(value)}:", "", "| mulai | sampai di bawah | nilai |", "|---:|---:|---:|")
        lows = [low for low, _ in value.content]
        for (low, content), high in zip(value.content, [*lows[1:], None], strict=True):
            end = rupiah(int(high)) if high is not None else "seterusnya"
            yield _row(rupiah(int(low)), end, show.amount(content, parameter.unit))
        yield ""


def _examples(examples: list[Example]) -> Iterator[str]:
    if not examples:
        return
    yield from ("| contoh | bila | maka | pasal |", "|---|---|---|---|")
    for example in examples:
        asked = {"perintah": example.command} | dict(example.given)
        yield _row(example.name, _facts(asked), _facts(example.expected), example.article)
    yield ""


def _facts(facts: Mapping[str, Any]) -> str:
    return "; ".join(f"{key.replace('_', ' ')} {_said(key, value)}" for key, value in facts.items())


def _said(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if value is None:
        return "tidak ada"
    if isinstance(value, Mapping):
        return (
            f"({', '.join(f'{name} {_said(str(name), item)}' for name, item in value.items())})"
            if value
            else "tidak ada"
        )
    if isinstance(value, list):
        return ", ".join(_said(key, item) for item in value) or "tidak ada"
    if key == "bulan" and isinstance(value, str):
        return long_month(month_index(value))
    return rupiah(value) if key in _MONEY and isinstance(value, int) else str(value)


def _duties(found: Iterable[Duty]) -> Iterator[str]:
    yield from (
        NOTICE,
        "# Kewajiban",
        "",
        "Siapa wajib berbuat apa, menurut peraturan apa, dan bukti yang diminta.",
        "",
    )
    yield from ("| kode | siapa | kewajiban | rujukan | sejak | keyakinan | bukti |", "|---|---|---|---|---|---|---|")
    for duty in found:
        area = f" (wilayah {duty.area})" if duty.area else ""
        since = f"{long_date(duty.since)}{f' ({duty.note})' if duty.note else ''}"
        who, evidence = ", ".join(duty.who), "; ".join(duty.evidence)
        yield _row(duty.code, who, duty.what + area, duty.reference, since, _confidence(duty), evidence)


def _scorecard(card: Scorecard) -> Iterator[str]:
    yield from (NOTICE, f"# Kartu nilai, versi {card.version}", "")
    yield "Instrumen resmi tidak ditemukan. Pertanyaan, bobot dan batas golongan adalah usulan yang dapat diubah."
    yield from (
        "",
        "| kode | kelompok | pertanyaan | jawab | bobot | kewajiban | rujukan | bukti |",
        "|---|---|---|---|---:|---|---|---|",
    )
    for q in card.questions:
        duty, evidence = ", ".join(q.duties), "; ".join(q.evidence)
        yield _row(q.code, q.group, q.text, q.kind.replace("_", "/"), str(q.weight), duty, q.reference, evidence)
    yield from ("", "Golongan: " + "; ".join(f"mulai {low} {name}" for low, name in card.bands) + ".")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
