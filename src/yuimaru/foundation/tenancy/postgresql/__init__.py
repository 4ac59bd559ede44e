"""The scope a second time, inside PostgreSQL: row-level security that holds even when a query forgets its filter."""
