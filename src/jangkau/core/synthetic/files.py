"""Which lists go into which files, and the truth of every line that names a person."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.synthetic import decoys, writers
from jangkau.core.synthetic.cells import certain_nik
from jangkau.core.synthetic.data import load
from jangkau.core.synthetic.lists import ListNumbers
from jangkau.core.synthetic.places import Places
from jangkau.core.synthetic.sheets import Habit, Sheet, Where, build, draw_habit, draw_key

Mention = dict[str, Any]
FORMATS = {"xlsx": 66, "xls": 14, "csv": 15, "ods": 5}
KNOWN_FROM = {"kolom": 46, "judul": 34, "berkas": 12, "lembar": 8}
TRUTH_SCHEMA = {
    "id_usulan": pl.String, "nik": pl.String, "id_orang": pl.String, "nik_tertulis": pl.String, "nama": pl.String,
    "tanggal_lahir": pl.Date, "jenis_kelamin": pl.String, "kode_desa": pl.String, "desa_pasti": pl.Boolean,
    "pekerjaan": pl.String, "status_kerja": pl.String, "penghasilan": pl.Int64, "no_hp": pl.String,
    "jebakan": pl.List(pl.String),
}  # fmt: skip


@dataclass
class Plan:
    """One file to come: `lists` are (sheet name or None, village or None, mentions)."""

    name: str
    lists: list[tuple[str | None, int | None, list[Mention]]]
    place: str
    format: str


@dataclass
class FileMaker:
    """Writes proposal files and remembers the truth about each line and how often each trap was set."""

    folder: Path
    places: Places
    rng: np.random.Generator
    truth: list[Mention] = field(default_factory=list)
    traps: Counter[str] = field(default_factory=Counter)
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.same_name = Counter(key for code in self.places.villages for key in self._keys(code))
        depth = self.rng.integers(0, 3, len(self.places.regencies))
        self.depth = dict(zip(self.places.regencies, depth.tolist(), strict=True))

    def _keys(self, code: str) -> list[tuple[str, ...]]:
        names = [self.places.names[c].upper().replace(" ", "") for c in (code, code[:6], code[:4])]
        return [(names[0],), ("C", names[0], names[1]), ("B", names[0], names[2]), ("CB", *names)]

    def certain(self, code: str, district: bool, regency: bool) -> bool:
        """Whether the village's name, with those of its kecamatan or kabupaten when shown, fits it alone."""
        key = self._keys(code)[(1 if district else 0) + (2 if regency else 0)]
        return self.same_name[key] == 1

    def where(self, code: str, in_title: tuple[str, ...]) -> Where:
        """The names of a village and what is around it."""
        names = self.places.names
        return Where(names[code], names[code[:6]], names[code[:4]], in_title)

    def path(self, code: str, name: str, suffix: str) -> tuple[Path, str]:
        """A new file for the region `code`, in the folder habit of its kabupaten, and its relative name."""
        names = self.places.names
        parts = [names[code[:4]], names[code[:6]] if len(code) > 4 else ""][: self.depth[code[:4]]]
        stem = re.sub(r'[\\/:*?"<>|#]', " ", name).strip()
        relative = "/".join([*filter(None, parts), stem])
        number = 1
        while f"{relative}.{suffix}".upper() in self.used:
            number += 1
            relative = "/".join([*filter(None, parts), f"{stem} ({number})"])
        relative = f"{relative}.{suffix}"
        self.used.add(relative.upper())
        target = self.folder / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        return target, relative

    def write(self, plan: Plan) -> None:
        """One file, its truth and its traps."""
        wide = plan.place == "kolom" or plan.lists[0][1] is None
        columns = (
            ("desa", "kecamatan") if wide and self.rng.random() < 0.65 or plan.lists[0][1] is None else ("desa",) * wide
        )
        habit = draw_habit(self.rng, plain=plan.format == "csv", place_columns=columns)
        code = self.places.villages[plan.lists[0][2][0]["_tempat"]]
        target, relative = self.path(code if plan.lists[0][1] is not None else code[:4], plan.name, plan.format)
        sheets = [self._sheet(plan, entry, habit, relative) for entry in plan.lists]
        before, after = self._extra_sheets(plan)
        self._save(target, plan.format, [*before, *sheets, *after])
        self._count(plan, habit, len(sheets) + len(before) + len(after))

    def _sheet(
        self, plan: Plan, entry: tuple[str | None, int | None, list[Mention]], habit: Habit, relative: str
    ) -> Sheet:
        name, village, mentions = entry
        code = self.places.villages[mentions[0]["_tempat"]]
        in_title: tuple[str, ...] = ()
        if plan.place == "judul":
            in_title = (("desa", "kecamatan", "kabupaten"), ("desa", "kecamatan"), ("desa",))[
                int(self.rng.choice(3, p=[0.5, 0.35, 0.15]))
            ]
        words = load("words")
        plain = words["lembar_umum"][int(self.rng.integers(len(words["lembar_umum"])))]
        sheet = build(_sheet_name(name or plain), mentions, habit, self.where(code, in_title), self.rng)
        district = "kecamatan" in (*habit.columns, *in_title) or plan.place == "kecamatan" or _names(
            self.places.names[code[:6]], plan.name
        )  # fmt: skip
        label = "" if plan.format == "csv" else sheet.name
        rows = {m["_nomor"]: m for m in mentions}
        for number, row in sheet.ids.items():
            sure = self.certain(self.places.villages[rows[number]["_tempat"]], district, "kabupaten" in in_title)
            self.truth.append(_truth(rows[number], f"{relative}#{label}#{row + 1}", habit, self.places, sure))
        return sheet

    def _extra_sheets(self, plan: Plan) -> tuple[list[Sheet], list[Sheet]]:
        """Sheets that name nobody: instructions before, counts or emptiness after."""
        if plan.format == "csv":
            return [], []
        u = self.rng.random(3)
        guide = Sheet(
            "Petunjuk", [["PETUNJUK PENGISIAN"], [], ["1", "Isi NIK 16 digit sesuai KTP"], ["2", "Isi nama lengkap"]]
        )
        count: list[list[Any]] = [["REKAP"], ["Uraian", "Jumlah"]]
        count += [["Jumlah usulan", sum(len(m) for _, _, m in plan.lists)], ["Laki-laki", None], ["Perempuan", None]]
        after = [Sheet("Rekap", count)] if u[1] < 0.08 else []
        after += [Sheet("Kosong1"), Sheet("Kosong2")] if u[2] < 0.12 else []
        return [guide] if u[0] < 0.05 else [], after

    def _save(self, target: Path, kind: str, sheets: list[Sheet]) -> None:
        if kind != "csv":
            write: Callable[[Path, list[Sheet]], None] = getattr(writers, f"write_{kind}")
            write(target, sheets)
            return
        delimiter = ";" if self.rng.random() < 0.5 else ","
        encoding = str(self.rng.choice(["utf-8", "utf-8-sig", "cp1252"]))
        self.traps[f"CSV_{encoding.upper()}"] += 1
        self.traps["CSV_TITIK_KOMA" if delimiter == ";" else "CSV_KOMA"] += 1
        writers.write_csv(target, sheets, delimiter=delimiter, encoding=encoding)

    def _count(self, plan: Plan, habit: Habit, sheets: int) -> None:
        marks = {
            f"BERKAS_{plan.format.upper()}": True,
            f"DESA_DI_{plan.place.upper()}": True,
            "JUDUL": habit.title,
            "KEPALA_DUA_BARIS": habit.two_rows,
            "BARIS_PENOMORAN": habit.numbering,
            "SUBTOTAL": habit.groups,
            "KEPALA_BERULANG": habit.repeat_header,
            "BARIS_KOSONG": habit.blanks,
            "TANDA_TANGAN": habit.signature,
            "KOLOM_KOSONG_DI_KIRI": bool(habit.offset),
            "BANYAK_LEMBAR": sheets > 1,
            f"TANGGAL_GAYA_{habit.date.upper()}": True,
        }
        self.traps.update(code for code, there in marks.items() if there)


def _names(region: str, text: str) -> bool:
    return region.upper() in text.upper()


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\'#]", " ", name).strip()[:31] or "Sheet1"


def _truth(m: Mention, key: str, habit: Habit, places: Places, sure: bool) -> Mention:
    """What this line says, read rightly (null: the list does not say), whose it is, and the traps on it."""
    has = set(habit.columns)
    style = [f"NIK_GAYA_{habit.nik.upper()}"] if habit.nik != "teks" and m["tulis_nik"] else []
    return {
        "id_usulan": key,
        "nik": m["nik"],
        "id_orang": m["nik"] or m["_semu"],
        "nik_tertulis": certain_nik(m["tulis_nik"], habit.nik),
        "nama": m["nama"],
        "tanggal_lahir": m["tanggal_lahir"],
        "jenis_kelamin": m["jenis_kelamin"] if "jk" in has else None,
        "kode_desa": places.villages[m["_tempat"]],
        "desa_pasti": sure,
        "pekerjaan": m["pekerjaan"] if "pekerjaan" in has else None,
        "status_kerja": m["status_kerja"] if "pekerjaan" in has else None,
        "penghasilan": m["penghasilan"] if "penghasilan" in has else None,
        "no_hp": m["no_hp"] if "hp" in has else None,
        "jebakan": m["jebakan"] + style,
    }


def write_lists(
    folder: Path, mentions: pl.DataFrame, places: Places, rng: np.random.Generator, tick: Callable[[str], None]
) -> tuple[pl.DataFrame, Counter[str]]:
    """Every proposal file below `folder`; the truth of each line, and the count of file traps."""
    maker = FileMaker(folder, places, rng)
    for plan in _plans(_located(mentions, places, rng), maker):
        maker.write(plan)
        tick("usulan")
    maker.traps.update(decoys.write(folder, partial(_decoy_path, maker), len(maker.used), rng))
    truth = pl.DataFrame(maker.truth, schema=TRUTH_SCHEMA)
    return truth.sort("id_usulan"), maker.traps


def _decoy_path(maker: FileMaker, name: str, suffix: str) -> Path:
    districts = maker.places.districts
    return maker.path(districts[int(maker.rng.integers(len(districts)))], name, suffix)[0]


def _located(mentions: pl.DataFrame, places: Places, rng: np.random.Generator) -> dict[int, list[Mention]]:
    """The mentions of each list with the names they show."""
    lists, towns = ListNumbers(len(places.villages)), load("words")["tempat_lahir"]
    town = (rng.random(len(mentions)) ** 1.5 * len(towns)).astype(int).tolist()
    grouped: dict[int, list[Mention]] = {}
    for number, (mention, place) in enumerate(zip(mentions.iter_rows(named=True), town, strict=True)):
        village = lists.village(mention["_daftar"])
        mention["_tempat"] = mention["_desa"] if village is None else village
        code = places.villages[mention["_tempat"]]
        mention.update(_nomor=number, desa=places.names[code], kecamatan=places.names[code[:6]], tempat=towns[place])
        grouped.setdefault(mention["_daftar"], []).append(mention)
    return grouped


def _plans(grouped: dict[int, list[Mention]], maker: FileMaker) -> Iterator[Plan]:
    """Workbooks of a whole kecamatan (more of them where villages send few rows), village files, department files."""
    places, rng = maker.places, maker.rng
    lists = ListNumbers(len(places.villages))
    share = 0.15 if sum(map(len, grouped.values())) > 20 * len(places.villages) else 0.5
    by_district: dict[str, list[int]] = {}
    for number in grouped:
        village = lists.village(number)
        if village is None:
            yield _department(grouped[number], maker)
        elif number >= lists.villages:
            yield _village_file(grouped[number], village, maker)
        else:
            by_district.setdefault(places.villages[village][:6], []).append(number)
    for district, numbers in by_district.items():
        if len(numbers) > 1 and rng.random() < share:
            yield _district_book(district, [grouped[n] for n in numbers], maker)
        else:
            yield from (_village_file(grouped[n], n, maker) for n in numbers)


def _file_name(kind: str, maker: FileMaker, code: str) -> str:
    names, patterns = maker.places.names, load("words")["berkas"][kind]
    pattern: str = patterns[int(maker.rng.integers(len(patterns)))]
    shown = {"desa": names[code], "kecamatan": names.get(code[:6], ""), "kabupaten": names[code[:4]]}
    name = pattern.format(**shown)
    return name.replace(" ", "_") if maker.rng.random() < 0.15 else name


def _department(mentions: list[Mention], maker: FileMaker) -> Plan:
    code = maker.places.villages[mentions[0]["_tempat"]]
    kind = draw_key({k: v for k, v in FORMATS.items() if k != "ods"}, maker.rng.random())
    return Plan(_file_name("dinas", maker, code), [(None, None, mentions)], "kolom", kind)


def _village_file(mentions: list[Mention], village: int, maker: FileMaker) -> Plan:
    code = maker.places.villages[village]
    kind = draw_key(FORMATS, maker.rng.random())
    place = draw_key(KNOWN_FROM, maker.rng.random())
    if kind == "csv" and place == "lembar":
        place = "judul"
    named = place == "berkas" or maker.rng.random() < 0.6
    sheet = maker.places.names[code] if place == "lembar" else None
    return Plan(_file_name("desa" if named else "umum", maker, code), [(sheet, village, mentions)], place, kind)


def _district_book(district: str, lists: list[list[Mention]], maker: FileMaker) -> Plan:
    """A sheet a village, or one sheet with a village column."""
    name = _file_name("kecamatan", maker, district)
    if maker.rng.random() < 0.4:
        return Plan(name, [(None, None, [m for mentions in lists for m in mentions])], "kolom", "xlsx")
    kind = draw_key({"xlsx": 75, "xls": 17, "ods": 8}, maker.rng.random())
    taken: set[str] = set()
    sheets: list[tuple[str | None, int | None, list[Mention]]] = []
    for mentions in lists:
        title = _sheet_name(maker.places.names[maker.places.villages[mentions[0]["_tempat"]]])
        while title.upper() in taken:
            title = title[:29] + " 2"
        taken.add(title.upper())
        sheets.append((title, mentions[0]["_tempat"], mentions))
    return Plan(name, sheets, "kecamatan", kind)
