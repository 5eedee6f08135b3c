"""Help with claims: whom to visit, what to bring, how long is left. No field here holds money."""
