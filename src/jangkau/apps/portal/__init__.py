"""The public's side: what this insurance is, what it gives, whether one is covered; from published data only."""
