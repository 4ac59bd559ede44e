"""文書: what answers are made of, for whom it is, how long it holds, and what is to be looked at again."""
