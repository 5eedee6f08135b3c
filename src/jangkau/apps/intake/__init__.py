"""Proposal lists: received as they were sent, read, mended, replaced, withdrawn; every row followed to its origin."""
