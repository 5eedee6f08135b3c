"""What somebody has to decide after reading, most pressing first."""

from jangkau.core.kernel.formats import number, rupiah
from jangkau.core.reporting.figures import Figures
from jangkau.core.reporting.summary import Rich

_MOST = 6


def decisions(f: Figures) -> list[Rich]:
    """Rich texts: what to do in bold, then why."""
    found = [_lists(f), _months(f), _review(f), _unread(f), _left(f), _unpaid(f), _unknown(f)]
    return [item for item in found if item][:_MOST]


def _lists(f: Figures) -> Rich:
    words = " Belum satu baris pun terbaca, jadi belum ada yang dapat direncanakan."
    return [] if f.rows else ["", "Minta daftar dari desa.", words]


def _months(f: Figures) -> Rich:
    if not (f.too_short and f.paid):
        return []
    reason = f" Masa {f.settings.bulan} bulan tidak memberi santunan kematian penuh kepada peserta baru."
    return ["", f"Tambah masa menjadi sedikitnya {f.wait + 1} bulan.", reason]


def _review(f: Figures) -> Rich:
    count = f.reasons.get("PERLU_TINJAUAN", 0)
    words = " Pasangan datanya belum pasti, dan keputusan petugas dapat mengubah kelayakan."
    return ["", f"Putuskan {number(count)} orang yang perlu ditinjau.", words] if count else []


def _unread(f: Figures) -> Rich:
    words = " Tidak satu baris pun dapat diambil; sebabnya ada di masalah.xlsx."
    return ["", f"Minta kirim ulang {number(f.unread)} berkas yang tidak terbaca.", words] if f.unread else []


def _left(f: Figures) -> Rich:
    """Money left beside eligible people who are not paid: the funds' own conditions hold it back."""
    left = [fund for fund in sorted(f.funds, key=lambda fund: -fund.sisa) if fund.sisa > 0]
    if not left:
        return []
    total = sum(fund.sisa for fund in left)
    top = left[0]
    why = "Syarat dananya tidak cocok dengan orang layak yang tersisa, atau sisanya kurang untuk satu orang."
    reason = why if f.eligible > f.paid else "Semua orang layak sudah terbayar."
    return ["", f"Tentukan pemakaian sisa {rupiah(total)}.", f" Terbesar {top.nama}: {rupiah(top.sisa)}. {reason}"]


def _unpaid(f: Figures) -> Rich:
    short = f.eligible - f.paid
    if short <= 0:
        return []
    words = f"Cari dana untuk {number(short)} orang layak yang belum terbayar."
    if not f.paid:
        return ["", words, ""]
    price = f.money / f.paid
    need = round(short * price, -6 if short * price >= 10_000_000 else -3)
    return [
        "",
        words,
        f" Dengan rata-rata iuran rencana ini, {rupiah(round(price))} seorang, perlu sekitar {rupiah(int(need))}.",
    ]


def _unknown(f: Figures) -> Rich:
    count = f.reasons.get("NIK_TIDAK_DITEMUKAN", 0)
    words = " Desa memeriksa KTP-nya, lalu Dukcapil memeriksa datanya."
    return ["", f"Lengkapi NIK {number(count)} orang yang tidak ada dalam data penduduk.", words] if count else []
