"""The protocol of ODK Collect, and of our own page: addresses under a token."""
