"""The regions of the province."""
