"""Pages of lists."""

from jangkau.apps.intake.views import cells, lists, one, shipments

__all__ = ["cells", "lists", "one", "shipments"]
