"""The kinds of notice: who is told, in which words, and whether it can wait for the daily message.

Words never name a person: what a message says may be read on a locked telephone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from jangkau.core.kernel.formats import number
from jangkau.core.kernel.month import first_day


@dataclass(frozen=True)
class NoticeKind:
    """`words` with places for values; `permission`: whoever has it in the region is told; `heading` of a count."""

    words: object
    heading: object
    permission: str
    urgent: bool = False


KINDS: dict[str, NoticeKind] = {
    "plan_waits": NoticeKind(
        _("Rencana %(judul)s menunggu keputusan Anda."), _("rencana menunggu keputusan"), "plans.approve"
    ),
    "decree_waits": NoticeKind(
        _("SK %(judul)s menunggu persetujuan Anda."), _("SK menunggu persetujuan"), "decrees.approve"
    ),
    "payment_waits": NoticeKind(
        _("Pembayaran %(judul)s menunggu persetujuan Anda."), _("pembayaran menunggu persetujuan"), "payments.approve"
    ),
    "reopening_waits": NoticeKind(
        _("Keanggotaan yang keliru diakhiri menunggu putusan Anda untuk dibuka lagi."),
        _("keanggotaan menunggu dibuka lagi"), "enrolment.decide_reopening",
    ),
    "answer_refused": NoticeKind(
        _("BPJS Ketenagakerjaan menolak %(n)s baris pengajuan %(judul)s."), _("pengajuan dengan baris ditolak"),
        "batches.edit",
    ),
    "lapse_ahead": NoticeKind(
        _("%(n)s orang berhenti terlindungi pada %(bulan)s bila iurannya tidak dibayar."),
        _("peringatan perlindungan berakhir"), "plans.build",
    ),
    "claim_visit": NoticeKind(
        _("%(n)s kasus baru: keluarga peserta yang meninggal perlu dikunjungi."), _("kabar kasus baru"),
        "claims.report",
    ),
    "claim_clock": NoticeKind(
        _("Kecelakaan kerja harus dilaporkan ke BPJS Ketenagakerjaan paling lambat %(batas)s."),
        _("kecelakaan kerja yang harus dilaporkan"), "claims.report", urgent=True,
    ),
    "claim_ends": NoticeKind(
        _("Hak menuntut satu kasus klaim berakhir %(hari)s hari lagi."), _("kasus klaim hampir kedaluwarsa"),
        "claims.report",
    ),
    "report_ready": NoticeKind(
        _("%(n)s laporan %(masa)s untuk %(wilayah)s sudah jadi."), _("laporan berkala yang jadi"), "reports.view"
    ),
    "edition_waits": NoticeKind(
        _("Edisi data terbuka %(judul)s menunggu keputusan Anda."), _("edisi data terbuka menunggu keputusan"),
        "opendata.approve",
    ),
    "edition_decided": NoticeKind(
        _("Edisi data terbuka %(judul)s sudah diputuskan."), _("edisi data terbuka yang diputuskan"),
        "opendata.propose",
    ),
    "scorecard_waits": NoticeKind(
        _("Kartu nilai %(judul)s menunggu penilaian Anda."), _("kartu nilai menunggu penilaian"), "scorecards.judge"
    ),
    "scorecard_back": NoticeKind(
        _("Kartu nilai dikembalikan evaluator untuk diperbaiki."), _("kartu nilai dikembalikan"), "scorecards.fill"
    ),
    "scorecard_comment": NoticeKind(
        _("Evaluator bertanya tentang kartu nilai wilayah Anda."), _("kartu nilai dengan pertanyaan evaluator"),
        "scorecards.fill",
    ),
    "follow_up_advised": NoticeKind(
        _("Ada rekomendasi evaluator yang perlu disepakati."), _("rekomendasi untuk disepakati"), "scorecards.fill"
    ),
    "follow_up_due": NoticeKind(
        _("Satu tindak lanjut jatuh tempo %(hari)s hari lagi."), _("tindak lanjut hampir jatuh tempo"),
        "scorecards.fill",
    ),
    "follow_up_late": NoticeKind(
        _("Satu tindak lanjut lewat batas %(hari)s hari."), _("tindak lanjut lewat batas"), "scorecards.fill"
    ),
    "pledge_waits": NoticeKind(
        _("Janji dana untuk %(n)s orang menunggu keputusan Anda."), _("janji dana menunggu keputusan"),
        "pledges.approve",
    ),
    "pledge_ends": NoticeKind(
        _("Satu janji dana berakhir %(tanggal)s; dapat diperpanjang dari halamannya."), _("janji dana hampir berakhir"),
        "pledges.receive",
    ),
    "company_late": NoticeKind(
        _("Satu perusahaan belum menjawab sampai batas waktunya."), _("perusahaan belum menjawab"), "companies.edit"
    ),
    "petition_new": NoticeKind(
        _("Ada permintaan warga yang harus dijawab paling lambat %(batas)s."), _("permintaan warga baru"),
        "requests.answer",
    ),
    "petition_late": NoticeKind(
        _("Permintaan warga lewat batas dan kini di meja Anda, paling lambat %(batas)s."),
        _("permintaan warga lewat batas"), "requests.answer", urgent=True,
    ),
    "list_problems": NoticeKind(
        _("Kiriman Anda: %(n)s masalah wajib diperbaiki, dalam %(daftar)s daftar."),
        _("daftar bermasalah"),
        "intake.mend",
    ),
}  # fmt: skip


def said(kind: str, values: Mapping[str, int | str]) -> str:
    """A notice in the language of the reader: whole numbers with points, `bulan` (a month index) as a month."""
    return str(KINDS[kind].words) % {name: _shown(name, value) for name, value in values.items()}


def _shown(name: str, value: int | str) -> str:
    if isinstance(value, str):
        return value
    return date_format(first_day(value), "F Y") if name == "bulan" else number(value)
