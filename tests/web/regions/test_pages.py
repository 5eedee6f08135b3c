from collections.abc import Callable

from django.test import Client


def test_regions_are_walked_down_from_the_province_with_their_counts(sign_in: Callable[..., Client]) -> None:
    client = sign_in("evaluator")
    top = client.get("/data/wilayah/").content.decode()
    assert 'href="/data/wilayah/1705/"' in top
    below = client.get("/data/wilayah/1705/").content.decode()
    assert "Sukaraja" in below
    assert ">1<" in below
    assert "Niur" in client.get("/data/wilayah/170501/").content.decode()


def test_a_code_that_is_no_region_is_not_found(sign_in: Callable[..., Client]) -> None:
    assert sign_in("evaluator").get("/data/wilayah/9999/").status_code == 404
