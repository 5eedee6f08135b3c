"""Django apps, thin over the core: one room a task of the programme."""
