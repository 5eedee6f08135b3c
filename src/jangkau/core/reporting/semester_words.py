"""The summary in words: each sentence is chosen by a rule from the figures, and no percentage stands without them."""

from math import ceil

from jangkau.core.kernel.formats import long_date, number, percent, rupiah
from jangkau.core.reporting.semester_figures import COUNTED, Figure, Picked, amount
from jangkau.core.reporting.semester_input import FundState, Goal
from jangkau.core.reporting.summary import Rich, millions

_MOST_MISSING = 4


def sentences(p: Picked) -> list[Rich]:
    """What the half year came to, in order of weight. A rich text is a list: plain, bold, plain, bold ..."""
    if p.empty:
        return [_nothing(p)]
    found = [_main(p), _moved(p), _aimed(p), _full(p), _ending(p), _conflict(p), _missing(p)]
    return [part for part in found if part]


def warning(p: Picked) -> Rich | None:
    """Red words where a fund pays too few months for the full death benefit; None otherwise."""
    short, rules = short_funds(p), p.material.aturan
    if not short or not rules:
        return None
    names = "; ".join(
        f"{fund.nama}: {number(fund.bulan_orang)} bulan untuk {number(fund.orang)} orang, "
        f"rata-rata {number(fund.bulan or 0, 1)} bulan" for fund in short
    )  # fmt: skip
    people = sum(fund.orang for fund in short)
    less = f" Bila meninggal bukan karena kerja, keluarga peserta baru mendapat {millions(rules.belum)}, bukan "
    return [
        "", "Terlalu sedikit bulan.",
        f" {names}. Santunan kematian penuh baru berlaku setelah {rules.tunggu} bulan berturut-turut dibayar.{less}"
        f"{millions(rules.penuh)}. Ini menyangkut {number(people)} orang.",
    ]  # fmt: skip


def short_funds(p: Picked) -> list[FundState]:
    """Funds that pay their people, on average, no longer than a new member waits for the full benefit."""
    if p.material.aturan is None:
        return []
    wait = p.material.aturan.tunggu
    return [fund for fund in p.material.dana or () if fund.bulan is not None and fund.bulan <= wait]


def counted(figure: Figure) -> str:
    """`8.940 pekerja rentan aktif dari 21.300 pekerja rentan terdata (42,0%)`: never a bare percentage."""
    below = _whole(figure)
    if figure.pembilang is None:
        return f"{figure.shown} (pembilang dan penyebutnya tidak disebut sumbernya)"
    if not below:
        return f"{number(figure.pembilang)} {inside(figure.nama_pembilang)}"
    return f"{number(figure.pembilang)} {inside(figure.nama_pembilang)} dari {below} ({figure.shown})"


def short(figure: Figure) -> str:
    """`42,0% (8.940 dari 21.300)`, or what of it is known."""
    if figure.pembilang is None or figure.satuan != "persen":
        return figure.shown if figure.nilai is not None else "belum diketahui"
    if not figure.penyebut:
        return f"{number(figure.pembilang)} orang"
    return f"{figure.shown} ({number(figure.pembilang)} dari {number(figure.penyebut)})"


def _whole(figure: Figure) -> str:
    return f"{number(figure.penyebut)} {inside(figure.nama_penyebut or '')}".strip() if figure.penyebut else ""


def _nothing(p: Picked) -> Rich:
    until = long_date(p.last)
    return [
        "", f"Belum ada data untuk {p.material.nama} sampai {until}.",
        " Laporan ini tidak menulis satu angka pun dari perkiraan sendiri. Muat data peserta dan penyebutnya, lalu "
        "buat laporan ini lagi.",
    ]  # fmt: skip


def _main(p: Picked) -> Rich:
    now = p.now(p.main or "")
    assert now is not None
    day = long_date(now.per)
    if now.asal not in COUNTED:
        return [f"Pada {day}, menurut {now.sumber_pembilang}: ", counted(now), ". Angka ini bukan hitungan sendiri."]
    old = "" if now.per >= p.semester.first else " Dalam semester ini tidak ada hitungan yang lebih baru."
    if not _whole(now) or now.nilai is None:
        tail = " Persen tidak ditulis, karena penyebutnya belum diketahui." if now.satuan == "persen" else ""
        return [f"Pada {day} ada ", f"{number(now.pembilang or 0)} {inside(now.nama_pembilang)}", "." + tail + old]
    margin = _margin(now)
    people = f"{number(now.pembilang or 0)} dari {_whole(now)}"
    return [f"Pada {day}, ", people, f" adalah {inside(now.nama_pembilang)}, atau ", now.shown, f"{margin}.{old}"]


def _margin(figure: Figure) -> str:
    if figure.bawah is None or figure.atas is None:
        return ""
    low, high = (amount(value, figure.satuan) for value in (figure.bawah, figure.atas))
    return f" (perkiraan, antara {low} dan {high})"


def _moved(p: Picked) -> Rich:
    now, before = p.now(p.main or ""), p.before(p.main or "")
    if now is None or now.asal not in COUNTED:
        return []
    if before is None:
        return ["Belum ada hitungan dari semester sebelumnya, jadi perubahannya belum dapat ditulis."]
    day = long_date(before.per)
    if not now.comparable(before):
        return [
            f"Angka {day}, {short(before)}, dihitung dengan cara atau penyebut lain (",
            inside(before.nama_penyebut or before.nama_pembilang),
            "), jadi tidak dibandingkan.",
        ]
    change = (now.pembilang or 0) - (before.pembilang or 0)
    verb = "Bertambah" if change > 0 else "Berkurang" if change < 0 else ""
    if not verb:
        return [f"Jumlahnya sama seperti pada {day}: {short(before)}."]
    return [f"{verb} ", f"{number(abs(change))} orang", f" sejak {day}. Waktu itu {short(before)}."]


def _aimed(p: Picked) -> Rich:
    code, goals = p.main or "", p.goals(p.main or "")
    now = p.now(code)
    if now is None or now.satuan != "persen":
        return []
    if not any(goal.known for goal in goals):
        return [f"Target tahun {p.semester.tahun} untuk ukuran ini belum diketahui."]
    words = "; ".join(_goal(goal, now) for goal in goals)
    return [f"Target {p.semester.tahun}: ", words, "."]


def _goal(goal: Goal, now: Figure) -> str:
    if not goal.known:
        return f"{goal.deret} belum diketahui"
    asked = f"{number(goal.orang or 0)} orang" if goal.nilai is None else percent(goal.nilai)
    told = f"{asked} menurut {goal.deret}"
    if not same_basis(goal, now):
        return f"{told}, dari penyebut lain ({inside(goal.penyebut)}), jadi tidak dibandingkan"
    people = gap_people(goal, now)
    if people is None:
        return told
    return f"{told}, kurang {number(people)} orang" if people else f"{told} sudah tercapai"


def same_basis(goal: Goal, now: Figure) -> bool:
    """Whether a target in percent is of the same denominator as the figure, as far as it says."""
    return goal.nilai is None or not goal.penyebut or goal.penyebut.lower() == (now.nama_penyebut or "").lower()


def gap_people(goal: Goal, now: Figure) -> int | None:
    """People missing to the target, rounded up; None where the two cannot be compared."""
    if now.pembilang is None or not same_basis(goal, now):
        return None
    if goal.orang is not None:
        return max(0, goal.orang - round(now.pembilang))
    if goal.nilai is None or not now.penyebut:
        return None
    return max(0, ceil(round(goal.nilai * now.penyebut / 100 - now.pembilang, 6)))


def _full(p: Picked) -> Rich:
    figure, rules = p.full, p.material.aturan
    if figure is None or figure.pembilang is None or not figure.penyebut or rules is None:
        return []
    whole, rest = _whole(figure), figure.penyebut - figure.pembilang
    head = f"Bila meninggal bukan karena kerja, keluarga {number(figure.pembilang)} dari {whole}"
    if rest <= 0:
        return ["", head, f" berhak atas {millions(rules.penuh)}."]
    return [
        "", head, f" berhak atas {millions(rules.penuh)}. Keluarga ", f"{number(rest)} orang",
        f" lain baru berhak atas {millions(rules.belum)}: masa tunggu {rules.tunggu} bulan belum lewat, atau iurannya "
        "menunggak.",
    ]  # fmt: skip


def _ending(p: Picked) -> Rich:
    end = p.material.akhir
    if end is None or not end.orang:
        return []
    return [
        "Masa ", f"{number(end.orang)} orang",
        f" habis pada {long_date(end.hari)}. Menyambung {end.bulan} bulan perlu ", rupiah(end.rupiah), ".",
    ]  # fmt: skip


def _conflict(p: Picked) -> Rich:
    said = p.disputed
    if not said:
        return []
    own = "" if said[0].indikator == p.main else f" tentang {inside(p.defined(said[0].indikator).nama)}"
    told = "; ".join(f"{figure.shown} ({figure.sumber_pembilang}, {long_date(figure.per)})" for figure in said[:3])
    return [
        f"Angka yang terbit{own} berbeda dari hitungan ini: ", told,
        ". Keduanya ditulis berdampingan, tidak dirata-ratakan; penyebutnya dapat berlainan.",
    ]  # fmt: skip


def _missing(p: Picked) -> Rich:
    gone = p.missing
    if not gone:
        return _unparted(p)
    names = ", ".join(inside(d.nama) for d in gone[:_MOST_MISSING])
    more = f" dan {number(len(gone) - _MOST_MISSING)} ukuran lain" if len(gone) > _MOST_MISSING else ""
    return ["".join([f"Belum ada angka untuk {names}{more}.", *(f" {text}" for text in _unparted(p))])]


def _unparted(p: Picked) -> Rich:
    known = not p.material.bagian or any(now for _, _, now in p.children(p.main or ""))
    return [] if known else [f"Belum ada angka menurut {p.material.sebutan_bagian}."]


def inside(text: str) -> str:
    """A name inside a sentence; an abbreviation keeps its capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
