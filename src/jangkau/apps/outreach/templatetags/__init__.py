"""Filters of outreach."""
