"""Background work on notices."""

from typing import Any

from django.utils.translation import gettext_noop

from jangkau.apps.jobs.running import Running, work
from jangkau.apps.notices.sending import KIND, deliver


@work(KIND)
def send(running: Running) -> dict[str, Any]:
    """Send the messages that are due."""
    running.step(gettext_noop("Mengirim pemberitahuan"))
    return dict(deliver())
