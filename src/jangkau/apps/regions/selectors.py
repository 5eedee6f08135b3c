"""Asking about regions."""

from collections.abc import Iterable
from functools import lru_cache

from django.db.models import QuerySet

from jangkau.apps.accounts.permissions import within_codes
from jangkau.apps.regions.models import Region


@lru_cache(maxsize=10_000)
def _known(code: str) -> str:
    return Region.objects.values_list("name", flat=True).get(code=code)


def region_name(code: str) -> str:
    """The name of a region, or the code where it is not of this province."""
    try:
        return _known(code)
    except Region.DoesNotExist:
        return code


def path_name(code: str) -> str:
    """The names from kabupaten down to the region: "Seluma / Sukaraja / Contoh"."""
    parts = [code[:length] for length in (4, 6, 10) if len(code) >= length]
    return " / ".join(region_name(part) for part in parts) or region_name(code)


def options(codes: Iterable[str]) -> QuerySet[Region]:
    """Regions within those given, down to kecamatan: few enough to choose from in a list."""
    return Region.objects.filter(within_codes(codes, "code")).exclude(level="desa").exclude(level="kelurahan")


def below(code: str) -> list[tuple[Region, int, int]]:
    """The regions directly below one, each with how many kecamatan and desa or kelurahan lie in it."""
    codes = list(Region.objects.filter(code__startswith=code).values_list("code", flat=True))
    children = Region.objects.filter(parent=code)
    return [(child, _count(codes, child.code, 6), _count(codes, child.code, 10)) for child in children]


def _count(codes: list[str], within: str, length: int) -> int:
    return sum(len(code) == length > len(within) and code.startswith(within) for code in codes)
