"""What Japan has of its own: codes, eras, opening days, ages, readings of names, contact details."""
