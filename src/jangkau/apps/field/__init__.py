"""Forms on phones: what is sent from the field, by whom, and what becomes of it."""
