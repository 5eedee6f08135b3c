import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    """What counts attempts begins at nought in every test."""
    cache.clear()
