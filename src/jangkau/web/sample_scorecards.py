"""What a demo shows on the pages of scorecards: last semester's cards closed, this one's of one region waiting for the
evaluator, and those of its neighbours to compare with.
"""

from datetime import timedelta

from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.regions.models import Region
from jangkau.apps.scorecards import actions, instruments, judging
from jangkau.apps.scorecards.models import Card, FollowUp, Instrument
from jangkau.core.kernel.semester import Semester

CODE = "INPRES-2-2021"
_PART, _WHOLE = "pembilang", "penyebut"
_ANSWERS: dict[str, dict[str, str]] = {
    "A1": {"nilai": "ya", "catatan": "Contoh: Perbup tentang jaminan sosial ketenagakerjaan"}, "A2": {"nilai": "wajib"},
    "A3": {"nilai": "ya"}, "B1": {"nilai": "ya"}, "B2": {"nilai": "ya"}, "B3": {_PART: "62", _WHOLE: "101"},
    "B4": {"nilai": "3"}, "C1": {_PART: "1.310", _WHOLE: "2.150"}, "C2": {_PART: "480", _WHOLE: "1.020"},
    "C3": {"nilai": "ya"}, "D1": {_PART: "1", _WHOLE: "2"}, "D2": {"nilai": "imbauan"}, "D3": {"nilai": "tidak"},
    "E1": {_PART: "21.400", _WHOLE: "98.300"}, "E2": {_PART: "2.020", _WHOLE: "14.900"}, "E3": {"nilai": "ya"},
    "F1": {"tidak_berlaku": "on", "alasan": "hanya untuk provinsi"}, "F2": {"nilai": "2026-02-10"},
    "F3": {"nilai": "sebagian"}, "F4": {"nilai": "Contoh: berita acara rapat koordinasi"},
    "F5": {"nilai": "Contoh: data pekerja rentan belum dikirim semua desa."},
}  # fmt: skip
# What neighbours answered otherwise: last semester, and this one.
_NEIGHBOURS: tuple[tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]], ...] = (
    ({"A3": {"nilai": "tidak"}, "B4": {"nilai": "1"}, "E1": {_PART: "9.800", _WHOLE: "71.400"}},
     {"D2": {"nilai": "syarat"}, "E1": {_PART: "16.300", _WHOLE: "71.400"}, "E2": {_PART: "4.100", _WHOLE: "11.200"}}),
    ({"B1": {"nilai": "tidak"}, "B2": {"nilai": "tidak"}, "C1": {_PART: "310", _WHOLE: "1.640"}},
     {"C1": {_PART: "690", _WHOLE: "1.640"}, "F3": {"nilai": "belum"}}),
    ({"D2": {"nilai": "syarat"}, "C2": {_PART: "910", _WHOLE: "980"}},
     {"D2": {"nilai": "syarat"}, "D3": {"nilai": "ya"}, "F3": {"nilai": "semua"},
      "E2": {_PART: "7.300", _WHOLE: "9.900"}}),
)  # fmt: skip
_EARLIER = {**_ANSWERS, "A1": {"nilai": "tidak"}, "D2": {"nilai": "tidak"}, "E2": {_PART: "610", _WHOLE: "14.900"}}


def show_scorecards(place: str, *, by: User, judge: User) -> int:
    """Two cards each of the region `place` and of its neighbours, made once. Returns how many there are."""
    instruments.bring_shipped(by=None)
    if not Card.objects.exists():
        instrument = Instrument.objects.filter(code=CODE).latest("pk")
        now = Semester.of(timezone.localdate())
        _closed(_sent(instrument, place, now.before, _EARLIER, by), judge, by)
        waiting = _sent(instrument, place, now, _ANSWERS, by)
        judging.comment(waiting, "C1", "Contoh: apakah tenaga honorer sekolah sudah termasuk?", by=judge)
        _beside(instrument, place, now, judge, by)
    return Card.objects.count()


def _beside(instrument: Instrument, place: str, now: Semester, judge: User, by: User) -> None:
    """The same two semesters of other kabupaten, judged."""
    beside = Region.objects.filter(code__startswith=place[:2], level="kabupaten").exclude(code=place).order_by("code")
    for region, (before, after) in zip(beside, _NEIGHBOURS, strict=False):
        for half, answers in ((now.before, _EARLIER | before), (now, _ANSWERS | after)):
            judging.close(_sent(instrument, region.code, half, answers, by), "Contoh: sudah dibaca.", by=judge)


def _sent(instrument: Instrument, place: str, half: Semester, answers: dict[str, dict[str, str]], by: User) -> Card:
    card = actions.open_card(instrument, place, half, by=by)
    for code, told in answers.items():
        actions.answer(card, code, told, by=by)
    return actions.send(card, by=by)


def _closed(card: Card, judge: User, by: User) -> None:
    """Judged, with one recommendation taken on and one that waits."""
    judging.propose(card, "F3", 0, "Contoh: belum ada bukti tindak lanjut.", by=judge)
    taken = judging.advise(card, "A1", "Contoh: terbitkan peraturan kepala daerah.", by=judge)
    judging.advise(card, "D2", "Contoh: jadikan kepesertaan aktif syarat perizinan.", by=judge)
    judging.close(card, "Contoh: anggaran ada, peraturan dan perizinan tertinggal.", by=judge)
    due = timezone.localdate() + timedelta(days=10)
    actions.agree(FollowUp.objects.get(pk=taken.pk), "Bagian Hukum", due, by=by)
