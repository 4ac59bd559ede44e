"""SQLite as this product uses it."""
