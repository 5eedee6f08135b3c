"""A small instrument and a card of Seluma, filled or sent, for tests of scorecards."""

from jangkau.apps.scorecards import actions, instruments
from jangkau.apps.scorecards.models import Card, Instrument
from jangkau.core.kernel.semester import Semester

NOW = Semester(2026, 1)
TEXT = """
kode: UJI
versi: "{version}"
judul: Instrumen uji
pembuat: kami
resmi: false
tidak_berlaku: bagian
tanpa_bukti: 0.5
pita: [{{nama: rendah, mulai: 0}}, {{nama: tinggi, mulai: 50}}]
bagian:
  - kode: A
    judul: Peraturan
    bobot: 50
    pertanyaan:
      - {{kode: A1, tanya: "{ask}", jenis: ya_tidak, bobot: 1, bukti: Perbup, bukti_wajib: true, kewajiban: peraturan}}
      - {{kode: A2, tanya: "Lengkap?", jenis: ya_tidak, bobot: 1, bila: {{pertanyaan: A1, jawaban: [ya]}}}}
  - kode: B
    judul: Cakupan
    bobot: 50
    pertanyaan:
      - {{kode: B1, tanya: "Berapa?", jenis: persen, bobot: 1, satuan: orang, indikator: cakupan,
         jenjang: [{{mulai: 50, nilai: 1}}]}}
      - {{kode: B2, tanya: "Hambatan?", jenis: teks, bobot: 0, boleh_tidak_berlaku: true}}
"""


def instrument(version: str = "1", ask: str = "Ada perbup?") -> Instrument:
    known = Instrument.objects.filter(code="UJI", version=version).first()
    return known or instruments.upload(TEXT.format(version=version, ask=ask).encode(), by=None)


def card(by, region: str = "1705", semester: Semester = NOW, **more) -> Card:
    """A card whose questions are all answered: 75 of 100 points without the evidence."""
    made = actions.open_card(instrument(**more), region, semester, by=by)
    for code, told in {
        "A1": {"nilai": "ya"},
        "A2": {"nilai": "ya"},
        "B1": {"pembilang": "60", "penyebut": "100"},
    }.items():
        actions.answer(made, code, told, by=by)
    return made


def sent(by, **more) -> Card:
    return actions.send(card(by, **more), by=by)
