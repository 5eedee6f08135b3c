"""What of an XLSForm no client of ours could show, or is plainly wrong: told by sheet, row and column."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from jangkau.core.field import features, formulas
from jangkau.core.field.alike import Place
from jangkau.core.field.workbook import Line, Sheet
from jangkau.core.kernel.problems import kind

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_PARAMETER = re.compile(r"([\w-]+)\s*=\s*([^\s,;]*)")
_SPOKEN = ("label", "hint", "constraint_message", "required_message")
_FORM_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")


@dataclass(frozen=True)
class Refusal:
    """Why a form cannot be used: where in the workbook, and what to do."""

    lembar: str
    baris: int | None
    kolom: str
    kode: str
    pesan: str
    saran: str

    @property
    def where(self) -> str:
        """`survey!C7`, as Excel writes it."""
        return f"{self.lembar}!{self.kolom}{self.baris or ''}" if self.lembar else ""


@dataclass(frozen=True)
class Kind:
    """What a cell of the column `type` says: `select_one desa` is name select_one and list desa."""

    name: str
    rest: str = ""


def kind_of(text: str) -> Kind:
    """A type cell read: spellings with blanks are those with underscores."""
    words = text.split()
    for length in (4, 3, 2):
        name = "_".join(word.lower() for word in words[:length])
        if name in ("begin_group", "end_group", "begin_repeat", "end_repeat"):
            return Kind(name, " ".join(words[length:]))
    return Kind(words[0].lower() if words else "", " ".join(words[1:]))


def refusal(sheet: Sheet, row: int | None, column: str, kode: str, **words: str) -> Refusal:
    """A refusal in the words of the catalogue; `column` is a heading."""
    found = kind(kode)
    letter = sheet.letters.get(column, "")
    return Refusal(sheet.name, row, letter, kode, found.pesan.format(**words), found.saran.format(**words))


def check(book: dict[str, Sheet]) -> list[Refusal]:
    """Everything to be refused, in the order of the workbook; empty where the form may be converted."""
    survey = book.get("survey", Sheet("survey"))
    if not survey.lines or "type" not in survey.letters or "name" not in survey.letters:
        return [refusal(survey, None, "", "FORMULIR_TANPA_LEMBAR")]
    found = [*_sheets(book), *_settings(book.get("settings", Sheet("settings")))]
    choices = book.get("choices", Sheet("choices"))
    found += [*_choices(choices), *_structure(survey), *_names(survey)]
    lists = {line.get("list_name") for line in choices.lines}
    for line in survey.lines:
        found += [*_kind(survey, line, lists), *_columns(survey, line), *_parameters(survey, line)]
    found += [*_untranslated(survey), *_untranslated(choices)]
    found += [*_expressions(survey), *_entities(book.get("entities", Sheet("entities")), _types(survey))]
    return sorted(found, key=lambda r: (r.lembar != "settings", r.lembar, r.baris or 0, r.kolom))


def _sheets(book: dict[str, Sheet]) -> Iterator[Refusal]:
    for name in features.SHEETS_REFUSED:
        if name in book and book[name].lines:
            yield refusal(book[name], None, "", "FORMULIR_LEMBAR_TIDAK_DIDUKUNG", lembar=name)


def _settings(sheet: Sheet) -> Iterator[Refusal]:
    line = sheet.lines[0] if sheet.lines else Line(2, {})
    if not _FORM_ID.fullmatch(line.get("form_id")):
        yield refusal(sheet, line.number, "form_id", "FORMULIR_TANPA_ID")
    if not line.get("version"):
        yield refusal(sheet, line.number, "version", "FORMULIR_TANPA_VERSI")
    for name in features.SETTINGS_REFUSED:
        if line.get(name):
            yield refusal(sheet, line.number, name, "FORMULIR_PENGATURAN_TIDAK_DIDUKUNG", nama=name)


def _choices(sheet: Sheet) -> Iterator[Refusal]:
    seen = Counter[tuple[str, str]]()
    sizes = Counter(line.get("list_name") for line in sheet.lines)
    labels = [name for name in sheet.letters if name == "label" or name.startswith("label::")]
    for line in sheet.lines:
        key = (line.get("list_name"), line.get("name"))
        seen[key] += 1
        if not all(key) or not any(line.get(name) for name in labels):
            yield refusal(sheet, line.number, "name", "FORMULIR_PILIHAN_KURANG")
        elif seen[key] == 2:
            yield refusal(sheet, line.number, "name", "FORMULIR_PILIHAN_GANDA", nama=key[1], daftar=key[0])
        elif " " in key[1]:
            yield refusal(sheet, line.number, "name", "FORMULIR_NAMA_SALAH", nama=key[1])
        if sizes.get(key[0], 0) > features.MOST_CHOICES:
            yield refusal(sheet, line.number, "list_name", "FORMULIR_PILIHAN_BANYAK", daftar=key[0],
                          batas=str(features.MOST_CHOICES))  # fmt: skip
            sizes[key[0]] = 0


def _structure(sheet: Sheet) -> Iterator[Refusal]:
    """Each begin with its end."""
    opened: list[tuple[str, Line]] = []
    for line in sheet.lines:
        name = kind_of(line.get("type")).name
        if name in features.OPENING:
            opened.append((features.OPENING[name], line))
        elif name in features.CLOSING and (not opened or opened.pop()[0] != features.CLOSING[name]):
            yield refusal(sheet, line.number, "type", "FORMULIR_TUTUP_TANPA_BUKA", jenis=line.get("type"))
    for _, line in opened:
        yield refusal(sheet, line.number, "type", "FORMULIR_BUKA_TANPA_TUTUP", nama=line.get("name"))


def _names(sheet: Sheet) -> Iterator[Refusal]:
    seen = set[str]()
    for line in sheet.lines:
        name, what = line.get("name"), kind_of(line.get("type")).name
        if what in features.CLOSING or not what:
            continue
        if not name and what in features.METADATA:
            continue
        if not _NAME.fullmatch(name):
            yield refusal(sheet, line.number, "name", "FORMULIR_NAMA_SALAH", nama=name)
        elif name.lower() in seen:
            yield refusal(sheet, line.number, "name", "FORMULIR_NAMA_GANDA", nama=name)
        seen.add(name.lower())


def _kind(sheet: Sheet, line: Line, lists: set[str]) -> Iterator[Refusal]:
    found = kind_of(line.get("type"))
    if found.name in features.SELECTS:
        words = found.rest.split()
        if "or_other" in words or len(words) != 1:
            yield refusal(sheet, line.number, "type", "FORMULIR_PILIHAN_SALAH", jenis=line.get("type"))
        elif features.SELECTS[found.name] == "daftar" and words[0] not in lists and not words[0].startswith("${"):
            yield refusal(sheet, line.number, "type", "FORMULIR_DAFTAR_TIDAK_ADA", daftar=words[0])
        elif features.SELECTS[found.name] == "berkas" and not words[0].endswith(".csv"):
            yield refusal(sheet, line.number, "type", "FORMULIR_BERKAS_CSV", berkas=words[0])
    elif found.rest or found.name not in {
        *features.QUESTIONS, *features.METADATA, *features.OPENING, *features.CLOSING
    }:  # fmt: skip
        yield refusal(sheet, line.number, "type", "FORMULIR_JENIS_TIDAK_DIDUKUNG", jenis=line.get("type") or "(kosong)")


def _columns(sheet: Sheet, line: Line) -> Iterator[Refusal]:
    """Cells in columns that are not supported, and unknown words in those that are."""
    for name in line.cells:
        if name.split("::label")[0] in features.COLUMNS_REFUSED or name.startswith(("media::", "audio::", "image::")):
            yield refusal(sheet, line.number, name, "FORMULIR_KOLOM_TIDAK_DIDUKUNG", nama=name)
    for word in line.get("appearance").split():
        if word not in features.APPEARANCES:
            yield refusal(sheet, line.number, "appearance", "FORMULIR_TAMPILAN_TIDAK_DIDUKUNG", nama=word)


def _parameters(sheet: Sheet, line: Line) -> Iterator[Refusal]:
    told = dict(_PARAMETER.findall(line.get("parameters")))
    scale = kind_of(line.get("type")).name == "range"
    for key in told:
        if key not in (features.SCALE if scale else features.PARAMETERS):
            yield refusal(sheet, line.number, "parameters", "FORMULIR_PARAMETER_TIDAK_DIDUKUNG", nama=key)
    if scale and not _divided(features.SCALE | told):
        yield refusal(sheet, line.number, "parameters", "FORMULIR_RENTANG")


def _divided(told: Mapping[str, str]) -> bool:
    """Whether a scale goes up, in whole steps."""
    try:
        start, end, step = (Decimal(told[name]) for name in features.SCALE)
        return step > 0 and end > start and (end - start) % step == 0
    except InvalidOperation:
        return False


def _untranslated(sheet: Sheet) -> Iterator[Refusal]:
    """Words that are there in one language and missing in another: the converter would show a dash at the village."""
    for name in _SPOKEN:
        tongues = [heading for heading in sheet.letters if heading.startswith(f"{name}::")]
        for line in sheet.lines:
            lacking = [heading for heading in tongues if not line.get(heading)]
            if lacking and len(lacking) < len(tongues):
                yield refusal(sheet, line.number, lacking[0], "FORMULIR_TERJEMAHAN_KURANG",
                              bahasa=lacking[0].partition("::")[2])  # fmt: skip


def _types(sheet: Sheet) -> dict[str, str]:
    return {line.get("name"): kind_of(line.get("type")).name for line in sheet.lines if line.get("name")}


def _expressions(sheet: Sheet) -> Iterator[Refusal]:
    """Functions that clients compute differently, references to no question, defaults that are not always set."""
    types, opened = _types(sheet), list[Line]()
    for line in sheet.lines:
        kind = kind_of(line.get("type")).name
        if kind in features.CLOSING and opened:
            opened.pop()
        around = [above for above in opened if kind_of(above.get("type")).name == "begin_repeat"]
        place = Place(types, frozenset(above.get("name") for above in around), kind)
        for column, kode, words in (*formulas.wrong(line, features.EXPRESSIONS, place), *formulas.spoken(line, place)):
            yield refusal(sheet, line.number, column, kode, **words)
        if formulas.computed("default", line.get("default")) and any(at.get("relevant") for at in (*opened, line)):
            yield refusal(sheet, line.number, "default", "FORMULIR_BAWAAN_TERSEMBUNYI")
        if kind in features.OPENING:
            opened.append(line)


def _entities(sheet: Sheet, types: dict[str, str]) -> Iterator[Refusal]:
    for line in sheet.lines:
        plain = {
            column: use for column, use in features.OF_ENTITIES.items() if column != "label" or "(" in line.get(column)
        }
        for column, kode, words in formulas.wrong(line, plain, Place(types, frozenset(), "")):
            yield refusal(sheet, line.number, column, kode, **words)
