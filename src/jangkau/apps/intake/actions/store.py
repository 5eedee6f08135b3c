"""Brings the rows and problems of a file in line with what was read; what is the same stays untouched."""

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils import timezone

from jangkau.apps.intake.models import ListFile, ProposalRow, RowProblem
from jangkau.core.intake import Tables
from jangkau.core.intake.read import CELL_MARK

READ = (
    "nik", "nik_dugaan", "nama", "tanggal_lahir", "jenis_kelamin", "kode_desa", "kode_wilayah", "pekerjaan",
    "status_kerja", "penghasilan", "no_hp", "no_kk",
)  # fmt: skip
_NOTHING = dict.fromkeys(READ)
_CHANGING = ["person", "region_code", "raw", "fingerprint", *READ]
_BATCH = 500
_LONGEST = {"nama": 200, "nik_dugaan": 32}


class Place(NamedTuple):
    """Where a row is in its file; `block` counts lists that stand side by side."""

    lembar: str
    baris: int
    block: int


def store(file: ListFile, tables: Tables) -> None:
    """Keep what was read and count it; the caller's transaction holds the file locked.

    A row that is known keeps its identity whatever it now says; one that names nobody any more is kept as such.
    """
    rows = _store_rows(file, tables)
    _store_problems(file, tables, rows)
    file.villages = sorted({code for code in tables.usulan["kode_desa"] if code})
    file.headings = _headings(tables)
    file.rows_read, file.people = tables.terisi, len(tables.usulan["id_usulan"])
    open_levels = list(file.problems.filter(settled_at=None).values_list("tingkat", flat=True))
    file.faults, file.warnings = open_levels.count("GALAT"), open_levels.count("PERINGATAN")
    file.save()


def _store_rows(file: ListFile, tables: Tables) -> dict[Place, ProposalRow]:
    known = {Place(row.lembar, row.baris, row.block): row for row in file.rows.all()}
    new, changed = [], []
    found = dict(_wanted(file, tables))
    found |= {place: _nobody(file) for place in known.keys() - found.keys()}
    for place, values in found.items():
        row = known.get(place)
        if row is None:
            known[place] = ProposalRow(file=file, id_usulan=_identity(file, place), **place._asdict(), **values)
            new.append(known[place])
        elif any(getattr(row, name) != value for name, value in values.items()):
            vars(row).update(values)
            changed.append(row)
    ProposalRow.objects.bulk_create(new, batch_size=_BATCH)
    ProposalRow.objects.bulk_update(changed, _CHANGING, batch_size=_BATCH)
    return known


def _identity(file: ListFile, place: Place) -> str:
    again = f"#{place.block + 1}" if place.block else ""
    return f"{file.key}#{place.lembar}#{place.baris}{again}"


def _nobody(file: ListFile) -> dict[str, Any]:
    return {"person": False, "region_code": file.region_code, "raw": [], "fingerprint": "", **_NOTHING}


def _wanted(file: ListFile, tables: Tables) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every row that names a person, and those kept because something is wrong with them."""
    sheets = zip(tables.isi["lembar"], tables.isi["baris"], tables.isi["sel"], strict=True)
    raw = {(lembar, baris): cells.split(CELL_MARK) for lembar, baris, cells in sheets}
    taken = set()
    for record in _records(tables):
        key = (record["lembar"], record["baris"])
        block = _block(file, record)
        taken.add(key)
        values = {name: _short(name, record[name]) for name in READ}
        place = {"region_code": _within(file, values["kode_wilayah"]), "raw": raw.get(key, [])}
        yield Place(*key, block), {"person": True, "fingerprint": _fingerprint(values), **place, **values}
    for key, cells in raw.items():
        if key not in taken:
            yield Place(*key, 0), {**_nobody(file), "raw": cells}


def _records(tables: Tables) -> Iterator[dict[str, Any]]:
    for values in zip(*tables.usulan.values(), strict=True):
        yield dict(zip(tables.usulan, values, strict=True))


def _block(file: ListFile, record: dict[str, Any]) -> int:
    """Which of several lists side by side: `...#7#2` is the second."""
    rest = record["id_usulan"].removeprefix(f"{file.name}#{record['lembar']}#{record['baris']}")
    return int(rest[1:]) - 1 if rest else 0


def _short(name: str, value: Any) -> Any:
    return value[: _LONGEST[name]] if name in _LONGEST and value else value


def _within(file: ListFile, code: str | None) -> str:
    """The row's own place where that lies in the list's region, else that region: who sees the list sees its rows."""
    return code if code and code.startswith(file.region_code) else file.region_code


def _fingerprint(values: dict[str, Any]) -> str:
    text = "\x1f".join(f"{name}={value}" for name, value in values.items())
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _store_problems(file: ListFile, tables: Tables, rows: dict[Place, ProposalRow]) -> None:
    """Problems that are still there stay, those that are not are settled, new ones are added."""
    open_now: dict[tuple[Any, ...], list[RowProblem]] = {}
    for problem in file.problems.filter(settled_at=None):
        key = (problem.lembar, problem.baris, problem.kolom, problem.kode, problem.pesan)
        open_now.setdefault(key, []).append(problem)
    names = ("lembar", "baris", "kolom", "kode", "pesan", "tingkat", "saran")
    new = []
    for values in zip(*(tables.masalah[name] for name in names), strict=True):
        if (same := open_now.get(values[:5])) and same.pop():
            continue
        row = rows.get(Place(values[0], values[1] or 0, 0)) or rows.get(Place(values[0], values[1] or 0, 1))
        new.append(RowProblem(file=file, row=row, **dict(zip(names, values, strict=True))))
    RowProblem.objects.bulk_create(new, batch_size=_BATCH)
    gone = [problem.pk for left in open_now.values() for problem in left]
    RowProblem.objects.filter(pk__in=gone).update(settled_at=timezone.now())


def _headings(tables: Tables) -> list[list[Any]]:
    """[sheet, row, texts] of every heading."""
    kept = zip(tables.judul["lembar"], tables.judul["baris"], tables.judul["sel"], strict=True)
    return [[lembar, baris, cells.split(CELL_MARK)] for lembar, baris, cells in kept]
