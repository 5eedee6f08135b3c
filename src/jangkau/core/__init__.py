"""The pure core: no web framework, no database, no clock, no network."""
