"""The tokens of one text, read from left to right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from yuimaru.core.kata.expressions.lexer import Token, tokens
from yuimaru.core.kata.expressions.problems import ExpressionError, error

T = TypeVar("T")


class Stream:
    """Looks at the token that is next and takes it; knows how to say that it does not belong there."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens(text)
        self.index = 0

    @property
    def now(self) -> Token:
        """The next token."""
        return self.tokens[self.index]

    def sees(self, *words: str) -> bool:
        """Whether the next token is one of these keywords or signs."""
        return self.now.kind in ("symbol", "keyword") and self.now.text in words

    def take(self) -> Token:
        """The next token, which is then behind us."""
        token = self.now
        self.index += 1
        return token

    def accept(self, word: str) -> bool:
        """Take the next token if it is this one."""
        if self.sees(word):
            self.index += 1
            return True
        return False

    def expect(self, word: str) -> None:
        """Take this token; raises ExpressionError when another is next."""
        if not self.accept(word):
            raise self.misplaced(f"ここには「{word}」が必要です。", f"“{word}” is needed here.")

    def misplaced(self, ja: str = "", en: str = "") -> ExpressionError:
        """The error that the next token cannot stand where it does, with what to do."""
        if self.now.kind == "end":
            ja, en = ja or "続きがありません。", en or "Something is missing at the end."
            return error(
                "incomplete",
                f"式が途中で終わっています。{ja}",
                f"The expression ends early. {en}",
                self.now.at,
            )
        ja, en = (
            f"「{self.now.text}」はここに書けません。{ja}",
            f"“{self.now.text}” cannot stand here. {en}".rstrip(),
        )
        return error("misplaced", ja, en, self.now.at)

    def whole(self, rule: Callable[[], T]) -> T:
        """What a rule reads, provided that nothing is left after it."""
        found = rule()
        if self.now.kind != "end":
            raise self.misplaced()
        return found
