"""Proposal lists as villages send them -> rows that name people, and what is wrong with each."""

from jangkau.core.intake.files import list_files
from jangkau.core.intake.mending import mend
from jangkau.core.intake.read import Intake, Tables, read_folder, read_sheets
from jangkau.core.intake.returned import read_returned
from jangkau.core.intake.returns import write_returns

__all__ = ["Intake", "Tables", "list_files", "mend", "read_folder", "read_returned", "read_sheets", "write_returns"]
