"""What one room hands another through the site."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jangkau.apps.field.borders import border_of
from jangkau.apps.monitoring import borders
from jangkau.apps.monitoring.gathering import DUTIES
from jangkau.core.field.quality import inside
from jangkau.web import joins

SQUARE = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"kode": "1705012002"}, '
    '"geometry": {"type": "Polygon", "coordinates": [[[102, -4], [103, -4], [103, -3], [102, -3], [102, -4]]]}}]}'
)


@pytest.fixture
def loaded(regions, user, settings, tmp_path):
    settings.DATA = str(tmp_path)
    borders.load(SimpleUploadedFile("batas.geojson", SQUARE.encode()), "uji", by=user("pengelola"))


def test_the_field_knows_the_borders_that_monitoring_keeps(loaded):
    rings = border_of("1705012002")
    assert inside((-3.5, 102.5), rings)
    assert not inside((-5.0, 102.5), rings)
    assert border_of("1705012003") == ()


def test_duties_of_scorecards_reach_the_figures(regions):
    assert joins.duties in DUTIES
    assert joins.duties() == []
