"""Pages of plans."""

from jangkau.apps.planning.views import build, export, plan

__all__ = ["build", "export", "plan"]
