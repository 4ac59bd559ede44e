"""What can be hard to read in a text, where it stands, and why, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is hard; the first five are about a whole sentence."""

    LONG = "long"
    SEVERAL = "several"
    SUBJECT = "subject"
    ENDING = "ending"
    READING = "reading"
    NEGATION = "negation"
    HONORIFIC = "honorific"
    PASSIVE = "passive"
    WORD = "word"
    COMPOUND = "compound"
    KATAKANA = "katakana"
    LETTERS = "letters"
    DATE = "date"
    RANGE = "range"


OF_SENTENCES = frozenset({Kind.LONG, Kind.SEVERAL, Kind.SUBJECT, Kind.ENDING})
OF_WORDS = frozenset({Kind.WORD, Kind.COMPOUND, Kind.KATAKANA, Kind.LETTERS})


@dataclass(frozen=True, slots=True)
class Reason:
    """A kind of finding in a few words, and what to do about it."""

    name_ja: str
    name_en: str
    ja: str
    en: str


REASONS: dict[Kind, Reason] = {
    Kind.LONG: Reason(
        "長い文",
        "Long sentence",
        "文が長いです。40文字くらいまでの、短い文に分けてください。",
        "The sentence is long. Split it into sentences of up to about 40 characters.",
    ),
    Kind.SEVERAL: Reason(
        "1つの文にいくつものこと",
        "Several matters",
        "1つの文に、いくつものことが書いてあります。1つの文には、1つのことを書いてください。",
        "The sentence joins several matters. Write one matter in each sentence.",
    ),
    Kind.SUBJECT: Reason(
        "だれが・何が",
        "Who or what",
        "「だれが」「何が」がありません。「は」か「が」を使って書いてください。",
        "It does not say who or what. Name it with は or が.",
    ),
    Kind.ENDING: Reason(
        "文の終わり",
        "Ending",
        "文の終わりを「です」「ます」「ください」にしてください。",
        "End the sentence with です, ます or ください.",
    ),
    Kind.READING: Reason(
        "ふりがな",
        "Readings",
        "漢字に、ふりがながありません。「書類（しょるい）」のように、読み方を付けてください。",
        "Kanji without their readings. Add them, as in 書類（しょるい）.",
    ),
    Kind.NEGATION: Reason(
        "二重否定",
        "Double negation",
        "「ない」が2つ重なっています。「できます」「してください」のように、はっきり書いてください。",
        "Two negations cancel each other. Say plainly what one can or must do.",
    ),
    Kind.HONORIFIC: Reason(
        "敬語",
        "Honorifics",
        "敬語が難しいです。「です」「ます」「してください」だけを使ってください。",
        "The honorific is hard to read. です, ます and してください are polite enough.",
    ),
    Kind.PASSIVE: Reason(
        "受け身・使役",
        "Passive or causative",
        "「れる・られる」「せる・させる」は、意味が分かりにくいです。だれがするかを書いてください。",
        "れる・られる and せる・させる are hard to understand. Say who does it.",
    ),
    Kind.WORD: Reason(
        "難しいことば",
        "Hard word",
        "役所のことばや、難しいことばです。ふだん使うことばで書いてください。残すときは、説明を付けてください。",
        "A word of offices. Use an everyday one, or explain it.",
    ),
    Kind.COMPOUND: Reason(
        "長い漢字のことば",
        "Long row of kanji",
        "漢字が長く続いています。「の」や「を」で分けるか、説明を付けてください。",
        "A long row of kanji. Take it apart, or explain it.",
    ),
    Kind.KATAKANA: Reason(
        "カタカナのことば",
        "Loan word",
        "カタカナのことばは、もとの外国語と意味や音がちがうことがあります。ほかのことばで書いてください。",
        "Loan words often sound or mean something else than in their language. Say it otherwise.",
    ),
    Kind.LETTERS: Reason(
        "略したことば",
        "Abbreviation",
        "英字の略語です。略さないで書くか、説明を付けてください。",
        "An abbreviation in letters. Write it out, or explain it.",
    ),
    Kind.DATE: Reason(
        "日付",
        "Date",
        "年は西暦で書いてください。「/」や「.」を使わず、「年・月・日」で書いてください。",
        "Give years in the western calendar, and write 年, 月 and 日 instead of signs.",
    ),
    Kind.RANGE: Reason(
        "「〜」の記号",
        "The sign 〜",
        "「〜」は意味が分かりにくい記号です。「から」「まで」と書いてください。",
        "The sign 〜 is hard to understand. Write から and まで.",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something hard at a place of the text; its words, as our list has them where it knows easier ones."""

    kind: Kind
    start: int
    end: int
    words: str
    suggestion: str = ""
