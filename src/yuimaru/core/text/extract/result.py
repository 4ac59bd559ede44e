"""What reading a file gives: its text with the places of its parts, or a refusal in words."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal["heading", "paragraph", "list", "table_row", "faq", "note"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it came: its name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the text, from `start` up to `end`, and where it stood in the file.

    For a question and answer pair the place is that of the answer.
    """

    kind: Kind
    start: int
    end: int
    heading_path: tuple[str, ...] = ()
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page of a web site tells beside its text."""

    updated: str | None = None  # ISO date
    section: str | None = None  # 担当課
    links: tuple[tuple[str, str], ...] = ()  # words → name of the document they lead to


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file: every quote of the document is a substring of it."""

    title: str
    media_type: str
    text: str
    blocks: tuple[Block, ...]
    left_out: int = 0  # hidden sheets or slides
    flagged: dict[str, int] = field(
        default_factory=dict
    )  # kind of `unseen.KINDS` → how often it was kept out
    machine_read: bool = False  # letters recognised in a picture: what stands there may differ
    page: PageFacts | None = None  # what a web page says of itself

    def as_json(self) -> dict[str, Any]:
        """Give plain values that `from_json` reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Extracted":
        """Read back what `as_json` gave."""
        blocks = tuple(
            Block(**{**block, "heading_path": tuple(block["heading_path"])}) for block in values["blocks"]
        )
        page = values["page"]
        if page is not None:
            page = PageFacts(**{**page, "links": tuple((words, name) for words, name in page["links"])})
        return cls(**{**values, "blocks": blocks, "page": page})


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file was not taken, as a code and as a sentence in two languages."""

    code: str
    message_ja: str
    message_en: str

    @classmethod
    def because(cls, code: str) -> "Refused":
        """Make the refusal of a code from the closed list; raises KeyError for any other."""
        return cls(code, *_SENTENCES[code])


class Refusal(Exception):
    """Raised by a parser that will not take the file."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.refused = Refused.because(code)


_SENTENCES = {
    "empty": (
        "このファイルには文字が入っていません。中身を確かめて、もう一度選んでください。",
        "This file holds no text. Check its content and choose it again.",
    ),
    "no_text": (
        "文字のないPDF(画像だけのPDF)です。文字の入ったPDFか元のファイルを選んでください。"
        "サーバに文字認識ソフト(tesseract-ocrとtesseract-ocr-jpn)を入れると、画像からも読み取れます。",
        "This PDF holds only images and no text. Choose a PDF with text or the original file. Where tesseract-ocr and "
        "tesseract-ocr-jpn are installed on the server, images are read too.",
    ),
    "encrypted": (
        "この文書は開けませんでした(パスワード付き)。パスワードを外して、もう一度選んでください。",
        "This document could not be opened because it has a password. Remove it and choose the file again.",
    ),
    "broken": (
        "この文書は壊れていて開けませんでした。元のファイルから保存し直して、もう一度選んでください。",
        "This document is damaged and could not be opened. Save it again from its source and retry.",
    ),
    "mislabelled": (
        "ファイルの中身が名前の拡張子と合っていません。正しい拡張子のファイルを選んでください。",
        "The content of this file does not match its extension. Choose a file with the right extension.",
    ),
    "unsupported": (
        "この形式は読み取れません。PDF・DOCX・XLSX・PPTX・HTML・Markdown・テキスト・CSV・メール(EML)・ZIPのいずれかを選んでください。",
        "This format cannot be read. Choose PDF, DOCX, XLSX, PPTX, HTML, Markdown, plain text, CSV, mail (EML) or ZIP.",
    ),
    "unknown_encoding": (
        "文字コードがわかりませんでした。UTF-8で保存し直して、もう一度選んでください。",
        "The character encoding is unknown. Save the file as UTF-8 and choose it again.",
    ),
    "wrong_columns": (
        "CSVに「質問」と「回答」の列がありません。1行目を列の名前にして、もう一度選んでください。",
        "The CSV lacks the columns question and answer. Name them in its first row and choose it again.",
    ),
    "macro": (
        "この文書にはマクロ(自動で動くプログラム)が入っています。マクロのない形式で保存し直して、もう一度選んでください。",
        "This document holds macros, programs that run by themselves. Save it without macros and choose it again.",
    ),
    "suspicious": (
        "このファイルには、文書には要らない危険な仕組みが見つかりました。元の文書から作り直したファイルを選んでください。",
        "Something dangerous that no document needs was found in this file. Choose a file made anew from its source.",
    ),
    "bad_name": (
        "ファイルの名前が長すぎるか、使えない文字が入っています。255文字以内の名前に変えて、もう一度選んでください。",
        "The name of this file is too long or holds signs that cannot be used. Rename it and choose it again.",
    ),
    "link": (
        "これはほかの場所のファイルへのリンクです。フォルダーに元のファイルを入れて、もう一度選んでください。",
        "This is a link to a file elsewhere. Put the file itself into the folder and choose it again.",
    ),
    "outlook": (
        "Outlookの形式(MSG)のメールは読み取れません。Outlookでメールを開き、EMLかテキスト形式で保存したものを選んでください。",
        "Mails in the form of Outlook (MSG) cannot be read. Save the mail as EML or as text and choose that file.",
    ),
    "outside": (
        "ZIPの中のこのファイルは、フォルダーの外を指す名前になっています。ZIPを作り直して、もう一度選んでください。",
        "This file in the ZIP has a name that leads out of its folder. Make the ZIP anew and choose it again.",
    ),
    "bomb": (
        "ZIPの中のこのファイルは、広げると100倍を超える大きさになるため、開きませんでした。元のファイルをそのまま選んでください。",
        "This file in the ZIP would grow to more than 100 times its size and was not opened. Choose the file itself.",
    ),
    "too_many": (
        "ZIPの中のファイルが5,000件を超えています。このファイルから後は読んでいません。分けて、もう一度選んでください。",
        "The ZIP holds more than 5,000 files. From this one on nothing was read. Split it and choose the parts again.",
    ),
    "too_much": (
        "ZIPの中身を合わせると200MBを超えるため、このファイルは開きませんでした。分けて、もう一度選んでください。",
        "The ZIP unpacks to more than 200 MB, so this file was not opened. Split it and choose the parts again.",
    ),
    "too_deep": (
        "ZIPやメールの中のZIPが深く重なりすぎています。中のZIPを取り出して、もう一度選んでください。",
        "ZIPs and mails lie too deep within each other. Take the inner one out and choose it again.",
    ),
    "too_large": (
        "ファイルが大きすぎます。20MB(ZIPとメールは100MB)以下に分けて、もう一度選んでください。",
        "This file is too large. Split it into files of at most 20 MB (ZIP and mail: 100 MB) and choose them again.",
    ),
    "too_complex": (
        "読み取りに時間かメモリがかかりすぎるため、止めました。文書を分けて、もう一度選んでください。",
        "Reading took too much time or memory and was stopped. Split the document and choose it again.",
    ),
}
CODES = tuple(_SENTENCES)
