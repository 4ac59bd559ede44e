"""What is wrong with one answer, before it is put into words for a label and a language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yuimaru.core.kata.forms.messages import say, say_missing


class Fault(Exception):
    """A code with the values of its sentence, or with sentences that another room has ready."""

    def __init__(
        self, code: str, part: str | None = None, texts: tuple[str, str] | None = None, **values: Any
    ) -> None:
        super().__init__(code)
        self.code = code
        self.part = part
        self.texts = texts
        self.values = values

    def message(self, label: str, lang: str) -> str:
        """The sentence for a label in a language."""
        if self.texts is not None:
            return self.texts[0 if lang == "ja" else 1]
        if self.code == "required":
            return say_missing(self.values["kind"], lang, label)
        return say(self.code, lang, label, **self.values)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is shown beside a field: the path of its item, a stable code, the sentence, the wrong part of it."""

    path: str
    code: str
    message: str
    part: str | None = None


def required(item_type: str) -> Fault:
    """The fault of a required answer that is missing."""
    if item_type == "consent":
        kind = "agree"
    elif item_type == "signature":
        kind = "signature_name"
    elif item_type in ("yesno", "choice", "choices", "file"):
        kind = "choose"
    else:
        kind = "enter"
    return Fault("required", kind=kind)
