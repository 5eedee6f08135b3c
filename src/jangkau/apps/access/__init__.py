"""Who lets whom in: users and their roles, tokens, and the record of signing in."""
