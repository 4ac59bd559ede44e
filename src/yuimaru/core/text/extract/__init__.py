"""Reading files into text whose parts keep their places, in a process of limited memory and time."""

from yuimaru.core.text.extract.media import LARGEST_FILE
from yuimaru.core.text.extract.process import Limits, extract
from yuimaru.core.text.extract.result import CODES, Block, Extracted, Refused, Source

__all__ = ["CODES", "LARGEST_FILE", "Block", "Extracted", "Limits", "Refused", "Source", "extract"]
