"""The coverage table before and after the plan, and its headline."""

import narwhals as nw

from jangkau.core.coverage.denominators import chosen_name, denominators
from jangkau.core.coverage.people import SEGMENTS, active_members, counts, newly_covered
from jangkau.core.engine import from_columns
from jangkau.core.law.book import Book
from jangkau.core.tables.results import CAKUPAN
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings


def coverage(
    peserta: Frame,
    angkatan_kerja: Frame,
    *,
    pekerja: Frame,
    usulan: Frame,
    tautan: Frame,
    rencana: Frame,
    regions: list[tuple[str, str]],
    settings: Settings,
    book: Book,
    nama_provinsi: str,
    sumber: str = "",
) -> Frame:
    """People protected over workers: CAKUPAN, for the province and each kabupaten/kota, segment and state.

    In: PESERTA, ANGKATAN_KERJA, PEKERJA, USULAN, TAUTAN, RENCANA; `regions` (code, name) of the kabupaten/kota;
    `sumber` names the member register (default: register/peserta and the date). `sebelum` counts active members on
    `per`; `sesudah` adds the people whom the plan pays and who are not active already. Percent to 4 decimals; null
    where no denominator is published for that region and segment. Raises LawUndefinedOn.
    """
    sumber = sumber or f"register/peserta per {settings.per.isoformat()}"
    active = active_members(peserta, settings, book)
    new = newly_covered(active, pekerja=pekerja, usulan=usulan, tautan=tautan, rencana=rencana, settings=settings)
    people = ["orang", "wilayah", "segmen"]
    before, added = counts(active.select(people), settings.provinsi), counts(new, settings.provinsi)
    rows = _frame([(settings.provinsi, nama_provinsi), *regions])
    rows = rows.join(before, on=["wilayah", "segmen"], how="left")
    rows = rows.join(added.rename({"pembilang": "tambahan"}), on=["wilayah", "segmen"], how="left")
    rows = rows.join(denominators(angkatan_kerja, regions, settings), on=["wilayah", "segmen"], how="left")
    extra = nw.when(nw.col("keadaan") == "sesudah").then(nw.col("tambahan")).otherwise(nw.lit(None))
    rows = rows.with_columns(pembilang=nw.col("pembilang").fill_null(0) + extra.fill_null(0)).with_columns(
        persen=_percent(),
        nama_penyebut=nw.lit(chosen_name(angkatan_kerja, settings)),
        per=nw.lit(settings.per),
        sumber_pembilang=nw.when(nw.col("keadaan") == "sesudah")
        .then(nw.lit(f"{sumber} + rencana"))
        .otherwise(nw.lit(sumber)),
    )
    return CAKUPAN.check(rows.sort("urut"))


def _percent() -> nw.Expr:
    known = nw.when(nw.col("penyebut") > 0).then(nw.col("penyebut"))
    return (100.0 * nw.col("pembilang") / known).round(4)


def _frame(regions: list[tuple[str, str]]) -> Frame:
    """Every row of the table in its order: region, segment, before and after."""
    keys = [(c, n, s, k) for c, n in regions for s in SEGMENTS for k in ("sebelum", "sesudah")]
    names = ("wilayah", "nama", "segmen", "keadaan")
    columns = {name: [key[i] for key in keys] for i, name in enumerate(names)}
    return from_columns({**columns, "urut": list(range(len(keys)))})
