"""The charts of a campaign, each with its table."""

from django.utils.translation import gettext as _

from jangkau.apps.monitoring.charts import Cell, Chart
from jangkau.apps.outreach.looking import Look
from jangkau.core.kernel.formats import long_month
from jangkau.core.reporting.monev_lines import Series, lines


def progress(look: Look) -> Chart:
    """How far it has come, month by month."""
    head = [_("bulan"), _("acara"), _("desa"), _("orang hadir"), _("belum terlindungi yang dijangkau")]
    rows: list[list[Cell]] = [[long_month(s.month), s.events, s.villages, s.came, s.reached] for s in look.steps]
    names = [long_month(step.month) for step in look.steps]
    short = [f"{name[:3]} {name[-2:]}" for name in names]
    series = [
        Series(_("Orang hadir"), list(zip(short, (float(step.came) for step in look.steps), strict=True))),
        Series(_("Belum terlindungi"), list(zip(short, (float(step.reached) for step in look.steps), strict=True))),
    ]
    return Chart(
        "kemajuan", _("Kemajuan dari bulan ke bulan"), _("Orang, dijumlahkan sejak acara pertama."), head, rows,
        (lambda width: lines(series, width, _("orang"))) if len(look.steps) > 1 else None,
    )  # fmt: skip


def effect(look: Look) -> Chart:
    """Who joined at their own cost around the event, in villages reached and not reached."""
    found = look.effect
    told = found.line if found else ()
    head = [_("bulan dari acara"), _("desa dijangkau, per 1.000 pekerja"), _("desa lain, per 1.000 pekerja")]
    series = [
        Series(_("Desa dijangkau"), [(_at(month.at), month.reached) for month in told]),
        Series(_("Desa lain, pada bulan yang sama"), [(_at(month.at), month.others) for month in told]),
    ]
    under = _("Per 1.000 pekerja dalam sebulan. Garis tegak: bulan acara pertama di desa.")
    return Chart(
        "hasil", _("Pendaftar mandiri sebelum dan sesudah acara"), under, head,
        [[_at(month.at), round(month.reached, 2), round(month.others, 2)] for month in told],
        (lambda width: lines(series, width, _("orang per 1.000"), _at(0))) if told else None,
    )  # fmt: skip


CHARTS = {"kemajuan": progress, "hasil": effect}


def _at(month: int) -> str:
    return f"+{month}" if month > 0 else str(month).replace("-", "−")
