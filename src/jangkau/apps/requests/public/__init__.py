"""The pages on which people ask, and see what became of it. No register, list or membership is known here."""
