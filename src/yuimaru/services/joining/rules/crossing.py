"""What the parts of a sheet say of each other: names that must be known, and names that stand once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yuimaru.services.joining.rules.faults import Fault
from yuimaru.services.joining.rules.sheet import Sheet


def crossed(sheet: Sheet) -> list[Fault]:
    """The faults that only the whole sheet shows."""
    return [
        *_twice("sections", "name", (section.name for section in sheet.sections)),
        *_twice("staff", "login", (person.login for person in sheet.staff)),
        *_twice("kata", "kata", (entry.kata for entry in sheet.kata)),
        *_twice("documents", "file", (document.file for document in sheet.documents)),
        *_general(sheet),
        *_administrator(sheet),
        *_unknown(sheet),
    ]


def _twice(part: str, name: str, values: Iterable[str]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for place, value in enumerate(values):
        if first.setdefault(value, place) != place:
            yield Fault(
                (part, place, name),
                "twice",
                f"「{value}」が2回書かれています（{first[value] + 1}番目と{place + 1}番目）。1つにしてください。",
                f"“{value}” stands twice (entries {first[value] + 1} and {place + 1}). Keep one.",
            )


def _general(sheet: Sheet) -> Iterator[Fault]:
    count = sum(section.general for section in sheet.sections)
    if count != 1:
        yield Fault(
            ("sections",),
            "general",
            f"はじめの問い合わせ先（general: true）が{count}か所あります。1つの所属にだけ書いてください。",
            f"{count} sections are the general contact (general: true). Mark exactly one.",
        )


def _administrator(sheet: Sheet) -> Iterator[Fault]:
    if not any(person.role == "municipality-admin" for person in sheet.staff):
        yield Fault(
            ("staff",),
            "administrator",
            "団体の管理者（role: municipality-admin）がいません。1人以上書いてください。",
            "There is no administrator (role: municipality-admin). Name at least one.",
        )


def _unknown(sheet: Sheet) -> Iterator[Fault]:
    sections = {section.name for section in sheet.sections}
    adopted = {entry.kata for entry in sheet.kata}
    for place, person in enumerate(sheet.staff):
        if person.section not in sections:
            yield _no_section(("staff", place, "section"), person.section)
    for place, document in enumerate(sheet.documents):
        if document.section and document.section not in sections:
            yield _no_section(("documents", place, "section"), document.section)
    for place, mandate in enumerate(sheet.mandates):
        if mandate.kata not in adopted:
            yield Fault(
                ("mandates", place, "kata"),
                "not_adopted",
                f"型「{mandate.kata}」は kata に書かれていません。採用する型にだけ、受委託を定められます。",
                f"The kata “{mandate.kata}” is not listed under kata. Only adopted ones can be mandated.",
            )


def _no_section(path: tuple[str | int, ...], name: str) -> Fault:
    return Fault(
        path,
        "unknown_section",
        f"所属「{name}」は sections にありません。名前をそろえてください。",
        f"There is no section “{name}” under sections. Use the same name.",
    )
