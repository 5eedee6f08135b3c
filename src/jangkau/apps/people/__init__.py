"""Finding a person, and everything known of one on a page."""
