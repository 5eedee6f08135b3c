"""The first page: three sentences of falling size, and each figure with where it comes from."""

from jangkau.core.kernel.formats import long_date, long_month, number, percent, rupiah
from jangkau.core.reporting.figures import Coverage, Figures
from jangkau.core.reporting.words import denominator, source

Rich = list[str]


def sentences(f: Figures) -> list[Rich]:
    """What happened, in order of weight."""
    return [part for part in (_coverage(f), _people(f), _benefit(f)) if part]


def warning(f: Figures) -> Rich | None:
    """Red words where the months planned end before the full death benefit begins; None otherwise."""
    if not (f.too_short and f.paid):
        return None
    months, need = f.settings.bulan, f.wait + 1
    less = (
        f" Bila meninggal bukan karena kerja, keluarganya mendapat {millions(f.death_benefit[1])}."
        if f.death_benefit
        else ""
    )
    return [
        "",
        f"{months} bulan terlalu pendek.",
        f" Dari {number(f.paid)} orang yang dibayar, tidak seorang pun peserta baru mendapat santunan kematian (JKM) "
        f"penuh selama masa yang dibayar.{less} Perlu sedikitnya {need} bulan berturut-turut.",
    ]


def _coverage(f: Figures) -> Rich:
    if not f.coverage:
        return ["Cakupan belum dapat dihitung."]
    whole, day = f.coverage[0], long_date(f.settings.per)
    if whole.penyebut is None or whole.persen_sesudah is None:
        tail = " Persen tidak ditulis, karena jumlah pekerja belum diketahui."
        if not f.paid:
            return [
                f"Pada {day}, ",
                f"{number(whole.sebelum)} orang",
                " terlindungi. Rencana ini belum membayar siapa pun." + tail,
            ]
        return [
            "Dengan rencana ini ",
            f"{number(whole.sesudah)} orang",
            f" terlindungi. Pada {day} baru {number(whole.sebelum)} orang." + tail,
        ]
    if not f.paid:
        return [
            f"Pada {day}, ",
            f"{number(whole.sebelum)} dari {number(whole.penyebut)} orang",
            " terlindungi, atau ",
            percent(whole.persen_sebelum),
            ". Rencana ini belum membayar siapa pun.",
        ]
    return [
        "Dengan rencana ini ",
        f"{number(whole.sesudah)} dari {number(whole.penyebut)} orang",
        " terlindungi, atau ",
        percent(whole.persen_sesudah),
        f". Pada {day} baru {number(whole.sebelum)} orang ({percent(whole.persen_sebelum)}).",
    ]


def _people(f: Figures) -> Rich:
    if not f.rows:
        return ["Belum ada daftar usulan yang dapat dibaca."]
    listed = f"Dari {number(f.files)} berkas terbaca {number(f.rows)} baris nama, yaitu "
    start, end = f.settings.start, f.settings.start + f.settings.bulan - 1
    if not f.paid:
        return [
            listed,
            f"{number(f.people)} orang",
            ". ",
            f"{number(f.eligible)} orang",
            " layak, dan belum ada yang terbayar.",
        ]
    return [
        listed,
        f"{number(f.people)} orang",
        ". ",
        f"{number(f.eligible)} orang",
        " layak, dan ",
        f"{number(f.paid)} orang",
        f" dibayar {f.settings.bulan} bulan, {long_month(start)} sampai {long_month(end)}, dengan iuran ",
        rupiah(f.money),
        f" dari anggaran {rupiah(f.budget)}.",
    ]


def _benefit(f: Figures) -> Rich:
    """What the months buy; nothing where a warning already says that they buy too little."""
    if f.too_short or not f.paid or not f.death_benefit:
        return []
    full, short = f.death_benefit
    return [
        "Bila peserta baru meninggal bukan karena kerja, keluarganya berhak atas ",
        millions(full),
        f" hanya setelah {f.wait} bulan berturut-turut dibayar, yaitu mulai {long_month(f.settings.start + f.wait)}. "
        f"Sebelum itu {millions(short)}.",
    ]


def millions(value: int) -> str:
    """42000000 -> `Rp42 juta`; anything less round in full."""
    return rupiah(value) if value % 1_000_000 else f"Rp{number(value // 1_000_000)}\u00a0juta"


def key_figures(f: Figures) -> list[list[str]]:
    """Rows of: measure, figure, numerator, denominator, source and date."""
    rows = [_coverage_row("Cakupan sesudah rencana", c, after=True) for c in f.coverage[:1]]
    rows += [_coverage_row("Cakupan sebelum rencana", c, after=False) for c in f.coverage[:1]]
    informal = [c for c in f.segment("INFORMAL")[:1] if c.penyebut]
    rows += [_coverage_row("Cakupan pekerja informal, sesudah", c, after=True) for c in informal]
    day = long_date(f.settings.per)
    return [
        *_once(rows),
        [
            "Orang layak", _percent(f.eligible, f.people), f"{number(f.eligible)} orang layak",
            f"{number(f.people)} orang diusulkan, tanpa ganda", f"Daftar usulan dan register, {day}.",
        ],
        [
            "Orang dibayar", _percent(f.paid, f.eligible), f"{number(f.paid)} orang dibayar {f.settings.bulan} bulan",
            f"{number(f.eligible)} orang layak", f"Rencana ini, {day}.",
        ],
        [
            "Iuran", _short_money(f.money), f"{number(f.person_months)} bulan dibayar",
            f"{rupiah(f.budget)} anggaran semua dana", "dana.csv dan rencana ini.",
        ],
    ]  # fmt: skip


def _once(rows: list[list[str]]) -> list[list[str]]:
    """A source that repeats the one above says so."""
    sources = [row[-1] for row in rows]
    return [
        [*row[:-1], "Sama seperti di atas." if at and sources[at] == sources[at - 1] else row[-1]]
        for at, row in enumerate(rows)
    ]


def _coverage_row(label: str, coverage: Coverage, *, after: bool) -> list[str]:
    count = coverage.sesudah if after else coverage.sebelum
    value = coverage.persen_sesudah if after else coverage.persen_sebelum
    below = f"{number(coverage.penyebut)} orang, {denominator(coverage)}" if coverage.penyebut else "belum diketahui"
    sources = [coverage.sumber_pembilang.removesuffix(" + rencana"), coverage.sumber_penyebut]
    shown = number(count) if value is None else percent(value)
    return [
        label,
        shown,
        f"{number(count)} orang terlindungi",
        below,
        source("; ".join(text for text in sources if text)) + ".",
    ]


def _percent(part: int, whole: int) -> str:
    return percent(100 * part / whole) if whole else number(part)


def _short_money(value: int) -> str:
    for size, word in ((1_000_000_000, "miliar"), (1_000_000, "juta")):
        if value >= size:
            return f"Rp{number(value / size, 1)}\u00a0{word}"
    return rupiah(value)
