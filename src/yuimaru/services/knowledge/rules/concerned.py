"""だれに関わるか: the people, households and businesses that a text itself names, in its own words; never guessed."""

from __future__ import annotations

from collections.abc import Sequence

from yuimaru.core.text.tokens import Morpheme, spoken

# What a name of people ends in; 者, 主, 人 and 員 also end longer words (保護者, 世帯主, 代理人, 世帯員).
_PEOPLE = frozenset(
    ["方", "人", "者", "主", "員", "世帯", "家庭", "児童", "子", "生徒", "学生", "住民", "市民", "町民", "村民", "区民", "妊婦", "産婦", "妊産婦", "乳児", "幼児", "乳幼児", "本人", "親", "父母", "家族", "親族", "遺族", "飼い主", "夫婦", "夫", "妻", "会社", "企業", "法人", "団体", "商店", "店舗", "農家", "漁家", "老人", "新入生", "外国人"]
)  # fmt: skip
_POINTING = ("次の", "その", "この", "当該", "上記の", "下記の", "ほかの", "他の", "前条の", "前項の")
_OF_AN_OFFICE = ("担当者", "係員", "職員", "議員", "委員", "相談員", "審査員", "調査員", "支援員", "役員")
_HONOURS = frozenset({"さん", "ちゃん", "たち", "達", "等"})  # belong to such a name
_AFTER = _HONOURS | {"ら", "など", "向け"}  # may follow it
_INSIDE = frozenset({"名詞", "接尾辞", "接頭辞", "形状詞"})  # what one name is made of, with の
_CLAUSE_ENDS = frozenset(
    {"、", "。", "「", "」", "（", "）", "(", ")", "：", ":", "・", "／", "は", "\n", " ", "　"}
)
_LONGEST = 40  # characters of a clause before a name; a longer one is no name any more


def named(text: str) -> tuple[str, ...]:
    """Whom a text names, each once, in the order in which they stand there; every one is a substring of it."""
    pieces = spoken(text)
    found: list[tuple[int, int]] = []
    for place in range(len(pieces)):
        if not _names_people(pieces, place):
            continue
        start = pieces[_begin(pieces, place)].start
        if found and start < found[-1][1]:
            start = min(start, found.pop()[0])
        found.append((start, _end(pieces, place)))
    names = (text[start:end].strip() for start, end in found)
    return tuple(dict.fromkeys(name for name in names if _is_telling(name)))


def concerned(sentences: Sequence[str], heading: Sequence[str]) -> tuple[str, ...]:
    """Whom these sentences name; where they name nobody, whom the nearest of the headings over them names."""
    people = tuple(dict.fromkeys(name for sentence in sentences for name in named(sentence)))
    return people or next((names for each in reversed(heading) if (names := named(each))), ())


def _names_people(pieces: Sequence[Morpheme], place: int) -> bool:
    piece = pieces[place]
    if piece.surface not in _PEOPLE or piece.part[0] not in ("名詞", "接尾辞"):
        return False
    before = pieces[place - 1] if place else None
    if piece.surface == "方" and (piece.part[0] == "接尾辞" or _compares(pieces, place)):
        return False
    if piece.surface == "人" and before is not None and before.part[1] == "数詞":
        return False  # a count
    if piece.surface in ("主", "員", "子") and (before is None or before.part[0] not in _INSIDE):
        return False
    after = pieces[place + 1] if place + 1 < len(pieces) else None
    return after is None or after.surface in _AFTER or after.part[0] not in ("名詞", "接尾辞")


def _compares(pieces: Sequence[Morpheme], place: int) -> bool:
    """Whether 方 weighs one thing against another (早い方がよい)."""
    after = pieces[place + 1 : place + 3]
    return len(after) == 2 and after[0].surface == "が" and after[1].part[0] in ("形容詞", "形状詞")


def _begin(pieces: Sequence[Morpheme], place: int) -> int:
    """Where the name begins: with the noun phrase, or with the clause that says which people (町外に住む方)."""
    begin = place
    while begin and (pieces[begin - 1].part[0] in _INSIDE or _joins(pieces, begin)):
        begin -= 1
    verbal = begin > 0 and pieces[begin - 1].part[0] in ("動詞", "助動詞", "形容詞")
    if not verbal:
        return begin
    clause = begin
    while clause and pieces[clause - 1].surface not in _CLAUSE_ENDS:
        clause -= 1
    return clause if pieces[place].start - pieces[clause].start <= _LONGEST else begin


def _joins(pieces: Sequence[Morpheme], begin: int) -> bool:
    """Whether の stands before, with a noun before it: 65歳以上の方, 事業者の方; お持ちの方 goes on as a clause."""
    return (
        begin > 1
        and pieces[begin - 1].surface in ("の", "な")
        and pieces[begin - 2].part[0] in (*_INSIDE, "動詞")
    )


def _end(pieces: Sequence[Morpheme], place: int) -> int:
    end = place
    while end + 1 < len(pieces) and pieces[end + 1].surface in _HONOURS:
        end += 1
    return pieces[end].end


def _is_telling(name: str) -> bool:
    """Not 方, 人 or 者 alone, not who is named elsewhere (次の者), and nobody who works at the office."""
    return len(name) > 1 and not name.startswith(_POINTING) and not name.endswith(_OF_AN_OFFICE)
