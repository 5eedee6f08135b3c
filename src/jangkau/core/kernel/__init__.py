"""What every room shares: problems, months, rupiah, Indonesian formats."""
