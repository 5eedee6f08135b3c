"""The desk: who answers, by when, with what, and what an answer sets in motion."""
