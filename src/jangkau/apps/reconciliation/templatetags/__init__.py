"""Filters of the pages of reconciliation."""
