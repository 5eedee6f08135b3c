"""Background work of the field."""
