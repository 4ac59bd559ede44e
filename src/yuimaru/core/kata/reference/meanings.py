"""What every word of the language means, in both languages, as it stands beside the models."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from yuimaru.core.kata import models
from yuimaru.core.kata.models import Model
from yuimaru.core.kata.source import read

MEANINGS = Path(models.__file__).with_name("meanings.yaml")
ABOUT = "about"


class Meaning(NamedTuple):
    """One meaning in Japanese and English."""

    ja: str
    en: str


@lru_cache(maxsize=1)
def meanings() -> Mapping[type[Model], Mapping[str, Meaning]]:
    """The meanings of the words of each model by the name authors write; that of the whole under `about`."""
    data: Any = read(MEANINGS.read_bytes()).data
    return {
        getattr(models, name): {word: Meaning(*texts) for word, texts in words.items()}
        for name, words in data.items()
    }


def written(model: type[Model], field: str) -> str:
    """The name of a field as authors write it."""
    return model.model_fields[field].alias or field
