"""Batches: made, sent to the insurer, answered, billed, paid."""
