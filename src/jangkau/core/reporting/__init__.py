"""What people read: the report of a run, the half year of a region and the table that ends it."""
