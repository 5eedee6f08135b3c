"""Estimates of one survey, and how they are drawn."""

from typing import Any

import numpy as np
import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from numpy.typing import NDArray

from jangkau.apps.monitoring.charts import Chart
from jangkau.apps.regions.selectors import region_name
from jangkau.apps.surveys.models import Measured, Survey, SurveyState
from jangkau.core.kernel.formats import long_date
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Progress
from jangkau.core.reporting.monev_intervals import Interval, intervals
from jangkau.core.statistics import Asked, Columns, Lonely, Microdata, read_microdata
from jangkau.core.statistics import survey as measure
from jangkau.core.statistics.figures import EVERYONE, NAMES, Surveyed, figures

MOST_DOMAINS, FEWEST_ROWS = 200, 10
_QUANTILES = (0.25, 0.5, 0.75)
_DECIMALS = {"persen": 2, "poin": 4, "orang": 0, "rupiah": 0}
_NUMBERS = ("nilai", "galat_baku", "bawah", "atas")
_DEEPEST = 4  # digits of the code of a region that a survey speaks of


def estimate(survey: Survey, progress: Progress) -> dict[str, Any]:
    """Write the figures of a survey, and return what the database keeps of it. Again, the same.

    Raises the problems of `read_microdata`, SURVEI_BUKAN_01, SURVEI_BUKAN_ANGKA, SURVEI_DOMAIN and SURVEI_WILAYAH.
    """
    asked = survey.columns
    progress.step(gettext_noop("Membaca data survei"))
    names = (asked.get(name) or None for name in ("bobot", "strata", "psu", "fpc", "domain"))
    data = _read(survey, Columns(asked["nilai"], *names))
    if survey.measured == Measured.COVERAGE:
        _demand_yes_or_no(data, asked["nilai"])
    progress.step(gettext_noop("Menghitung perkiraan"))
    domains = {EVERYONE: np.arange(len(data.sample.value)), **(_domains(data) if asked.get("domain") else {})}
    found = measure(data.sample, domains, _asked(survey))
    about = Surveyed(survey.region_code, asked.get("arti") or "", survey.per, survey.source)
    table = figures(found, {label: len(rows) for label, rows in domains.items()}, about)
    draft = survey.figures.with_suffix(".sementara")
    table.write_parquet(draft)
    draft.replace(survey.figures)
    return {"baris": len(data.sample.value), "tanpa_nilai": data.no_value, "tanpa_domain": data.no_domain,
            "kecil": len(data.domains) - len(domains) + 1}  # fmt: skip


def _read(survey: Survey, columns: Columns) -> Microdata:
    """The file as a sample; a problem never quotes a cell of it."""
    try:
        return read_microdata(survey.microdata, columns, Lonely(survey.columns["psu_tunggal"]))
    except Problem as problem:
        if problem.kind.kode == "SURVEI_ANGKA":
            raise Problem("SURVEI_BUKAN_ANGKA") from None
        raise


def _domains(data: Microdata) -> dict[str, NDArray[np.int64]]:
    """Groups of people; those of a few rows would show single ones and are left out."""
    if len(data.domains) > MOST_DOMAINS:
        raise Problem("SURVEI_DOMAIN", jumlah=len(data.domains), batas=MOST_DOMAINS)
    return {label: rows for label, rows in data.domains.items() if len(rows) >= FEWEST_ROWS}


def _asked(survey: Survey) -> Asked:
    if survey.measured == Measured.COVERAGE:
        return Asked(("Rerata", "Total"))
    return Asked(("FGT0", "FGT1", "FGT2", "Gini"), line=survey.line, quantiles=_QUANTILES)


def _demand_yes_or_no(data: Microdata, column: str) -> None:
    value = data.sample.value
    if not np.isin(value[~np.isnan(value)], (0.0, 1.0)).all():
        raise Problem("SURVEI_BUKAN_01", kolom=column)


def charts(survey: Survey) -> list[Chart]:
    """The estimates of a survey, one chart an indicator."""
    groups = pl.read_parquet(survey.figures).group_by("indikator", maintain_order=True)
    return [_chart(str(code), NAMES[str(code)], rows) for (code,), rows in groups]


def on_board(region: str) -> Chart | None:
    """The main estimate of the newest survey for a province or kabupaten, the whole province and the regions below."""
    survey = Survey.objects.filter(state=SurveyState.DONE).first() if len(region) <= _DEEPEST else None
    if survey is None:
        return None
    rows = pl.read_parquet(survey.figures).filter(pl.col("potongan") == "")
    own = rows.filter(pl.col("wilayah").str.starts_with(region) | (pl.col("wilayah") == survey.region_code))
    own = own.filter(pl.col("indikator") == own["indikator"].first())
    if not own["wilayah"].str.starts_with(region).any():
        return None
    return _chart("survei", f"{NAMES[own['indikator'][0]]}: {survey.title}", own)


def _chart(name: str, title: str, rows: pl.DataFrame) -> Chart:
    told, unit = rows.rows(named=True), rows["satuan"][0]
    drawn = [Interval(_name(row), row["nilai"], row["bawah"], row["atas"], row["keyakinan"]) for row in told]
    head = [_("domain"), _("nilai"), _("galat baku"), _("95% bawah"), _("95% atas"), _("mutu"), _("sampel")]
    table: list[list[Any]] = [
        [_name(row), *(None if row[one] is None else round(row[one], _DECIMALS[unit]) for one in _NUMBERS),
         row["keyakinan"], row["catatan"]]
        for row in told
    ]  # fmt: skip
    known = any(row["nilai"] is not None for row in told)
    under = _("%(unit)s, per %(day)s. %(source)s") % {
        "unit": unit, "day": long_date(rows["per"][0]), "source": rows["sumber_pembilang"][0]
    }  # fmt: skip
    return Chart(
        name, title, under, head, table, (lambda width: intervals(drawn, width, unit)) if known else None,
        _("Garis mendatar: selang 95%. M: galat relatif di atas 25%, pakai hati-hati. L: di atas 50%, jangan dipakai."),
    )  # fmt: skip


def _name(row: dict[str, Any]) -> str:
    place = region_name(row["wilayah"]).removeprefix("Kabupaten ")
    return f"{place}: {row['kelas']}" if row["kelas"] else place
