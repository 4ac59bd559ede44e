"""Reading files into text whose parts keep their places, in a process of limited memory and time."""

from yuimaru.core.text.extract import site
from yuimaru.core.text.extract.archive import Member
from yuimaru.core.text.extract.media import LARGEST_CONTAINER, LARGEST_FILE, is_container, largest
from yuimaru.core.text.extract.process import Limits, extract, unpack
from yuimaru.core.text.extract.result import CODES, Block, Extracted, PageFacts, Refused, Source

__all__ = [
    "CODES",
    "LARGEST_CONTAINER",
    "LARGEST_FILE",
    "Block",
    "Extracted",
    "Limits",
    "Member",
    "PageFacts",
    "Refused",
    "Source",
    "extract",
    "is_container",
    "largest",
    "site",
    "unpack",
]
