"""Plain Python without Django: the kata language, Japanese codes and calendars, text."""
