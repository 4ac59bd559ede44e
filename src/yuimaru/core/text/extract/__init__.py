"""Reading files into text whose parts keep their places, in a process of limited memory and time."""

from yuimaru.core.text.extract.process import Limits, extract
from yuimaru.core.text.extract.result import CODES, Block, Extracted, Refused, Source

__all__ = ["CODES", "Block", "Extracted", "Limits", "Refused", "Source", "extract"]
