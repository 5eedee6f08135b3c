"""Registers as snapshots, and the programme: settings, funds, targets."""
