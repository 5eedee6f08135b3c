"""laporan.pdf: what a head of region reads."""

from pathlib import Path

from jangkau.core.reporting.figures import Run


def write_report(run: Run, path: Path) -> None:
    """The report of a run as a tagged PDF."""
