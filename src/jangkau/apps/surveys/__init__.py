"""Surveys: weighted microdata kept closed, estimates with their errors shown."""
