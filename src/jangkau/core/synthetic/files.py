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

from jangkau.core.synthetic import decoys, faults, writers
from jangkau.core.synthetic.cells import certain_nik, draw_key
from jangkau.core.synthetic.data import load
from jangkau.core.synthetic.layout import Habit, Sheet, Where, draw_habit
from jangkau.core.synthetic.lists import ListNumbers
from jangkau.core.synthetic.places import Places
from jangkau.core.synthetic.sheets import build

Mention = dict[str, Any]
FORMATS = {"xlsx": 66, "xls": 14, "csv": 15, "ods": 5}
TITLES = (("desa", "kecamatan", "kabupaten"), ("desa", "kecamatan"), ("desa",))
KNOWN_FROM = {"kolom": 46, "judul": 34, "berkas": 12, "lembar": 8}
UPPER_SUFFIX, DUSUN_SHEETS = 0.03, 0.06
MISSPELT_VILLAGE = 0.03
MISSPELT_DISTRICT = 0.03
TRUTH_SCHEMA: dict[str, Any] = {
    "id_usulan": pl.String, "nik": pl.String, "id_orang": pl.String, "nik_tertulis": pl.String, "nama": pl.String,
    "tanggal_lahir": pl.Date, "jenis_kelamin": pl.String, "kode_desa": pl.String, "desa_pasti": pl.Boolean,
    "pekerjaan": pl.String, "status_kerja": pl.String, "penghasilan": pl.Int64, "no_hp": pl.String,
    "jebakan": pl.List(pl.String),
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One list of a file: its mentions, and the sheet's name where that names the village."""

    mentions: list[Mention]
    sheet: str | None = None


@dataclass(frozen=True)
class Plan:
    """One file to come. `place` says where its village stands (KNOWN_FROM, or `kecamatan`: sheets of a kecamatan)."""

    name: str
    parts: list[Part]
    place: str
    format: str
    area: str
    several: bool = False


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

    def where(self, mention: Mention, in_title: tuple[str, ...]) -> Where:
        """The names of the mention's village, as spelt there, and of what is around it."""
        names, code = self.places.names, self.places.villages[mention["_tempat"]]
        return Where(mention["desa"], mention["kecamatan"], names[code[:4]], in_title, mention["_jenis"])

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
        relative = f"{relative}.{suffix.upper() if self.rng.random() < UPPER_SUFFIX else suffix}"
        self.used.add(relative.upper())
        target = self.folder / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        return target, relative

    def write(self, plan: Plan) -> None:
        """One file, its truth and its traps."""
        district_too = plan.several or self.rng.random() < 0.65
        columns = (("desa", "kecamatan") if district_too else ("desa",)) if plan.place == "kolom" else ()
        habit = draw_habit(self.rng, plain=plan.format == "csv", place_columns=columns)
        target, relative = self.path(plan.area, plan.name, plan.format)
        sheets = [self._sheet(plan, part, habit, relative) for part in plan.parts]
        before, after = self._extra_sheets(plan)
        self._save(target, plan.format, [*before, *sheets, *after])
        self._count(plan, habit, relative, len(sheets) + len(before) + len(after))

    def _sheet(self, plan: Plan, part: Part, habit: Habit, relative: str) -> Sheet:
        in_title = TITLES[int(self.rng.choice(3, p=[0.5, 0.35, 0.15]))] if plan.place == "judul" else ()
        words = load("words")["lembar_umum"]
        name = part.sheet or words[int(self.rng.integers(len(words)))]
        sheet = build(_sheet_name(name), part.mentions, habit, self.where(part.mentions[0], in_title), self.rng)
        shown = {*habit.columns, *in_title}
        label = "" if plan.format == "csv" else sheet.name
        for mention in part.mentions:
            code = self.places.villages[mention["_tempat"]]
            district = "kecamatan" in shown or self.places.names[code[:6]].upper() in plan.name.upper()
            misspelt = sorted(f"{column.upper()}_SALAH_EJA" for column in mention["_eja"] & shown)
            sure = not misspelt and self.certain(code, district, "kabupaten" in shown)
            key = f"{relative}#{label}#{sheet.ids[mention['_nomor']] + 1}"
            truth = {"id_usulan": key, "kode_desa": code, "desa_pasti": sure, **_truth(mention, habit)}
            truth["jebakan"] += misspelt
            self.truth.append(truth)
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
        count += [
            ["Jumlah usulan", sum(len(part.mentions) for part in plan.parts)],
            ["Laki-laki", None],
            ["Perempuan", None],
        ]
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

    def _count(self, plan: Plan, habit: Habit, relative: str, sheets: int) -> None:
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
            "KOP_SURAT": habit.letterhead and habit.title,
            "KOLOM_NIK_AHLI_WARIS": "waris_nik" in habit.columns,
            "CATATAN": habit.notes,
            "AKHIRAN_BESAR": relative.rsplit(".", 1)[-1].isupper(),
            f"TANGGAL_GAYA_{habit.date.upper()}": True,
        }
        self.traps.update(code for code, there in marks.items() if there)


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\'#]", " ", name).strip()[:31] or "Sheet1"


def _truth(m: Mention, habit: Habit) -> Mention:
    """What this line says, read rightly (null: the list does not say), whose it is, and the traps on it."""
    has = set(habit.columns)
    style = [f"NIK_GAYA_{m['_gaya'].upper()}"] if m["_gaya"] != "teks" and m["tulis_nik"] else []
    return {
        "nik": m["nik"],
        "id_orang": m["nik"] or m["_semu"],
        "nik_tertulis": certain_nik(m["tulis_nik"], m["_gaya"]),
        "nama": m["nama"],
        "tanggal_lahir": m["tanggal_lahir"],
        "jenis_kelamin": m["jenis_kelamin"] if "jk" in has else None,
        "pekerjaan": m["pekerjaan"] if "pekerjaan" in has else None,
        "status_kerja": m["status_kerja"] if "pekerjaan" in has else None,
        "penghasilan": m["penghasilan"] if "penghasilan" in has else None,
        "no_hp": m["no_hp"] if "hp" in has else None,
        "jebakan": m["jebakan"] + style,
    }


def write_lists(
    folder: Path, mentions: pl.DataFrame, places: Places, rng: np.random.Generator
) -> tuple[pl.DataFrame, Counter[str]]:
    """Every proposal file below `folder`; the truth of each line, and the count of file traps."""
    maker = FileMaker(folder, places, rng)
    for plan in _plans(_located(mentions, places, rng), maker):
        maker.write(plan)
    maker.traps.update(decoys.write(folder, partial(_decoy_path, maker), len(maker.used), rng))
    truth = pl.DataFrame(maker.truth, schema=TRUTH_SCHEMA)
    return truth.sort("id_usulan"), maker.traps


def _decoy_path(maker: FileMaker, name: str, suffix: str) -> Path:
    districts = maker.places.districts
    return maker.path(districts[int(maker.rng.integers(len(districts)))], name, suffix)[0]


def _located(mentions: pl.DataFrame, places: Places, rng: np.random.Generator) -> dict[int, list[Mention]]:
    """The mentions of each list with the names they show; some lists misspell their own place."""
    lists, towns = ListNumbers(len(places.villages)), load("words")["tempat_lahir"]
    town = (rng.random(len(mentions)) ** 1.5 * len(towns)).astype(int).tolist()
    villages = _misspelt(places, places.villages, MISSPELT_VILLAGE, rng)
    districts = _misspelt(places, places.districts, MISSPELT_DISTRICT, rng)
    grouped: dict[int, list[Mention]] = {}
    for number, (mention, place) in enumerate(zip(mentions.iter_rows(named=True), town, strict=True)):
        village = lists.village(mention["_daftar"])
        mention["_tempat"] = mention["_desa"] if village is None else village
        code = places.villages[mention["_tempat"]]
        names = {"desa": places.names[code], "kecamatan": places.names[code[:6]]}
        slips = {"desa": villages.get(code), "kecamatan": districts.get(code[:6])} if village is not None else {}
        mention["_eja"] = {column for column, slip in slips.items() if slip}
        mention.update(names | {column: slips[column] for column in mention["_eja"]})
        mention.update(_nomor=number, tempat=towns[place], _jenis="Kelurahan" if code[6] == "1" else "Desa")
        grouped.setdefault(mention["_daftar"], []).append(mention)
    return grouped


def _misspelt(places: Places, codes: list[str], share: float, rng: np.random.Generator) -> dict[str, str]:
    """Some of `codes` -> their name with a slip that makes no other name of theirs."""
    right = {places.names[code].upper() for code in codes}
    wrong = {}
    for code in (codes[i] for i in np.flatnonzero(rng.random(len(codes)) < share)):
        slip = faults.keyboard(places.names[code].upper(), float(rng.random()), 0.7 * float(rng.random())).title()
        if len(slip) > 6 and slip.upper() not in right:
            wrong[code] = slip
    return wrong


def _plans(grouped: dict[int, list[Mention]], maker: FileMaker) -> Iterator[Plan]:
    """Workbooks of a whole kecamatan (more of them where villages send few rows), village files, department files."""
    places, rng = maker.places, maker.rng
    lists = ListNumbers(len(places.villages))
    share = 0.15 if sum(map(len, grouped.values())) > 20 * len(places.villages) else 0.5
    by_district: dict[str, list[list[Mention]]] = {}
    for number, mentions in grouped.items():
        village = lists.village(number)
        if village is None:
            yield _department(mentions, maker)
        elif number >= lists.villages:
            yield _village_file(mentions, maker)
        else:
            by_district.setdefault(places.villages[village][:6], []).append(mentions)
    for district, several in by_district.items():
        if len(several) > 1 and rng.random() < share:
            yield _district_book(district, several, maker)
        else:
            yield from (_village_file(mentions, maker) for mentions in several)


def _file_name(kind: str, maker: FileMaker, code: str) -> str:
    names, patterns = maker.places.names, load("words")["berkas"][kind]
    pattern: str = patterns[int(maker.rng.integers(len(patterns)))]
    shown = {"desa": names[code], "kecamatan": names.get(code[:6], ""), "kabupaten": names[code[:4]]}
    return pattern.format(**shown)


def _department(mentions: list[Mention], maker: FileMaker) -> Plan:
    """A department's list of one kabupaten."""
    area = maker.places.villages[mentions[0]["_tempat"]][:4]
    kind = draw_key({k: v for k, v in FORMATS.items() if k != "ods"}, maker.rng.random())
    return Plan(_file_name("dinas", maker, area), [Part(mentions)], "kolom", kind, area, several=True)


def _village_file(mentions: list[Mention], maker: FileMaker) -> Plan:
    code = maker.places.villages[mentions[0]["_tempat"]]
    kind = draw_key(FORMATS, maker.rng.random())
    place = draw_key(KNOWN_FROM, maker.rng.random())
    if kind == "csv" and place == "lembar":
        place = "judul"
    named = place == "berkas" or maker.rng.random() < 0.6
    name = _file_name("desa" if named else "umum", maker, code)
    return Plan(name, _village_parts(mentions, kind, place, maker), place, kind, code)


def _village_parts(mentions: list[Mention], kind: str, place: str, maker: FileMaker) -> list[Part]:
    """Mostly one sheet; it may bear the village's name; some villages have a sheet a dusun."""
    if place == "lembar":
        prefix = ("", "", f"{mentions[0]['_jenis']} ", "Ds. ")[
            int(maker.rng.integers(4 if mentions[0]["_jenis"] == "Desa" else 3))
        ]
        return [Part(mentions, prefix + maker.places.names[maker.places.villages[mentions[0]["_tempat"]]])]
    if kind == "csv" or len(mentions) < 6 or maker.rng.random() >= DUSUN_SHEETS:
        return [Part(mentions)]
    middle = len(mentions) // 2
    return [Part(mentions[:middle], "Dusun I"), Part(mentions[middle:], "Dusun II")]


def _district_book(district: str, several: list[list[Mention]], maker: FileMaker) -> Plan:
    """A sheet a village, or one sheet with a village column."""
    name = _file_name("kecamatan", maker, district)
    if maker.rng.random() < 0.4:
        together = [m for mentions in several for m in mentions]
        return Plan(name, [Part(together)], "kolom", "xlsx", district, several=True)
    kind = draw_key({"xlsx": 75, "xls": 17, "ods": 8}, maker.rng.random())
    taken: set[str] = set()
    parts = []
    for mentions in several:
        title = _sheet_name(maker.places.names[maker.places.villages[mentions[0]["_tempat"]]])
        while title.upper() in taken:
            title = title[:29] + " 2"
        taken.add(title.upper())
        parts.append(Part(mentions, title))
    return Plan(name, parts, "kecamatan", kind, district)
