"""Pages: base templates, components, look, and what belongs to no single app."""
