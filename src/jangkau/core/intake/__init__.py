"""Proposal lists as villages send them -> rows that name people, and what is wrong with each."""

from jangkau.core.intake.files import list_files
from jangkau.core.intake.read import Intake, read_folder
from jangkau.core.intake.returns import write_returns

__all__ = ["Intake", "list_files", "read_folder", "write_returns"]
