"""Commands of `jangkau-admin`."""
