"""Tesseract, the program that reads pictures of text: optional, found on the path."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

NAME = "tesseract"  # Debian: tesseract-ocr and tesseract-ocr-jpn
LANGUAGE = "jpn"


@cache
def is_installed() -> bool:
    """Whether the program is there and knows Japanese."""
    found = shutil.which(NAME)
    if found is None:
        return False
    told = subprocess.run([found, "--list-langs"], capture_output=True, text=True, check=False, timeout=30)
    return LANGUAGE in told.stdout.split()
