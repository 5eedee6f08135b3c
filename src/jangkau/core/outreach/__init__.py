"""Telling people what this insurance is: whom it reached, what it changed, messages and questions with true numbers."""
