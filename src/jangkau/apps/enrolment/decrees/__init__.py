"""Decrees: drafted from a plan, proposed, issued, replaced by a new version."""
