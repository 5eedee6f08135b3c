"""The public API: one endpoint, or a list and its single thing, a file; addresses and keys in Indonesian."""
