"""What is known of Indonesian names, as data (`data/nama.csv`), by kind."""

import re
from collections.abc import Iterable

from jangkau.core.identity.rule_table import Rule, rules_of, rules_page

FILE = "nama.csv"
KINDS: dict[str, str] = {
    "angka": "Angka di tengah huruf dibaca sebagai huruf ini; angka lain dibuang.",
    "gelar_depan": "Di depan nama, satu atau lebih, dibuang selama masih ada nama.",
    "gelar_belakang": "Di belakang nama, dengan atau tanpa titik dan koma, dibuang selama masih ada nama.",
    "gelar_bertanda": "Di belakang nama, dibuang hanya bila ditulis dengan titik atau di belakang koma.",
    "penghubung": "Antara nama dan nama ayah, dibuang.",
    "penghubung_tengah": "Sama, tetapi hanya di antara dua kata lain; di ujung nama ia huruf awal.",
    "nama_lain": "Yang menyusul, juga isi kurung dan kutip, adalah nama lain: dibuang, tetap dihitung kata penentu.",
    "gelar_adat": "Yang menyusul adalah gelar adat, dibuang.",
    "keterangan": "Dalam tanda kurung atau kutip: isinya keterangan, bukan nama lain, seperti juga yang berangka.",
    "awal": "Singkatan yang hanya berlaku sebagai kata pertama dari dua kata atau lebih.",
    "ejaan": "Singkatan atau ejaan satu kata, di mana pun letaknya.",
    "pola": "Pola satu kata (regular expression), diganti sesuai urutan tabel.",
    "umum": "Kata yang hampir tidak membedakan orang: tidak dihitung sebagai kata penentu selama ada kata lain.",
    "sambung": "Bunyi (contoh dan hasil berbunyi sama): kata ini disambung dengan kata berikutnya.",
    "ejaan_lama": "Bunyi: pola ejaan lama, sesuai urutan tabel.",
    "ejaan_lama_j": "Bunyi: hanya pada kata yang kena pola ejaan lama.",
    "bunyi": "Bunyi: pola yang menyamakan ejaan yang terdengar sama, sesuai urutan tabel.",
}


def table() -> tuple[Rule, ...]:
    """The rules as written, in their order."""
    return rules_of(FILE)


def names_page() -> str:
    """`docs/nama.md`."""
    return rules_page("Aturan nama", FILE, KINDS)


class Rules:
    """Rules by kind, ready to apply."""

    def __init__(self, rows: Iterable[Rule]) -> None:
        self._rows: dict[str, list[Rule]] = {kind: [] for kind in KINDS}
        for row in rows:
            self._rows[row.jenis].append(row)

    def spelling(self, kind: str) -> dict[str, str]:
        """What is written -> what it becomes."""
        return {row.tulis: row.jadi for row in self._rows[kind]}

    def words(self, *kinds: str) -> frozenset[str]:
        """Everything written of these kinds."""
        return frozenset(row.tulis for kind in kinds for row in self._rows[kind])

    def patterns(self, kind: str) -> "Patterns":
        """The patterns of a kind."""
        return Patterns((row.tulis, row.jadi) for row in self._rows[kind])


class Patterns:
    """Patterns applied one after the other, each to all words at once: they stand one a line.

    No pattern may match across lines; `[^...]` would.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = [(re.compile(pattern, re.MULTILINE), replacement) for pattern, replacement in pairs]

    def __call__(self, words: list[str]) -> list[str]:
        """The words, changed; none may hold a line break."""
        text = "\n".join(words)
        for pattern, replacement in self._pairs:
            text = pattern.sub(replacement, text)
        return text.split("\n") if words else []
