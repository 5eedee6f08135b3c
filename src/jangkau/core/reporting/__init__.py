"""What people read: the report of a run, the half year of a region and the table that ends it."""

from jangkau.core.reporting.closing import closing_table, of_the_plan
from jangkau.core.reporting.figures import Run
from jangkau.core.reporting.line import write_line
from jangkau.core.reporting.path_chart import draw_path
from jangkau.core.reporting.report import write_report
from jangkau.core.reporting.semester import KINDS, key_numbers, write_semester

__all__ = [
    "KINDS",
    "Run",
    "closing_table",
    "draw_path",
    "key_numbers",
    "of_the_plan",
    "write_line",
    "write_report",
    "write_semester",
]
