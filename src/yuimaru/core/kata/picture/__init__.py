"""The workflow of a kata as a picture (SVG of classes and attributes only) and as the table that stands beside it."""

from yuimaru.core.kata.picture.narrow import narrow_picture
from yuimaru.core.kata.picture.rows import Row, Way, rows
from yuimaru.core.kata.picture.wide import wide_picture

__all__ = ["Row", "Way", "narrow_picture", "rows", "wide_picture"]
