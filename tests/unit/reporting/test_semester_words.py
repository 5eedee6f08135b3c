"""The sentences of the half year: chosen by the figures, with the right numbers, never a bare percentage."""

import re
from datetime import date

import half_years as h
import pytest

from jangkau.core.reporting.semester import key_figures
from jangkau.core.reporting.semester_decisions import decisions
from jangkau.core.reporting.semester_figures import Picked
from jangkau.core.reporting.semester_input import Definition, FundState, Goal
from jangkau.core.reporting.semester_words import sentences, warning


def told(**given):
    p = Picked(h.material(**given))
    return " ".join("".join(part) for part in sentences(p))


def of(*rows, **given):
    return told(angka=h.frame(list(rows)), **given)


def test_the_first_sentence_has_numerator_denominator_share_and_date():
    text = told()
    assert (
        "Pada 30 Juni 2026, 8.940 dari 21.300 pekerja rentan terdata adalah pekerja rentan aktif, atau 42,0%." in text
    )
    assert "Bertambah 2.520 orang sejak 31 Desember 2025. Waktu itu 30,1% (6.420 dari 21.300)." in text


def test_the_full_benefit_and_what_ends_are_told_with_their_money():
    text = told()
    assert "keluarga 6.120 dari 8.940 pekerja rentan aktif berhak atas Rp42\u00a0juta" in text
    assert "Keluarga 2.820 orang lain baru berhak atas Rp10\u00a0juta" in text
    assert "Masa 1.204 orang habis pada 31 Desember 2026. Menyambung 3 bulan perlu Rp60.681.600." in text


def test_a_loss_is_said_as_a_loss():
    text = of(h.figure(per=h.BEFORE, part=9000), h.figure(part=8940))
    assert "Berkurang 60 orang" in text
    assert "Jumlahnya sama" in of(h.figure(per=h.BEFORE, part=8940), h.figure(part=8940))


@pytest.mark.parametrize("other", [{"versi": "2"}, {"nama_penyebut": "penduduk bekerja"}])
def test_figures_that_measure_otherwise_are_not_compared(other):
    text = of(h.figure(per=h.BEFORE, part=6420, **other), h.figure())
    assert "tidak dibandingkan" in text
    assert "Bertambah" not in text


def test_what_is_missing_is_said():
    assert "Belum ada hitungan dari semester sebelumnya" in of(h.figure())
    assert "Belum ada angka untuk lapse." in told()
    assert "Belum ada angka menurut kecamatan." in of(h.figure())
    assert "Persen tidak ditulis, karena penyebutnya belum diketahui" in of(h.figure(whole=None))
    assert "Target tahun 2026 untuk ukuran ini belum diketahui" in told(target=())
    names = tuple(Definition(f"x{at}", f"Ukuran {at}", "") for at in range(6))
    assert "ukuran 0, ukuran 1, ukuran 2, ukuran 3 dan 2 ukuran lain" in told(definisi=names)


def test_a_figure_that_could_not_be_counted_is_missing_not_nought():
    unknown = h.figure(part=None, whole=None)
    assert "Belum ada data" in of(unknown)
    assert "6.420 dari" in of(h.figure(per=h.BEFORE, part=6420), unknown)


def test_an_old_counting_is_marked():
    text = of(h.figure(per=date(2025, 9, 30)))
    assert "Pada 30 September 2025" in text
    assert "Dalam semester ini tidak ada hitungan yang lebih baru" in text


def test_figures_after_the_semester_are_not_used():
    assert "Pada 30 Juni 2026, 8.940 dari" in of(h.figure(), h.figure(per=date(2026, 9, 30), part=12_000))
    assert "Belum ada data" in of(h.figure(per=date(2026, 7, 1)))


def test_a_report_up_to_a_day_uses_nothing_later():
    rows = [h.figure(per=date(2026, 3, 31), part=7000), h.figure()]
    made = h.material(angka=h.frame(rows), sampai=date(2026, 3, 31))
    assert "Pada 31 Maret 2026, 7.000 dari" in "".join(sentences(Picked(made))[0])
    assert made.months == "sampai 31 Maret 2026"


def test_a_conflict_with_what_was_published_is_shown_not_averaged():
    text = told()
    assert "Angka yang terbit berbeda dari hitungan ini: 37,0% (Kemenko PMK, siaran pers, 1 Maret 2026)" in text
    assert "tidak dirata-ratakan" in text
    alike = h.figure(per=date(2026, 5, 1), part=None, whole=None, nilai=41.97, asal="terbit", sumber_pembilang="BPJS")
    old = h.figure(per=date(2024, 5, 1), part=None, whole=None, nilai=20.0, asal="terbit", sumber_pembilang="BPJS")
    assert "terbit" not in of(h.figure(), alike, old)
    other = {"indikator": "cakupan", "per": date(2026, 5, 1)}
    mine, theirs = h.figure(**other), h.figure(**other, nilai=37.0, asal="terbit", sumber_pembilang="Kemenko")
    assert "Angka yang terbit tentang cakupan semua pekerja berbeda" in of(h.figure(), mine, theirs)


def test_a_published_figure_alone_is_said_to_be_anothers():
    said = h.figure(per=date(2026, 3, 1), part=None, whole=None, nilai=37.0, asal="terbit", sumber_pembilang="Kemenko")
    text = of(said)
    assert "menurut Kemenko: 37,0% (pembilang dan penyebutnya tidak disebut sumbernya)" in text
    assert "bukan hitungan sendiri" in text


def test_an_estimate_has_its_interval():
    text = of(h.figure(asal="survei", galat_baku=1.2, bawah=39.6, atas=44.3))
    assert "(perkiraan, antara 39,6% dan 44,3%)" in text


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        (50.0, "50,0% menurut RPJMD, kurang 1.710 orang"), (42.0, "kurang 6 orang"),
        (40.0, "40,0% menurut RPJMD sudah tercapai"), (None, "belum diketahui"),
    ],
)  # fmt: skip
def test_a_target_is_told_in_people(goal, words):
    assert words in told(target=(Goal("cakupan_rentan", 2026, goal, "RPJMD"),))


def test_a_target_in_people_or_of_another_denominator():
    people = Goal("cakupan_rentan", 2026, None, "RKPD", orang=9000)
    assert "9.000 orang menurut RKPD, kurang 60 orang" in told(target=(people,))
    other = Goal("cakupan_rentan", 2026, 35.0, "RPJMN", penyebut="Penduduk bekerja")
    assert "dari penyebut lain (penduduk bekerja), jadi tidak dibandingkan" in told(target=(other,))
    assert not any("Cari iuran" in d[1] for d in decisions(Picked(h.material(target=(other,)))))


def test_a_target_of_another_year_is_not_used():
    assert "belum diketahui" in told(target=(Goal("cakupan_rentan", 2027, 50.0, "RPJMD"),))


@pytest.mark.parametrize(("months", "warned"), [(2820, True), (8460, True), (8461, False), (0, True)])
def test_a_fund_that_pays_too_few_months_is_a_warning(months, warned):
    p = Picked(h.material(dana=(FundState("CSR PT Contoh", 1, 0, 0, 0, 2820, months),)))
    assert (warning(p) is not None) == warned
    assert any("Perpanjang pembayaran CSR PT Contoh menjadi sedikitnya 4 bulan" in d[1] for d in decisions(p)) == warned
    if warned:
        assert f"untuk 2.820 orang, rata-rata {months // 2820},0 bulan" in "".join(warning(p))


def test_a_fund_that_pays_nobody_is_not_warned_of():
    assert warning(Picked(h.material(dana=(FundState("APBD", 10, 0, 0, 0, 0, 0),)))) is None


def test_nothing_known_is_said_and_what_to_do():
    p = Picked(h.material(angka=h.frame([])))
    assert "Belum ada data untuk Kabupaten Contoh sampai 30 Juni 2026." in "".join(sentences(p)[0])
    assert len(sentences(p)) == 1
    assert decisions(p)[0][1] == "Muat data peserta dan penyebut."


def test_decisions_are_most_pressing_first_and_have_their_numbers():
    found = ["".join(item) for item in decisions(Picked(h.material()))]
    assert found[0].startswith("Perpanjang pembayaran CSR PT Contoh")
    assert found[1].startswith("Sambung 1.204 orang sebelum 31 Desember 2026. Perlu Rp60.681.600")
    assert found[2].startswith("Cari iuran bagi 1.710 orang. Target 2026 menurut RPJMD 50,0%")
    assert "20,9% (380 dari 1.820) dan 26,4% (560 dari 2.120)" in found[3]
    assert len(found) <= 6
    assert "Selesaikan 1 tindak lanjut." in " ".join(found)


@pytest.mark.parametrize("given", [{}, {"angka": h.frame(h.rows()[:1])}, {"target": (), "dana": None}])
def test_a_percentage_is_never_bare(given):
    p = Picked(h.material(**given))
    for row in key_figures(p):
        assert row[4]
        if "%" in row[1]:
            assert re.match(r"[\d.]+ \w", row[2])
            assert re.match(r"[\d.]+ \w", row[3])
    lone = re.sub(r"\d+,\d% (menurut|\()|atau \d+,\d%|Angka yang terbit[^.]*", "", told(**given))
    assert "%" not in lone
