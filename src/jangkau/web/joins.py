"""What a room needs of a room above it, handed down: the site's own place knows both."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from jangkau.apps.field import borders as field
from jangkau.apps.monitoring.board import SURVEYED
from jangkau.apps.monitoring.borders import features_below
from jangkau.apps.monitoring.gathering import DUTIES
from jangkau.apps.scorecards.selectors import met_duties
from jangkau.apps.surveys.estimates import on_board
from jangkau.core.field.quality import Ring


def duties() -> Iterable[tuple[str, str, bool | None]]:
    """The duties that scorecards tell of, for the figures: the newest answer of each region."""
    rows = met_duties(timezone.localdate()).sort("per").select("wilayah", "kewajiban", "terpenuhi").rows()
    newest = {(region, duty): met for region, duty, met in rows}
    return [(region, duty, met) for (region, duty), met in newest.items()]


def border(code: str) -> Sequence[Ring]:
    """The rings of a desa among the borders that were loaded, for the supervisors of the field."""
    here = [one["geometry"]["coordinates"] for one in features_below(code[:6]) if one["properties"]["kode"] == code]
    return [ring for polygons in here for polygon in polygons for ring in polygon]


DUTIES.append(duties)
SURVEYED.append(on_board)
field.SOURCES.append(border)
