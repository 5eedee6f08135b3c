"""Plans: built with live answers, kept as they were made, approved by another person, checked again at any time."""
