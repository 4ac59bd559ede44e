"""What a municipality is asked, how its answers were rated, and what people answer instead."""
