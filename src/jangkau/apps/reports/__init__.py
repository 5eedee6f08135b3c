"""Half-year reports of regions: made, kept as they were made, compared, withdrawn, and made on time."""
