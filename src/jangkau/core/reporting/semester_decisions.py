"""What somebody has to decide after reading the half year, most pressing first; each with its numbers."""

from jangkau.core.kernel.formats import long_date, number, percent, rupiah
from jangkau.core.reporting.semester_figures import Figure, Picked
from jangkau.core.reporting.semester_input import FollowUp
from jangkau.core.reporting.semester_words import gap_people, short, short_funds
from jangkau.core.reporting.summary import Rich
from jangkau.core.reporting.words import short_name

_MOST = 6


def decisions(p: Picked) -> list[Rich]:
    """Rich texts: what to do in bold, then why. At most six."""
    if p.empty:
        return [["", "Muat data peserta dan penyebut.", " Tanpa keduanya tidak ada cakupan yang dapat dihitung."]]
    found = [_months(p), _bridge(p), _target(p), _lowest(p), _basis(p), _overdue(p), _left(p)]
    return [item for item in found if item][:_MOST]


def _months(p: Picked) -> Rich:
    short_ones, rules = short_funds(p), p.material.aturan
    if not short_ones or rules is None:
        return []
    names = " dan ".join(fund.nama for fund in short_ones[:2])
    reason = " Masa yang lebih pendek tidak memberi santunan kematian penuh kepada peserta baru."
    return ["", f"Perpanjang pembayaran {names} menjadi sedikitnya {rules.tunggu + 1} bulan seorang.", reason]


def _bridge(p: Picked) -> Rich:
    end = p.material.akhir
    if end is None or not end.orang:
        return []
    cost = f" Perlu {rupiah(end.rupiah)} untuk {end.bulan} bulan; bila terputus, hitungan masa tunggu mulai lagi."
    return ["", f"Sambung {number(end.orang)} orang sebelum {long_date(end.hari)}.", cost]


def _target(p: Picked) -> Rich:
    now = p.now(p.main or "")
    goals = [goal for goal in p.goals(p.main or "") if now and gap_people(goal, now)]
    if not goals or now is None:
        return []
    near = min(goals, key=lambda goal: gap_people(goal, now) or 0)
    asked = percent(near.nilai) if near.nilai is not None else f"{number(near.orang or 0)} orang"
    why = f" Target {near.tahun} menurut {near.deret} {asked}; kini {short(now)}."
    return ["", f"Cari iuran bagi {number(gap_people(near, now) or 0)} orang.", why]


def _lowest(p: Picked) -> Rich:
    known = [(name, now) for name, _, now in p.children(p.main or "") if now and now.nilai is not None]
    if len(known) < 3:
        return []
    low = sorted(known, key=lambda pair: (_value(pair[1]), pair[0]))[:2]
    names = " dan ".join(short_name(name) for name, _ in low)
    why = " dan ".join(short(figure) for _, figure in low)
    return ["", f"Dahulukan {names}.", f" Cakupannya paling rendah: {why}."]


def _value(figure: Figure) -> float:
    return figure.nilai or 0.0


def _basis(p: Picked) -> Rich:
    said = p.disputed
    if not said:
        return []
    why = f" {number(len(said))} angka terbit berbeda dari hitungan ini; lihat angka berdampingan."
    return ["", "Sepakati satu penyebut untuk dipakai bersama.", why]


def _overdue(p: Picked) -> Rich:
    late = [step for step in follow_ups(p) if overdue(step, p)]
    why = " Sudah lewat batas yang disepakati; lihat tindak lanjut rapor."
    return ["", f"Selesaikan {number(len(late))} tindak lanjut.", why] if late else []


def follow_ups(p: Picked) -> list[FollowUp]:
    """Everything agreed on any scorecard."""
    return [step for score in p.material.rapor for step in score.tindak_lanjut]


def overdue(step: FollowUp, p: Picked) -> bool:
    """Whether the day agreed is past on the day of the report."""
    return not step.selesai and step.batas is not None and step.batas < p.material.beku


def _left(p: Picked) -> Rich:
    left = [fund for fund in p.material.dana or () if fund.sisa > 0]
    if not left:
        return []
    top = max(left, key=lambda fund: (fund.sisa, fund.nama))
    total = sum(fund.sisa for fund in left)
    return ["", f"Tentukan pemakaian sisa {rupiah(total)}.", f" Terbesar {top.nama}: {rupiah(top.sisa)}."]
