"""The people of an organisation: sections, posts, who holds them from when to when, and their sign-in."""
