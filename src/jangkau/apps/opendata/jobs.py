"""Background work on open data."""

from typing import Any

from django.utils.translation import gettext_noop

from jangkau.apps.jobs.running import Running, work
from jangkau.apps.opendata.actions import MAKE, work_out

# Steps that the core names, in the languages of the pages.
STEPS = (gettext_noop("Melindungi angka kecil"), gettext_noop("Menguji dengan serangan"))


@work(MAKE)
def make_edition(running: Running) -> dict[str, Any]:
    """Make an edition and keep it."""
    return work_out(running)
