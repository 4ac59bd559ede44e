"""What a web page holds and does not show: by attributes, by styles in it, by its own style sheets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from yuimaru.core.text.extract import unseen

UNSEEN = "data-unseen"  # the attribute that marks what is not shown
_LONGEST_SHEET = 200_000  # characters
_MOST_RULES = 500
_NAMES = {
    "white": (255, 255, 255), "snow": (255, 250, 250), "ivory": (255, 255, 240), "black": (0, 0, 0),
    "whitesmoke": (245, 245, 245), "ghostwhite": (248, 248, 255), "floralwhite": (255, 250, 240),
}  # fmt: skip
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*([\d.]+%?)\s*)?\)")
_SIZE = re.compile(r"(-?[\d.]+)\s*(px|pt|em|rem|%)?")
_POINTS = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12, None: 0.75}
_FAR = -375.0  # points; whoever sets words so far outside does not want them read
_SCREEN = re.compile(r"@media(?![^{]*\bprint\b(?![^{]*screen))", re.IGNORECASE)
_WORDS = re.compile(r"\w")
_NEVER_SHOWN = ("script", "style", "noscript", "template", "title")

Colour = tuple[int, int, int]
Declarations = dict[str, str]


def mark(tree: LexborHTMLParser, letters: str, found: Counter[str]) -> None:
    """Mark as `UNSEEN` what the page does not show, counting by kind of `unseen.KINDS`."""
    found["comment"] += sum(1 for comment in _comments(letters) if _WORDS.search(comment))
    for sheet in tree.css("style"):
        for selector, declared in list(_rules((sheet.text() or "")[:_LONGEST_SHEET]))[:_MOST_RULES]:
            if kind := _concealing(declared):
                for node in _selected(tree, selector):
                    _hide(node, kind, found)
    for node in tree.css("[hidden], [aria-hidden=true], [style], [color], [alt]"):
        held = node.attributes
        if _WORDS.search(held.get("alt") or ""):
            found["alt_text"] += 1
        if "hidden" in held or held.get("aria-hidden") == "true":
            _hide(node, "hidden_text", found)
        elif kind := _concealing(_own(node)) or _unreadable(node):
            _hide(node, kind, found)


def _comments(letters: str) -> Iterator[str]:
    for piece in letters.split("-->")[:-1]:
        _, begun, comment = piece.partition("<!--")
        if begun and not comment.startswith("[if"):
            yield comment


def _hide(node: LexborNode, kind: str, found: Counter[str]) -> None:
    """Mark a node once; what stands inside a marked one has been counted with it."""
    if node.tag in ("html", "body") or UNSEEN in node.attributes:
        return
    above = node.parent
    while above is not None and above.tag != "-document":
        if UNSEEN in above.attributes:
            return
        above = above.parent
    if _WORDS.search(node.text() or "") and node.tag not in _NEVER_SHOWN:
        found[kind] += 1
    node.attrs[UNSEEN] = ""


def _selected(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    try:
        return tree.css(selector)
    except SelectolaxError:  # one that this parser does not know
        return []


def _rules(sheet: str) -> Iterator[tuple[str, Declarations]]:
    """The rules of a style sheet that hold on a screen; comments end at the next sign of an end."""
    plain = "".join(part.partition("/*")[0] for part in sheet.split("*/"))
    media: list[bool] = []
    start = 0
    for sign in re.finditer(r"[{}]", plain):
        words = plain[start : sign.start()].strip()
        start = sign.end()
        if sign[0] == "{" and words.startswith("@"):
            media.append(bool(_SCREEN.match(words)))
        elif sign[0] == "{":
            media.append(True)
            selector = words
        elif media:
            if all(media) and words:
                yield selector, _declared(words)
            media.pop()


def _declared(style: str) -> Declarations:
    pairs = (part.partition(":") for part in style.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


def _own(node: LexborNode) -> Declarations:
    held = node.attributes
    told = _declared(held.get("style") or "")
    if node.tag == "font" and held.get("color"):
        told.setdefault("color", (held["color"] or "").lower())
    return told


def _concealing(told: Declarations) -> str | None:
    """The kind of hiding that declarations alone bring about."""
    if told.get("display") == "none" or told.get("visibility") in ("hidden", "collapse"):
        return "hidden_text"
    if _is_nothing(told.get("opacity")) or _is_cut(told):
        return "hidden_text"
    if "font-size" in told and (size := _points(told["font-size"])) is not None and size < unseen.SMALLEST:
        return "tiny_text"
    far = (told.get(name, "") for name in ("left", "top", "right", "bottom", "text-indent", "margin-left"))
    if any((place := _points(each)) is not None and place <= _FAR for each in far):
        return "off_page"
    ink, ground = told.get("color", ""), told.get("background-color") or told.get("background", "")
    if ink == "transparent" or ((drawn := _colour(ink)) and (laid := _colour(ground)) and drawn == laid):
        return "same_colour"
    return None


def _unreadable(node: LexborNode) -> str | None:
    """Whether words have the colour of what is behind them, as far as the page itself tells."""
    ink = _colour(_own(node).get("color", ""))
    if ink is None:
        return None
    above: LexborNode | None = node
    while above is not None and above.tag not in ("-document", None):
        told = _own(above)
        ground = (
            told.get("background-color") or told.get("background") or above.attributes.get("bgcolor") or ""
        )
        if "url(" in ground or "gradient" in ground or "background-image" in told:
            return None
        if (laid := _colour(ground)) is not None:
            return "same_colour" if unseen.look_alike(ink, laid) else None
        above = above.parent
    return "same_colour" if unseen.look_alike(ink, (255, 255, 255)) else None


def _is_nothing(value: str | None) -> bool:
    return value is not None and re.fullmatch(r"0*\.?0*%?", value) is not None and "0" in value


def _is_cut(told: Declarations) -> bool:
    """Whether a frame of no size cuts the words off."""
    if re.match(r"rect\((?:[01](?:px)?[, ]*){4}\)", told.get("clip", "")):
        return True
    if re.match(r"inset\(\s*(?:50|100)%|circle\(0", told.get("clip-path", "")):
        return True
    sizes = (_points(told.get(name, "")) for name in ("width", "height", "max-width", "max-height"))
    return told.get("overflow") == "hidden" and any(size is not None and size < 1 for size in sizes)


def _points(value: str) -> float | None:
    found = _SIZE.fullmatch(value)
    if found is None:
        return None
    try:
        return float(found[1]) * _POINTS[found[2]]
    except ValueError:
        return None


def _colour(value: str) -> Colour | None:
    """Read a colour of a style; the first word of a `background` is enough."""
    if found := _RGB.match(value):
        if _is_nothing(found[4]):
            return None
        return (int(found[1]), int(found[2]), int(found[3]))
    word = value.split(" ")[0]
    if word.startswith("#"):
        digits = word[1:]
        return unseen.colour("".join(sign * 2 for sign in digits) if len(digits) == 3 else digits[:6])
    return _NAMES.get(word)
