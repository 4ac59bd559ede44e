"""Ranking passages for a question: an index of words and vectors for each owner, and the search over it."""
