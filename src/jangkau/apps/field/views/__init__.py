"""Pages of the office about the field; no page of the field shows money."""
