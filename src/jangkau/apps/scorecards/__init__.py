"""Scorecards of regions: filled, judged, compared, followed up."""
