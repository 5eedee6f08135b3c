"""Open data: editions of figures that the public may have."""
