"""From a plan to the papers that enrol people: the decree's annexes and the insurer's upload."""

from jangkau.core.enrolment.decree import write_annexes
from jangkau.core.enrolment.exchange import write_uploads
from jangkau.core.enrolment.roster import roster

__all__ = ["roster", "write_annexes", "write_uploads"]
