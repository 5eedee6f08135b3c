"""Our books as tables of `jangkau.core`: whom they cover, and which months."""

from collections.abc import Iterator
from typing import Any

import polars as pl
from django.db import connection

from jangkau.apps.enrolment.models import BatchState, MonthState
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.linkage.bulk import numbers
from jangkau.apps.registry.models import Fund
from jangkau.core.engine import frame
from jangkau.core.tables.reconciliation import BULAN_IURAN, TERCAKUP
from jangkau.core.tables.registers import DANA
from jangkau.core.tables.schema import Frame

AT_ONCE = 200_000
HELD = (MonthState.COMMITTED, MonthState.BILLED, MonthState.PAID)
_ENROLMENTS = f"""
    SELECT e.id, p.nik, e.kpj, p.nama, CAST(p.tanggal_lahir AS TEXT), e.region_code, e.state, p.pekerjaan,
        p.kode_desa, paid.last
    FROM enrolment_enrolment e JOIN linkage_person p ON p.id = e.person_id
    LEFT JOIN (
        SELECT l.enrolment_id AS id, CAST(max(b.paid_on) AS TEXT) AS last
        FROM enrolment_batchline l JOIN enrolment_batch b ON b.id = l.batch_id
        WHERE b.state = '{BatchState.PAID.value}' GROUP BY l.enrolment_id
    ) paid ON paid.id = e.id
    WHERE e.state <> '{OVER}' ORDER BY e.id"""
_TEXT = ("nik", "kpj", "nama", "lahir", "region_code", "state", "pekerjaan", "kode_desa", "dibayar")
# Four numbers in two, since fetching is what takes the time: enrolment and month; fund, rate and state.
_MONTHS = """
    SELECT CAST(enrolment_id AS BIGINT) * 65536 + month,
        (CAST(fund_id AS BIGINT) * 4194304 + rate) * 4
        + CASE state WHEN 'komitmen' THEN 0 WHEN 'ditagih' THEN 1 ELSE 2 END
    FROM enrolment_personmonth WHERE state IN ('komitmen', 'ditagih', 'dibayar')"""


def enrolments() -> pl.DataFrame:
    """Every enrolment that is not over: `id`, the columns of TERCAKUP, `region_code`, `state`, `pekerjaan`,
    `kode_desa`."""
    table = _table(_ENROLMENTS, [], {"id": pl.Int64, **dict.fromkeys(_TEXT, pl.String)})
    paid = pl.col("dibayar").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    return table.with_columns(
        tanggal_lahir=pl.col("lahir").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False),
        bulan_bayar=paid.dt.year().cast(pl.Int64) * 12 + paid.dt.month().cast(pl.Int64) - 1,
    ).drop("lahir", "dibayar")


def covered(held: pl.DataFrame, months: Frame) -> Frame:
    """TERCAKUP: the enrolments that have a month in the books."""
    return TERCAKUP.conform(frame(held.join(months.to_native().select("id").unique(), on="id", how="semi")))


def months(held: pl.DataFrame) -> Frame:
    """BULAN_IURAN of these enrolments."""
    packed, who, what = numbers(_MONTHS, 2), pl.col("who"), pl.col("what")
    table = pl.DataFrame({"who": packed[:, 0], "what": packed[:, 1]}).select(
        id=who // 65536, bulan=who % 65536, fund=what // 4 // 4194304, iuran=what // 4 % 4194304, sandi=what % 4
    )
    words = pl.DataFrame({"sandi": [0, 1, 2], "keadaan": [state.value for state in HELD]})
    funds = list(Fund.objects.values_list("id", "kode"))
    codes = pl.DataFrame(funds, {"fund": pl.Int64, "dana": pl.String}, orient="row")
    own = table.join(held.select("id"), on="id", how="semi")
    return BULAN_IURAN.check(frame(own.join(words, on="sandi", how="left").join(codes, on="fund", how="left")))


def funds() -> Frame:
    """DANA with closed funds too: what they paid stays theirs."""
    rows = list(Fund.objects.values(*DANA.names))
    types = dict.fromkeys(DANA.names, pl.String) | {"anggaran": pl.Int64}
    table = pl.DataFrame(rows, types).with_columns(pl.col(pl.String).replace("", None))
    return DANA.conform(frame(table))


def _table(sql: str, given: list[Any], types: dict[str, Any]) -> pl.DataFrame:
    parts = [pl.DataFrame(rows, types, orient="row") for rows in _parts(sql, given)]
    return pl.concat(parts) if parts else pl.DataFrame(schema=types)


def _parts(sql: str, given: list[Any]) -> Iterator[list[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        while rows := cursor.fetchmany(AT_ONCE):
            yield rows
