"""An answer in plain Indonesian: what happened, why, and what to do."""

from typing import Any

from jangkau.core.kernel.formats import number, rupiah

REVIEWS = {
    "penduduk": "pasangan di data penduduk belum diputus; dapat mengubah kelayakan",
    "peserta": "pasangan di data peserta belum diputus; dapat mengubah kelayakan dan dana yang boleh membayar",
    "kesejahteraan": "pasangan di data kesejahteraan belum diputus; desil menentukan poin dan syarat dana",
}
TARGETS = "Rencana ini punya target, jadi ambangnya berbeda menurut kelompok."
EVEN = "Yang akan mengubahnya dicoba dengan bagian tiap kabupaten/kota tetap sedikitnya seperti di rencana ini."
_MORE = "Rencananya besar, jadi belum semua kemungkinan dicoba."
_PARTS = {
    "desil": "desil", "perempuan": "perempuan", "disabilitas": "disabilitas", "kepala_keluarga": "kepala keluarga",
    "lanjutan": "peserta lanjutan", "risiko": "risiko pekerjaan",
}  # fmt: skip
Answer = dict[str, Any]


def sentences(answer: Answer) -> list[str]:
    """The answer as sentences, most important first."""
    opening = {"TIDAK_LAYAK": _not_eligible, "DIBAYAR": _paid, "TIDAK_DIBAYAR": _not_paid}[answer["status"]]
    reviews = [f"{number(row['pasangan'])} {row['arti']}." for row in answer["tinjauan"]]
    return [*opening(answer), *reviews]


def _points(answer: Answer) -> str:
    parts = ", ".join(f"{_PARTS.get(name, name)} {number(value)}" for name, value in answer["rincian_poin"].items())
    return f"Poin {number(answer['poin'])}" + (f" ({parts})." if parts else ".")


def _not_eligible(answer: Answer) -> list[str]:
    return [*(f"Tidak layak. {row['pesan']} {row['saran']}" for row in answer["alasan"]), _points(answer)]


def _paid(answer: Answer) -> list[str]:
    names = {fund["kode"]: fund["nama"] for fund in answer["dana"]}
    payers = [
        f"{names[row['dana']]} membayar {row['jumlah_bulan']} bulan mulai {row['bulan_mulai']}, "
        f"{rupiah(row['iuran_total'])}."
        for row in answer["pembayar"]
    ]
    cut = "" if answer["ambang"] is None else f" Ambang di tempatnya {number(answer['ambang'])} poin."
    return [*payers, _points(answer) + cut, *_lottery(answer)]


def _not_paid(answer: Answer) -> list[str]:
    allowed = [fund for fund in answer["dana"] if fund["boleh"]]
    if not allowed:
        opening = "Tidak ada dana yang boleh membayar orang ini."
    elif answer["ambang"] is None:
        opening = f"Dana yang boleh membayar tidak mencakup semua {answer['bulan']} bulan rencana."
    else:
        opening = f"Tidak dibayar: ambang di tempatnya {number(answer['ambang'])} poin."
    funds = [_money(fund) if fund["boleh"] else _refusal(fund) for fund in answer["dana"]]
    others = answer["dana_wilayah_lain"]
    elsewhere = [f"{number(others)} dana lain hanya untuk wilayah lain."] if others else []
    return [
        opening,
        _points(answer),
        *_lottery(answer),
        *funds,
        *elsewhere,
        *map(_change, answer["perubahan"]),
        *_rest(answer),
    ]


def _lottery(answer: Answer) -> list[str]:
    draw = answer["undian"]
    if not draw:
        return []
    return [
        f"Undian: karcis {draw['karcis'][:12]}…, urutan {number(draw['urutan'])} dari {number(draw['peserta'])} orang "
        f"berpoin dan berdana sama; {number(draw['menang'])} menang. Periksa sendiri: {draw['resep']}"
    ]


def _money(fund: Answer) -> str:
    head = f"{fund['nama']}: boleh membayar; anggaran {rupiah(fund['anggaran'])}, sisa {rupiah(fund['sisa'])}"
    if not fund["orang"]:
        return f"{head}; tidak membayar seorang pun."
    bands = ", ".join(f"{number(b['orang'])} orang {_band(b)}" for b in fund["pita"])
    return f"{head}; membayar {number(fund['orang'])} orang, terendah {number(fund['poin_terendah'])} poin: {bands}."


def _band(band: dict[str, int]) -> str:
    low, high = number(band["dari"]), number(band["sampai"])
    return f"berpoin {low}" if low == high else f"berpoin {low}-{high}"


def _refusal(fund: Answer) -> str:
    rules = "; ".join(f"{_RULES[f['jenis']]} {f['harus']}, tercatat {f['tercatat']}" for f in fund["gagal"])
    return f"{fund['nama']}: tidak boleh membayar; {rules}."


_RULES = {"PEKERJAAN": "pekerjaan harus", "SYARAT": "syaratnya", "BULAN": "berlaku"}
_CHANGES = {
    "POIN": "Dengan {tambah} poin lagi orang ini dibayar.",
    "RUPIAH": "Dengan sekitar {tambah} lagi di dana {dana} orang ini dibayar.",
    "BULAN": "Bila semua dibayar {bulan} bulan saja, orang ini dibayar.",
    "SYARAT": "Bila syarat {harus} terpenuhi (tercatat {tercatat}), dana {dana} boleh membayarnya.",
    "PEKERJAAN": "Bila pekerjaannya {harus} (tercatat {tercatat}), dana {dana} boleh membayarnya.",
}


def _change(change: Answer) -> str:
    shown = dict(change)
    if "tambah" in shown:
        shown["tambah"] = rupiah(shown["tambah"]) if shown["jenis"] == "RUPIAH" else number(shown["tambah"])
    return _CHANGES[change["jenis"]].format(**shown)


def _rest(answer: Answer) -> list[str]:
    """That the search stopped early."""
    return [] if answer["perubahan_lengkap"] else [_MORE]
