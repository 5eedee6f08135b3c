"""What waits for a user in each app, as tasks of the home page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed
from jangkau.apps.claims.selectors import waiting as claims_waiting
from jangkau.apps.enrolment import selectors as enrolment
from jangkau.apps.enrolment.reopening import to_decide as to_reopen
from jangkau.apps.intake import listing
from jangkau.apps.linkage.queue import progress
from jangkau.apps.opendata.selectors import waiting as editions
from jangkau.apps.outreach.selectors import waiting as open_events
from jangkau.apps.partners import selectors as partners
from jangkau.apps.planning import selectors as planning
from jangkau.apps.reconciliation import selectors as reconciliation
from jangkau.apps.requests.office import selectors as petitions
from jangkau.apps.scorecards import selectors as cards
from jangkau.web.home import SOURCES, ToDo
from jangkau.web.templatetags.jangkau import angka, rupiah, tanggal


def lists(user: User) -> list[ToDo]:
    """Lists whose rows must be mended, and villages that have sent none."""
    if not allowed(user, "intake.mend"):
        return []
    faults = listing.totals(user)["faults"]
    mend = ToDo(
        listing.faulty(user), _("Daftar desa bermasalah"),
        _("%(n)s sel atau baris wajib diperbaiki sebelum orangnya dapat dicocokkan.") % {"n": angka(faults)},
        reverse("intake") + "?masalah=on", _("Perbaiki"), urgent=True,
    )  # fmt: skip
    remind = ToDo(
        listing.silent(user), _("Desa belum mengirim daftar"), _("Pekerja di desa ini belum dapat diusulkan."),
        reverse("intake_missing"), _("Ingatkan"),
    )  # fmt: skip
    return [mend, remind]


def pairs(user: User) -> list[ToDo]:
    """Pairs that wait for a clerk's eye."""
    if not allowed(user, "review.decide"):
        return []
    found = progress(user)
    why = _("Sekitar %(minutes)s menit; yang paling menentukan didahulukan.") % {"minutes": angka(found.minutes)}
    return [ToDo(found.left, _("Pasangan perlu ditinjau"), why, reverse("review"), _("Tinjau"))]


def claims(user: User) -> list[ToDo]:
    """Families to visit, accidents whose clock runs, rights that soon end."""
    if not allowed(user, "claims.report"):
        return []
    found, list_of = claims_waiting(user), reverse("claims") + "?kelompok="
    return [
        ToDo(found["jam"], _("Kecelakaan kerja belum dilaporkan"), _("BPJS harus tahu dalam 2 x 24 jam."),
             list_of + "jam", _("Periksa"), urgent=True),
        ToDo(found["kunjungi"], _("Keluarga perlu dikunjungi"), _("Peserta yang terlindungi meninggal atau celaka."),
             list_of + "kunjungi", _("Kunjungi")),
        ToDo(found["akhir"], _("Klaim hampir kedaluwarsa"), _("Haknya gugur lima tahun sesudah kejadian."),
             list_of + "akhir", _("Urus"), urgent=True),
    ]  # fmt: skip


def requests(user: User) -> list[ToDo]:
    """Requests of the public on the user's desk; those whose day has passed first."""
    waiting, late = petitions.waiting(user)
    place = reverse("petitions") + "?kelompok="
    return [
        ToDo(late, _("Permintaan warga lewat batas"), _("Warga dijanjikan jawaban pada tanggal itu."),
             place + "lewat", _("Jawab"), urgent=True),
        ToDo(waiting - late, _("Permintaan warga belum dijawab"), _("Masuk daftar, membetulkan, atau berhenti."),
             place + "meja", _("Jawab")),
    ]  # fmt: skip


def open_data(user: User) -> list[ToDo]:
    """Editions of open data that wait for the user's word."""
    why = _("Yang sudah terbit tidak dapat dilupakan orang; periksa dahulu apa yang ditutup.")
    return [ToDo(editions(user), _("Edisi data terbuka menunggu putusan"), why, reverse("editions"), _("Putuskan"))]


def sending(user: User) -> list[ToDo]:
    """Decrees and payments that wait for the user's word, and rows that the insurer refused."""
    place = reverse("enrolment")
    return [
        ToDo(enrolment.to_issue(user), _("SK menunggu penetapan Anda"), _("Orangnya baru diajukan sesudah SK berlaku."),
             reverse("decrees"), _("Periksa")),
        ToDo(enrolment.to_approve(user), _("Pembayaran menunggu persetujuan Anda"),
             _("Iuran tercatat dibayar sesudah disetujui."), place, _("Periksa"), urgent=True),
        ToDo(to_reopen(user), _("Keanggotaan menunggu dibuka lagi"), _("Diakhiri karena keliru, kata yang memintanya."),
             reverse("reopenings"), _("Putuskan")),
        ToDo(enrolment.to_mend(user), _("Orang ditolak BPJS Ketenagakerjaan"),
             _("Belum terlindungi sampai diajukan lagi."), place, _("Perbaiki")),
    ]  # fmt: skip


def findings(user: User) -> list[ToDo]:
    """Findings of the newest reconciliation that nobody has decided on."""
    if not allowed(user, "reconciliation.decide"):
        return []
    why = _("Orang yang kepesertaannya tidak seperti di pembukuan kita: hentikan, tunda, atau minta kembali.")
    title, url = _("Temuan rekonsiliasi belum diputuskan"), reverse("reconciliations")
    return [ToDo(reconciliation.waiting(user), title, why, url, _("Putuskan"))]


def lapsing(user: User) -> list[ToDo]:
    """Whose membership ends next, and what bridging three months costs."""
    near = reconciliation.next_ending(user) if allowed(user, "reconciliation.decide") else None
    if near is None:
        return []
    title = _("Orang berhenti terlindungi sesudah %(day)s") % {"day": tanggal(near.day)}
    why = _("%(amount)s menjembatani tiga bulan.") % {"amount": rupiah(near.costs[2])}
    url = f"{reverse('radar')}?bulan={near.month}"
    return [ToDo(near.total, title, why, url, _("Jembatani"), urgent=near.soon)]


def plans(user: User) -> list[ToDo]:
    """Plans that wait for the user's decision."""
    if not allowed(user, "plans.approve"):
        return []
    found = list(planning.waiting(user).order_by("proposed_at")[:2])
    address = reverse("plan", args=[found[0].pk]) if len(found) == 1 else reverse("plans")
    why = _("Diusulkan orang lain; rencana yang disetujui dibekukan dan dapat dijalankan.")
    count = planning.waiting(user).count() if len(found) > 1 else len(found)
    return [ToDo(count, _("Rencana menunggu persetujuan Anda"), why, address, _("Putuskan"), urgent=True)]


def scorecards(user: User) -> list[ToDo]:
    """Cards to fill or judge, what the evaluator asks, and what was agreed and is due."""
    if not allowed(user, "scorecards.fill") and not allowed(user, "scorecards.judge"):
        return []
    found, place, agreed = cards.waiting(user), reverse("scorecards"), reverse("scorecard_follow_ups")
    return [
        ToDo(found["lewat"], _("Tindak lanjut lewat batas"), _("Disepakati dengan evaluator dan belum selesai."),
             agreed + "?keadaan=disepakati", _("Catat hasilnya"), urgent=True),
        ToDo(found["nilai"], _("Kartu nilai menunggu penilaian Anda"), _("Daerah sudah mengisi dan mengirimnya."),
             place + "?keadaan=dikirim", _("Nilai")),
        ToDo(found["komentar"], _("Pertanyaan evaluator belum ditanggapi"), _("Evaluator menunggu jawaban daerah."),
             place, _("Tanggapi")),
        ToDo(found["isi"], _("Kartu nilai belum dikirim"), _("Jawab soalnya dan lampirkan bukti, lalu kirim."),
             place, _("Isi")),
        ToDo(found["saran"], _("Rekomendasi belum disepakati"), _("Sebutkan pelaksana dan batas waktunya."),
             agreed + "?keadaan=saran", _("Sepakati")),
        ToDo(found["dekat"], _("Tindak lanjut jatuh tempo dua minggu ini"), _("Selesaikan sebelum batasnya."),
             agreed + "?keadaan=disepakati", _("Periksa")),
    ]  # fmt: skip


def pledges(user: User) -> list[ToDo]:
    """Pledges that wait for the user's word or money, those that end soon, and companies that do not answer."""
    place = reverse("pledges")
    decide = partners.to_decide(user).count() if allowed(user, "pledges.approve") else 0
    money = partners.to_receive(user).count() if allowed(user, "pledges.receive") else 0
    ends = partners.ending(user).count() if allowed(user, "pledges.make") else 0
    late = partners.unanswered(user).count() if allowed(user, "companies.edit") else 0
    return [
        ToDo(decide, _("Janji dana menunggu putusan Anda"), _("Sesudah disetujui, penyandang dana dapat menyetor."),
             place + "?keadaan=janji", _("Putuskan")),
        ToDo(money, _("Janji dana menunggu setoran"), _("Dananya ikut dalam rencana sesudah uangnya masuk."),
             place + "?keadaan=disetujui", _("Catat dana masuk")),
        ToDo(ends, _("Janji dana segera berakhir"), _("Tanpa perpanjangan, orangnya berhenti terlindungi."),
             place + "?keadaan=dana_masuk", _("Perpanjang")),
        ToDo(late, _("Perusahaan belum menjawab"), _("Batas jawabannya sudah lewat."), reverse("companies"),
             _("Hubungi lagi")),
    ]  # fmt: skip


def events(user: User) -> list[ToDo]:
    """Events that are over and whose attendance nobody has recorded."""
    why = _("Tanpa jumlah yang hadir, jangkauan dan hasil sosialisasi tidak dapat dihitung.")
    return [ToDo(open_events(user), _("Acara sosialisasi belum dicatat"), why, reverse("campaigns"), _("Catat"))]


_WORK = [lists, pairs, plans, sending, findings, lapsing, claims, requests, open_data, scorecards, pledges, events]
SOURCES.extend(_WORK)
