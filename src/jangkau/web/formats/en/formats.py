"""English pages write numbers as Indonesian ones do: officials lay printed pages side by side."""

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
