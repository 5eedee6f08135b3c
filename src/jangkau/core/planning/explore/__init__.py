"""What else the money could do: other lengths, other budgets, targets, money moved between funds."""
