"""Which questions ask for the same: by meaning and by words, joined from the nearest on (average linkage).

What follows from the same texts in the same order is always the same.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from yuimaru.core.text.meaning.encoder import unit
from yuimaru.core.text.tokens import words

Floats = NDArray[np.float32]

# Chosen on the 56 wordings of 14 needs in demo/unanswered.yaml: by meaning every pair that
# was joined asks for the same (four fifths of those that do), by words nine in ten (a third of those that do).
BY_MEANING, BY_WORDS = 0.3, 0.4
_SHARE_OF_MEANING = 0.7
_TELLING = frozenset({"動詞", "形容詞", "形状詞"})  # beside nouns: what is asked for

# What questions to a town hall have in common is no likeness; it is learned from these.
ORDINARY = (
    "児童手当はいくらもらえますか", "住民票の写しの手数料はいくらですか", "引っ越しの届け出はいつまでですか",
    "粗大ごみの出し方を教えてください", "窓口は何時までやっていますか", "保育所の申し込みはいつからですか",
    "国民健康保険に入りたいのですが", "印鑑登録に必要なものは何ですか", "マイナンバーカードの更新はどこでできますか",
    "水道を止めたい", "税金の証明書はどこで取れますか", "介護の認定を受けたいのですがどうすればよいですか",
    "犬を飼い始めました。登録はいりますか", "避難所はどこですか", "図書館の本は何冊借りられますか",
    "年金の手続に行くのは市役所ですか", "障害者手帳を申請したい", "予防接種の費用の助成はありますか",
    "電話番号を教えてください", "本人が行けないときは代わりの人でもいいですか",
)  # fmt: skip


def likeness(texts: Sequence[str], meanings: Floats | None, ordinary: Floats | None) -> Floats:
    """How alike each text is to each other, 1 for the same; by words alone where there are no vectors of meaning."""
    by_words = _by_words(texts)
    if meanings is None or ordinary is None:
        return by_words
    apart = unit(meanings - ordinary.mean(axis=0))
    found: Floats = _SHARE_OF_MEANING * (apart @ apart.T) + (1 - _SHARE_OF_MEANING) * by_words
    return found


def joined(alike: Floats, *, least: float, kept_apart: int = 0) -> list[list[int]]:
    """Join texts into groups whose members are on average at least so alike; gives the groups by their first text.

    The first `kept_apart` texts each stand for a group that is there already: no two of them are joined.
    """
    groups = [[number] for number in range(len(alike))]
    sizes = np.ones(len(alike), np.float32)
    pull = alike.astype(np.float32)
    pull[:kept_apart, :kept_apart] = -np.inf
    np.fill_diagonal(pull, -np.inf)
    while len(groups):
        one, other = sorted(divmod(int(pull.argmax()), len(groups)))
        if pull[one, other] < least:
            break
        mean = (sizes[one] * pull[one] + sizes[other] * pull[other]) / (sizes[one] + sizes[other])
        pull[one, :] = pull[:, one] = mean
        pull[other, :] = pull[:, other] = -np.inf
        sizes[one] += sizes[other]
        groups[one], groups[other] = sorted(groups[one] + groups[other]), []
    return [group for group in groups if group]


def most_central(alike: Floats, group: Sequence[int], times: Sequence[int]) -> int:
    """The text that stands for a group: nearest to all that was asked in it; the first of equals."""
    asked = np.array([times[number] for number in group], np.float32)
    near = alike[np.ix_(group, group)] @ asked
    return group[int(near.argmax())]


def _by_words(texts: Sequence[str]) -> Floats:
    """Cosine of the texts' telling words, rare ones counting most."""
    bags = [_bag(text) for text in texts]
    holding = Counter(form for bag in (*bags, *map(_bag, ORDINARY)) for form in bag)
    forms = {form: place for place, form in enumerate(sorted(holding))}
    vectors = np.zeros((len(texts), len(forms)), np.float32)
    for row, bag in enumerate(bags):
        for form in bag:
            vectors[row, forms[form]] = math.log(1 + (len(texts) + len(ORDINARY)) / holding[form])
    vectors = unit(vectors)
    found: Floats = vectors @ vectors.T
    return found


def _bag(text: str) -> frozenset[str]:
    return frozenset(word.form for word in words(text) if word.is_noun or word.part in _TELLING)
