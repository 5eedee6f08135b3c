"""`jangkau ...`: files in, files out, over the core alone."""
