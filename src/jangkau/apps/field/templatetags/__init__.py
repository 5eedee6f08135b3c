"""Filters of the field pages."""
