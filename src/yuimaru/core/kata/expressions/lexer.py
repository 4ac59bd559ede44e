"""Cuts a text into tokens; limits come first, full-width forms outside of quotes are read as half-width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from yuimaru.core.kata.expressions.problems import error

MAX_LENGTH = 2000
MAX_TOKENS = 300
MAX_DEPTH = 40
MAX_DIGITS = 34

KEYWORDS = frozenset({"and", "or", "if", "then", "else", "in", "between", "true", "false", "null", "not"})
# Words of full FEEL that this language leaves out; no names either, so a text means the same elsewhere.
RESERVED = frozenset({"for", "return", "some", "every", "satisfies", "function", "instance", "external"})

TokenKind = Literal["number", "text", "name", "keyword", "symbol", "end"]

_QUOTES = {'"', "\uff02"}
_VOICED_MARKS = {"\uff9e", "\uff9f"}  # half-width dakuten join the kana before them
_SAME_AS = str.maketrans(
    {"\u2212": "-", "\u00d7": "*", "\u00f7": "/", "\u2266": "\u2264", "\u2267": "\u2265"}
)
_LOOKALIKES = {"\u2264": "<=", "\u2265": ">=", "\u2260": "!="}
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)|(?P<name>[^\W\d]\w*)"
    r"|(?P<symbol>\.\.|<=|>=|!=|[-+*/=<>()\[\],.\u2264\u2265\u2260])"
)
_ESCAPES = {'"': '"', "\uff02": "\uff02", "\\": "\\", "n": "\n", "t": "\t", "r": "\r"}
_OPENING = {"(", "["}
_CLOSING = {")", "]"}


@dataclass(frozen=True, slots=True)
class Token:
    kind: TokenKind
    text: str
    at: int
    value: str | int | Decimal | None = None


def tokens(text: str) -> list[Token]:
    """All tokens of a text, closed by an `end` token; refuses what exceeds the limits of the language."""
    if len(text) > MAX_LENGTH:
        raise error(
            "too_long",
            f"式が長すぎます。{MAX_LENGTH}文字までにしてください。",
            f"The expression is too long. Keep it within {MAX_LENGTH} characters.",
            MAX_LENGTH + 1,
        )
    found: list[Token] = []
    for token in _scan(text):
        found.append(token)
        if len(found) > MAX_TOKENS:
            raise error(
                "too_many_words",
                f"式が複雑すぎます。語と記号を{MAX_TOKENS}個までにしてください。",
                f"The expression is too complex. Keep it within {MAX_TOKENS} words and symbols.",
                token.at,
            )
    _limit_depth(found)
    return [*found, Token("end", "", len(text) + 1)]


def _limit_depth(found: list[Token]) -> None:
    """Refuse deep nesting before the parser descends: brackets, chains of `if`, runs of signs."""
    brackets = branches = signs = 0
    for token in found:
        if token.kind == "symbol" and token.text in _OPENING:
            brackets += 1
        elif token.kind == "symbol" and token.text in _CLOSING:
            brackets -= 1
        branches += token.kind == "keyword" and token.text == "if"
        signs = signs + 1 if token.kind == "symbol" and token.text == "-" else 0
        if max(brackets + branches, signs) > MAX_DEPTH:
            raise error(
                "too_deep",
                f"かっこや if の重なりが深すぎます。{MAX_DEPTH}段までにしてください。",
                f"Brackets or ifs are nested too deeply. Keep them within {MAX_DEPTH} levels.",
                token.at,
            )


def _scan(text: str) -> Iterator[Token]:
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and text[end] not in _QUOTES:
            end += 1
        yield from _outside_quotes(text[start:end], start)
        if end == len(text):
            return
        value, start = _quoted(text, end)
        yield Token("text", text[end:start], end + 1, value)


def _outside_quotes(text: str, offset: int) -> Iterator[Token]:
    plain, places = _half_width(text, offset)
    position = 0
    while position < len(plain):
        match = _TOKEN.match(plain, position)
        at = places[position]
        if match is None:
            raise _unexpected(plain[position], at)
        position = match.end()
        word = match.group()
        if match.lastgroup == "number":
            yield Token("number", word, at, _number(word, at))
        elif match.lastgroup == "name":
            yield Token("keyword" if word in KEYWORDS else "name", _allowed(word, at), at)
        elif match.lastgroup == "symbol":
            yield Token("symbol", _LOOKALIKES.get(word, word), at)


def _half_width(text: str, offset: int) -> tuple[str, Sequence[int]]:
    """The NFKC form with, for each of its characters, the 1-based place it came from."""
    if text.isascii():
        return text, range(offset + 1, offset + 1 + len(text))
    plain: list[str] = []
    places: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and (text[end] in _VOICED_MARKS or unicodedata.combining(text[end])):
            end += 1
        for character in unicodedata.normalize("NFKC", text[start:end].translate(_SAME_AS)):
            plain.append(character)
            places.append(offset + start + 1)
        start = end
    return "".join(plain), places


def _quoted(text: str, start: int) -> tuple[str, int]:
    """What the quotes opening at an index hold, unchanged but for escapes, and the index after them."""
    closing, value, index = text[start], "", start + 1
    while index < len(text):
        character = text[index]
        if character == closing:
            return value, index + 1
        if character == "\\":
            index += 1
            escape = text[index : index + 1]
            if escape not in _ESCAPES:
                raise error(
                    "bad_escape",
                    '「\\」の後に書けるのは「"」「\\」「n」「t」「r」です。',
                    'Only ", \\, n, t or r may follow a backslash.',
                    index,
                )
            character = _ESCAPES[escape]
        value += character
        index += 1
    raise error(
        "open_text", '文字を閉じる「"」がありません。', 'The closing " of this text is missing.', start + 1
    )


def _number(word: str, at: int) -> int | Decimal:
    if len(word.replace(".", "")) > MAX_DIGITS:
        raise error(
            "too_many_digits",
            f"数は{MAX_DIGITS}けたまでにしてください。",
            f"A number may have at most {MAX_DIGITS} digits.",
            at,
        )
    return Decimal(word) if "." in word else int(word)


def _allowed(word: str, at: int) -> str:
    if word in RESERVED:
        raise error(
            "not_in_language",
            f"「{word}」はこの式では使えません。",
            f"“{word}” is not part of this language.",
            at,
        )
    return word


def _unexpected(character: str, at: int) -> Exception:
    hints = {
        "“": '文字は半角の「"」で囲んでください。|Put text between straight quotes (").',
        "”": '文字は半角の「"」で囲んでください。|Put text between straight quotes (").',
        "'": '文字は「"」で囲んでください。|Put text between double quotes (").',
        "「": '文字は「"」で囲んでください。|Put text between double quotes (").',
        "、": "区切りは「,」を使ってください。|Use a comma to separate.",
        "~": "範囲は [1..3] の形で書いてください。|Write a range as [1..3].",
        "\u301c": "範囲は [1..3] の形で書いてください。|Write a range as [1..3].",
    }
    ja, _, en = hints.get(character, "").partition("|")
    return error(
        "unexpected_character",
        f"「{character}」は使えません。{ja}",
        f"“{character}” cannot be used here. {en}".rstrip(),
        at,
    )
