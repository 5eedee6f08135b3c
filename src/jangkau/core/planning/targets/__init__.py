"""Targets of a plan: who has to be reached at least, and the points that reaching them costs."""
