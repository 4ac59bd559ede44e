"""Elements of XML whose text and attributes hold only what XML can hold."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """A text without the characters that XML forbids."""
    return _FORBIDDEN.sub("", text)


def add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """A new element under another."""
    child = SubElement(parent, tag, {name: clean(value) for name, value in attributes.items()})
    if text is not None:
        child.text = clean(text)
    return child
