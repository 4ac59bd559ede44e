"""The sheet of a joining municipality: what its file holds and what its pages ask for, one strict model each."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from yuimaru.core.japan import codes, contacts
from yuimaru.core.japan.closing_days import ClosingDayProblem, closing_days
from yuimaru.services.joining.rules.faults import wrong

KINDS = ("city", "ward", "town", "village", "prefecture")
THEMES = ("blue", "green", "cyan")
ROLES = ("municipality-admin", "clerk", "decider", "author", "reviewer", "auditor")
FORMS = ("outsourcing", "delegation", "substitution", "joint_organ")
ALL = "*"

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc\u30fb\u3000 ]+")
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _as_text(value: Any) -> Any:
    """A code without leading zeros reads as a number in YAML; nothing is lost by taking it as text."""
    return str(value) if type(value) is int else value


def _seen(text: str) -> str:
    if not text.strip():
        raise wrong("empty", "入力してください。", "Fill this in.")
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in text):
        raise wrong(
            "control", "改行などの制御文字は使えません。1行で入力してください。", "Write it on one line."
        )
    return text


def _seen_or_empty(text: str) -> str:
    return _seen(text) if text else text


def _municipality_code(text: str) -> str:
    if not codes.is_municipality_code(text):
        raise wrong(
            "check_digit",
            f"団体コード「{text[:13]}」は正しくありません。検査数字まで含めた6けたの数字を確かめてください。",
            f"The code “{text[:13]}” is not valid. Check its six digits with the check digit.",
        )
    return text


def _kana(text: str) -> str:
    if not _KANA.fullmatch(text):
        raise wrong(
            "kana",
            "読みはひらがなかカタカナで入力してください。",
            "Write the reading in hiragana or katakana.",
        )
    return text


def _phone(text: str) -> str:
    try:
        return contacts.parse_phone(text)
    except contacts.ContactProblem as problem:
        raise wrong(problem.code, problem.ja, problem.en) from None


def _postal_code(text: str) -> str:
    try:
        return contacts.parse_postal_code(text)
    except contacts.ContactProblem as problem:
        raise wrong(problem.code, problem.ja, problem.en) from None


def _closing_day_lines(text: str) -> str:
    try:
        return str(closing_days(text))
    except ClosingDayProblem as problem:
        raise wrong(problem.code, problem.ja, problem.en) from None


def _login(text: str) -> str:
    if not _LOGIN.fullmatch(text):
        raise wrong(
            "login",
            "サインイン名は、半角の英小文字、数字、「.」「_」「-」で、3文字から60文字までにしてください。",
            "Write the sign-in name with 3 to 60 of a-z, 0-9, “.”, “_” and “-”.",
        )
    return text


def _day(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    if isinstance(value, date) or value is None:
        return value
    raise wrong("date", "日付は 2026-12-01 の形で書いてください。", "Write the date as 2026-12-01.")


def _inside(text: str) -> str:
    parts = text.split("/")
    if text.startswith("/") or "\\" in text or any(part in ("", ".", "..") for part in parts):
        raise wrong(
            "outside",
            "文書は、このファイルと同じフォルダーの中に置き、そこからの場所を書いてください。",
            "Keep the document in the folder of this file, and write its place from there.",
        )
    return text


Login = Annotated[str, AfterValidator(_login)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(_seen)]
LongLine = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_seen)]
MaybeLine = Annotated[str, StringConstraints(max_length=100), AfterValidator(_seen_or_empty)]
MaybeLongLine = Annotated[str, StringConstraints(max_length=200), AfterValidator(_seen_or_empty)]
ClosingDayLines = Annotated[str, StringConstraints(max_length=4000), AfterValidator(_closing_day_lines)]
Code = Annotated[str, BeforeValidator(_as_text), StringConstraints(max_length=13)]
Phone = Annotated[str, StringConstraints(min_length=1, max_length=30), AfterValidator(_phone)]
Kata = Annotated[str, StringConstraints(min_length=1, max_length=42)]
Item = Annotated[str, StringConstraints(min_length=1, max_length=42)]
Day = Annotated[date | None, BeforeValidator(_day)]


class Entry(BaseModel):
    """Nothing that is not named here, and no type taken for another."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class Facts(Entry):
    """What a municipality tells residents of itself."""

    name: Line
    kana: Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_kana)]
    name_en: MaybeLine = ""
    theme: Literal["blue", "green", "cyan"] = "blue"
    population: Annotated[int, Field(ge=1, le=20_000_000)] | None = None
    postal_code: Annotated[str, StringConstraints(max_length=20), AfterValidator(_postal_code)]
    address: LongLine
    phone: Phone
    hours: Line
    hours_en: MaybeLine = ""
    closing_days: LongLine
    own_closing_days: ClosingDayLines = ""


class Body(Facts):
    """The municipality itself, as it is registered."""

    code: Annotated[Code, AfterValidator(_municipality_code)]
    kind: Literal["city", "ward", "town", "village", "prefecture"]
    consortium: Code | None = None

    @property
    def facts(self) -> dict[str, str | int | None]:
        """What is kept beside code, kind, name and consortium."""
        return self.model_dump(exclude={"code", "kind", "consortium", "name"})


class Founding(Entry):
    """What a consortium says of a municipality that it starts."""

    code: Annotated[Code, AfterValidator(_municipality_code)]
    name: Line
    kana: Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_kana)]
    kind: Literal["city", "ward", "town", "village", "prefecture"]


class SectionEntry(Entry):
    """A section that residents can turn to; `general` is the first contact when no other is known."""

    name: Line
    phone: Phone
    duties: MaybeLongLine = ""
    name_en: MaybeLine = ""
    place: MaybeLine = ""
    place_en: MaybeLine = ""
    general: bool = False


class StaffEntry(Entry):
    """Somebody who can sign in, in a new post of a section."""

    login: Login
    name: Line
    name_en: MaybeLine = ""
    section: Line
    post: Line
    role: Literal["municipality-admin", "clerk", "decider", "author", "reviewer", "auditor"]


class KataEntry(Entry):
    """A kata to adopt, with what differs from its defaults."""

    kata: Kata
    parameters: Annotated[dict[Item, str | int | bool], Field(max_length=200)] = {}


class MandateEntry(Entry):
    """What somebody else may do for the municipality."""

    kata: Kata
    taker: Code
    title: Line
    number: Annotated[str, StringConstraints(min_length=1, max_length=40), AfterValidator(_seen)]
    form: Literal["outsourcing", "delegation", "substitution", "joint_organ"]
    steps: Annotated[list[Item], Field(min_length=1, max_length=100)]
    fields: Annotated[list[Item], Field(min_length=1, max_length=300)]
    masked: Annotated[list[Item], Field(max_length=300)] = []
    valid_from: Annotated[Day, Field(alias="from")] = None
    valid_to: Annotated[Day, Field(alias="to")] = None


class DocumentEntry(Entry):
    """A file beside the sheet that answers may quote."""

    file: Annotated[Line, AfterValidator(_inside)]
    title: MaybeLongLine = ""
    section: MaybeLine = ""


class Sheet(Entry):
    """A whole municipality in one file."""

    municipality: Body
    sections: Annotated[list[SectionEntry], Field(min_length=1, max_length=200)]
    staff: Annotated[list[StaffEntry], Field(min_length=1, max_length=500)]
    kata: Annotated[list[KataEntry], Field(max_length=200)] = []
    mandates: Annotated[list[MandateEntry], Field(max_length=200)] = []
    documents: Annotated[list[DocumentEntry], Field(max_length=500)] = []
    public: bool = False
