"""The life of a membership that public money starts, as a table of steps: what may follow what, by whom, with what
reason.

The first payment carries a membership through `ditagih` and `dibayar`; later months of a member do not change the
state, they are in the ledger. `aktif`, `tunggakan`, `non-aktif` are the states of PP 44/2015 and Permenaker 5/2021, as
`jangkau.core.law.membership` tells them from paid months.
"""

from dataclasses import dataclass
from typing import Literal

from jangkau.core.kernel.problems import Problem

Tone = Literal["plain", "good", "look", "harm"]
Who = Literal["mesin", "orang"]
MACHINE: frozenset[Who] = frozenset({"mesin"})
PERSON: frozenset[Who] = frozenset({"orang"})
EITHER = MACHINE | PERSON


@dataclass(frozen=True)
class State:
    """A state in the words of the screens, with how it is marked there."""

    kode: str
    arti: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Step:
    """A step that may be taken; `sebab` tells whether a person must write why."""

    dari: str
    ke: str
    kata: str
    oleh: frozenset[Who] = PERSON
    sebab: bool = False


STATES: dict[str, State] = {
    state.kode: state
    for state in (
        State("diusulkan", "diusulkan rencana atau SK, belum diperiksa orangnya"),
        State("terverifikasi", "orangnya pasti dan memenuhi syarat"),
        State("ditetapkan", "namanya ada dalam SK yang berlaku"),
        State("diajukan", "sudah diajukan ke BPJS Ketenagakerjaan, menunggu jawaban", "look"),
        State("diterima", "BPJS Ketenagakerjaan menerima dan memberi nomor peserta (KPJ)", "good"),
        State("ditolak", "BPJS Ketenagakerjaan menolak; diperbaiki lalu diajukan lagi, atau diganti", "harm"),
        State("ditagih", "iuran pertamanya ada dalam kode iuran, belum dibayar", "look"),
        State("dibayar", "iuran pertamanya dibayar; menunggu tercatat aktif", "good"),
        State("aktif", "tercatat sebagai peserta aktif", "good"),
        State("tunggakan", "ada bulan yang belum dibayar; keanggotaan masih berdiri", "look"),
        State("non-aktif", "keanggotaan gugur karena tidak dibayar", "harm"),
        State("selesai", "tidak lagi dibayar oleh program ini"),
    )
}
END = "selesai"
REASONS: dict[str, str] = {
    "meninggal": "meninggal dunia; ahli waris dibantu mengurus santunan",
    "pindah": "pindah ke luar wilayah program",
    "formal": "menjadi pekerja penerima upah; iurannya dibayar pemberi kerja",
    "usia": "melewati batas usia",
    "menolak": "tidak bersedia menjadi peserta",
}
FOR_GOOD = frozenset({"menolak", "meninggal"})  # whoever ended so is not taken in again, unless it is opened again
RUNNING = tuple(kode for kode in STATES if kode != END)

STEPS: tuple[Step, ...] = (
    Step("diusulkan", "terverifikasi", "diperiksa: orangnya pasti dan memenuhi syarat", EITHER),
    Step("terverifikasi", "ditetapkan", "ditetapkan dalam SK"),
    Step("terverifikasi", "diusulkan", "dikembalikan untuk diperiksa lagi", sebab=True),
    Step("ditetapkan", "diajukan", "diajukan ke BPJS Ketenagakerjaan"),
    Step("ditetapkan", "diusulkan", "dikeluarkan dari SK", sebab=True),
    Step("diajukan", "diterima", "diterima, KPJ dicatat", EITHER),
    Step("diajukan", "ditolak", "ditolak dengan kode alasan", EITHER),
    Step("diajukan", "ditetapkan", "pengajuan dibatalkan sebelum dijawab", sebab=True),
    Step("ditolak", "diajukan", "diperbaiki dan diajukan lagi"),
    Step("ditolak", "diterima", "jawaban yang lebih baru menerimanya", EITHER),
    Step("ditolak", "diusulkan", "dikeluarkan dari SK", sebab=True),
    Step("diterima", "ditolak", "jawaban yang bertentangan diputuskan: ditolak", sebab=True),
    Step("diterima", "ditagih", "masuk kode iuran"),
    Step("diterima", "diusulkan", "dikeluarkan dari SK", sebab=True),
    Step("ditagih", "diterima", "tagihan ditarik", sebab=True),
    Step("ditagih", "dibayar", "bukti bayar disetujui"),
    Step("dibayar", "aktif", "tercatat aktif di register peserta", EITHER),
    Step("dibayar", "tunggakan", "bulan berikutnya belum dibayar", EITHER),
    Step("dibayar", "diterima", "pembayaran dikembalikan", sebab=True),
    Step("aktif", "tunggakan", "ada bulan yang belum dibayar", EITHER),
    Step("aktif", "non-aktif", "tercatat gugur di register peserta", EITHER),
    Step("tunggakan", "aktif", "tunggakan dibayar", EITHER),
    Step("tunggakan", "non-aktif", "tunggakan melewati batas", EITHER),
    Step("non-aktif", "aktif", "tercatat aktif lagi di register peserta", EITHER),
    Step("non-aktif", "ditetapkan", "didaftarkan lagi dalam SK baru"),
    *(Step(state, END, "diakhiri dengan alasan", sebab=True) for state in RUNNING),
    *(Step(END, state, "dibuka lagi karena keliru diakhiri", sebab=True) for state in RUNNING),
)
_STEPS = {(step.dari, step.ke): step for step in STEPS}


def check(before: str, after: str, reason: str = "", *, who: Who = "orang", why: str | None = None) -> Step:
    """The step from one state to another, where it may be taken.

    `reason` is one of `REASONS` for `selesai`, else empty. `why` is the text that says why; without it (None) the
    caller sees to it that there is one where `Step.sebab` asks for it. Reopening must lead to the state that was left:
    the caller knows that one.
    Raises LANGKAH_TIDAK_SAH naming what may follow instead, ALASAN_SELESAI_SALAH, LANGKAH_HANYA_ORANG,
    LANGKAH_TANPA_SEBAB.
    """
    step = _STEPS.get((before, after))
    if step is None:
        raise Problem("LANGKAH_TIDAK_SAH", dari=before, ke=after, boleh=_instead(before))
    if (reason in REASONS) != (after == END) or (reason and after != END):
        raise Problem("ALASAN_SELESAI_SALAH", alasan=reason or "kosong", boleh=", ".join(REASONS))
    if who not in step.oleh:
        raise Problem("LANGKAH_HANYA_ORANG", dari=before, ke=after)
    if step.sebab and why is not None and not why.strip():
        raise Problem("LANGKAH_TANPA_SEBAB", dari=before, ke=after)
    return step


def following(before: str) -> tuple[str, ...]:
    """The states that may follow, in the order of the table; none for a state that there is not."""
    return tuple(step.ke for step in STEPS if step.dari == before)


def _instead(before: str) -> str:
    return ", ".join(following(before)) if before in STATES else f"tidak ada; '{before}' bukan keadaan"
