"""Pages of reconciliation and of the lapse radar."""
