"""What a joining municipality says of itself, and what can be wrong with it."""
