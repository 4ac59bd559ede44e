"""One task: what was sent, what follows from it by which rule, what has happened, and what can be done now."""
