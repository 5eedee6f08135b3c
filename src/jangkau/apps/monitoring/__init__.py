"""How far the province has come."""
