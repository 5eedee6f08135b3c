"""Proof that a person worked when registered: claims have been refused where it was missing."""
