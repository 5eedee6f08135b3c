"""The two charts: their finding as title, the picture, and the same data as a table."""

from collections.abc import Sequence
from typing import Any

from jangkau.core.kernel.formats import long_date, number, percent, rupiah, short_month
from jangkau.core.reporting.charts import MonthsRow, Pair, draw, dumbbell, months_against_people, thousands
from jangkau.core.reporting.figures import Coverage, Figures
from jangkau.core.reporting.words import denominator, share, short_name, source

Section = dict[str, Any]
_TABLE_MONTHS = 12
_COLUMNS = ["Wilayah", "Sebelum", "Sesudah", "Bertambah", "Penyebut", "Sebelum (%)", "Sesudah (%)"]
_COUNTS = 4
_MONTHS_COLUMNS = [
    "Bulan", "Orang dibayar", "Bulan dengan JKM penuh", "Manfaat diharapkan (Rp)", "Berhenti", "Iuran (Rp)",
]  # fmt: skip


def coverage_section(f: Figures) -> Section | None:
    """Coverage by kabupaten/kota, before and after; None where there is no coverage at all."""
    if not f.coverage:
        return None
    whole, parts = f.coverage[0], f.coverage[1:]
    known = [part for part in parts if part.persen_sesudah is not None]
    drawn = known or parts
    width = len(_COLUMNS) if known or whole.penyebut else _COUNTS
    return {
        "kepala": "Cakupan per kabupaten/kota",
        "judul": finding(drawn, counted=not known),
        "anak": _meaning(whole, known, parts),
        "gambar": coverage_chart(whole, drawn, percent_known=bool(known)) if drawn else None,
        "alt": in_words(drawn),
        "sebelum": f"sebelum, {long_date(f.settings.per)}",
        "sesudah": "sesudah rencana",
        "kolom": _COLUMNS[:width],
        "baris": [_coverage_row(part, short_name(part.nama))[:width] for part in parts],
        "jumlah": _coverage_row(whole, whole.nama)[:width],
        "sumber": _sources(whole, parts),
    }


def finding(drawn: Sequence[Coverage], *, counted: bool, what: str = "kabupaten/kota") -> str:
    """How many regions went up, and which stands lowest: the title of the picture of before and after."""
    if not drawn:
        return f"Belum ada angka menurut {what}."
    up = [part for part in drawn if part.sesudah > part.sebelum]
    if not up:
        moved = "Cakupan belum berubah."
    elif len(drawn) == 1:
        moved = f"{short_name(drawn[0].nama)} naik."
    else:
        count = "Semua" if len(up) == len(drawn) else f"{number(len(up))} dari"
        moved = f"{count} {number(len(drawn))} {what} naik."
    if counted:
        most = max(drawn, key=lambda part: part.sesudah - part.sebelum)
        return (
            f"{moved} Terbanyak {short_name(most.nama)}: {number(most.sesudah - most.sebelum)} orang." if up else moved
        )
    low = min(drawn, key=lambda part: part.persen_sesudah or 0.0)
    where = f"Terendah {short_name(low.nama)}, " if len(drawn) > 1 else "Kini "
    return f"{moved} {where}{percent(low.persen_sesudah)}."


def _meaning(whole: Coverage, known: Sequence[Coverage], parts: Sequence[Coverage]) -> str:
    if not known:
        return (
            "Orang terlindungi di semua segmen. Jumlah pekerja per kabupaten/kota belum diketahui, jadi tanpa persen."
        )
    low = min(known, key=lambda part: part.persen_sesudah or 0.0)
    missing = [short_name(part.nama) for part in parts if part.persen_sesudah is None]
    tail = f" Tanpa penyebut, jadi tidak digambar: {', '.join(missing)}." if missing else ""
    basis = f"Orang terlindungi di semua segmen, persen dari {denominator(whole)}."
    return f"{basis} Terendah {short_name(low.nama)}: {share(low.sesudah, low.penyebut)}.{tail}"


def coverage_chart(whole: Coverage, drawn: Sequence[Coverage], *, percent_known: bool) -> str:
    """Before and after of regions as SVG text, the whole as a dashed line."""
    if not percent_known:
        return draw(dumbbell([Pair(short_name(c.nama), c.sebelum, c.sesudah) for c in drawn], percent=False))
    pairs = [Pair(short_name(c.nama), c.persen_sebelum or 0.0, c.persen_sesudah or 0.0) for c in drawn]
    line = None
    if whole.persen_sesudah is not None and len(drawn) > 1:
        line = (f"{whole.nama} {percent(whole.persen_sesudah)}", whole.persen_sesudah)
    return draw(dumbbell(pairs, percent=True, whole=line))


def in_words(drawn: Sequence[Coverage]) -> str:
    """The same for who cannot see it."""
    parts = (f"{short_name(c.nama)} dari {_amount(c, after=False)} menjadi {_amount(c, after=True)}" for c in drawn)
    return "Grafik titik sebelum dan sesudah. " + "; ".join(parts)


def _amount(coverage: Coverage, *, after: bool) -> str:
    value = coverage.persen_sesudah if after else coverage.persen_sebelum
    return number(coverage.sesudah if after else coverage.sebelum) if value is None else percent(value)


def _coverage_row(c: Coverage, name: str) -> list[str]:
    shares = [percent(value).removesuffix("%") for value in (c.persen_sebelum, c.persen_sesudah)]
    workers = number(c.penyebut) if c.penyebut is not None else "–"
    return [name, number(c.sebelum), number(c.sesudah), number(c.sesudah - c.sebelum), workers, *shares]


def _sources(whole: Coverage, parts: Sequence[Coverage]) -> str:
    below = sorted({c.sumber_penyebut for c in (whole, *parts) if c.sumber_penyebut})
    basis = source("; ".join(below)) if below else "belum ada"
    return (
        f"Sumber pembilang: {source(whole.sumber_pembilang)}. Penyebut: {denominator(whole)} ({basis}). "
        "Orang yang terdaftar di dua wilayah dihitung sekali di provinsi. "
        "Orang yang dibayar tetapi sudah aktif pada tanggal data tidak menambah cakupan."
    )


def months_section(f: Figures) -> Section | None:
    """Months against people for the same money; None where the plan did not work it out."""
    given = sorted(f.run.ringkasan.get("bulan_orang") or [], key=lambda row: int(row["bulan"]))
    rows = [row for row in given if row["bulan"] <= max(_TABLE_MONTHS, f.settings.bulan)]
    if not any(row["orang"] for row in rows):
        return None
    marks = [_months_row(f, row) for row in rows]
    big = thousands(max(mark.bulan_terlindung for mark in marks))
    return {
        "kepala": "Bulan lawan orang",
        "judul": _months_finding(f, marks),
        "buruk": f.too_short,
        "anak": f"Uang yang sama, {rupiah(f.budget)} dari semua dana, dibagi menurut lamanya pembayaran. "
        "Garis: orang yang dibayar. "
        f"Batang: {'ribu ' if big else ''}bulan dengan santunan kematian (JKM) penuh.",
        "gambar": draw(months_against_people(marks, chosen=f.settings.bulan, wait=f.wait)),
        "alt": "Grafik bulan dan orang. "
        + "; ".join(f"{m.bulan} bulan: {number(m.orang)} orang, {number(m.bulan_terlindung)} bulan" for m in marks),
        "kolom": _MONTHS_COLUMNS,
        "baris": [_months_cells(mark, row) for mark, row in zip(marks, rows, strict=True)],
        "pilihan": f.settings.bulan,
        "saran": (f.run.ringkasan.get("saran_bulan") or {}).get("alasan", ""),
        "sumber": _months_sources(f, rows),
    }


def _months_sources(f: Figures, rows: Sequence[dict[str, Any]]) -> str:
    """Where the numbers come from, and how far the other lengths may be from their best plans."""
    gaps = [100 * (row["batas"] - row["poin"]) / row["batas"] for row in rows if row.get("batas")]
    near = f" Poin tiap baris paling banyak {percent(max(gaps), 2)} di bawah batas terbaiknya." if gaps else ""
    bare = " Di luar baris rencana ini target tidak dihitung." if f.run.ringkasan.get("target") else ""
    pooled = " Di luar baris rencana ini orang ditaksir dari harga dana dan dapat meleset beberapa persen."
    expected = ""
    if any(row.get("manfaat_diharapkan") for row in rows):
        expected = (
            " Manfaat diharapkan: perkiraan kematian kali santunan menurut bulannya, angka tengah; rentangnya ada di "
            f"rencana.json. {f.run.ringkasan['saran_bulan'].get('kematian', '')}"
        )
    return (
        f"Masa tunggu {f.wait} bulan: {f.wait_source}. Yang kepesertaannya masih berlaku tidak menunggu lagi. "
        f"Berhenti: bulan kepesertaan hilang bila tidak ada yang meneruskan iuran.{expected}{near}{bare}"
        + (pooled if any(row.get("perkiraan") for row in rows) else "")
    )


def _months_row(f: Figures, row: dict[str, Any]) -> MonthsRow:
    months, people = int(row["bulan"]), int(row["orang"])
    if months == f.settings.bulan:
        people = f.paid
    protected = row.get("bulan_terlindung")
    return MonthsRow(months, people, people * max(0, months - f.wait) if protected is None else int(protected))


def _months_cells(mark: MonthsRow, row: dict[str, Any]) -> list[str]:
    spent, due = row.get("iuran"), row.get("manfaat_diharapkan")
    return [
        str(mark.bulan),
        number(mark.orang),
        number(mark.bulan_terlindung),
        "–" if due is None else number(due["tengah"]),
        short_month(row["lepas"]["bulan"]) if row.get("lepas") else "–",
        "–" if spent is None else number(int(spent)),
    ]


def _months_finding(f: Figures, marks: Sequence[MonthsRow]) -> str:
    chosen = [mark for mark in marks if mark.bulan == f.settings.bulan]
    if not chosen or not chosen[0].orang:
        return "Makin lama dibayar, makin sedikit orang, tetapi makin banyak bulan terlindung."
    row = chosen[0]
    if f.too_short:
        how = f"{row.bulan} bulan terlalu pendek bagi {number(row.orang)} orang"
    else:
        how = f"{row.bulan} bulan untuk {number(row.orang)} orang"
    return f"{how}: {number(row.bulan_terlindung)} bulan dengan JKM penuh."
