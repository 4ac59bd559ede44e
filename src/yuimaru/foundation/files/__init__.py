"""Files of an organisation: bytes on disk under their SHA-256, the row that owns them in the database."""
