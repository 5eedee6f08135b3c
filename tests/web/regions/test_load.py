from jangkau.apps.regions.actions import load_province
from jangkau.apps.regions.models import Region


def test_a_province_is_loaded_once_with_every_region_under_its_parent(db: None) -> None:
    assert load_province("17") == load_province("17") == 1 + 10 + 129 + 1513
    assert Region.objects.get(code="1705012002").parent_id == "170501"
    assert Region.objects.filter(parent=None).count() == 1
