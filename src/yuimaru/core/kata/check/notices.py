"""Checks of notices and translations: merge fields that exist and may be shown, paths that exist."""

from __future__ import annotations

from yuimaru.core.kata.check.findings import Findings
from yuimaru.core.kata.check.scope import Scope
from yuimaru.core.kata.facts import TODAY
from yuimaru.core.kata.models import Item, Kata, Package
from yuimaru.core.kata.notices import GIVEN_FIELDS, merge_fields
from yuimaru.core.kata.paths import texts
from yuimaru.core.kata.program import JAPANESE, route_tables
from yuimaru.core.kata.source import Location

_TEXTS = ("subject", "body")


def check_notices(scope: Scope, findings: Findings) -> None:
    """Check every notice: its fields, and that something sends it."""
    kata = scope.kata
    ids = {notice.id for notice in kata.notices}
    findings.distinct(("kata", "notices"), (notice.id for notice in kata.notices), "通知", "notice")
    if kata.receipt_notice is not None and kata.receipt_notice not in ids:
        findings.unknown(("kata", "receipt_notice"), "通知", "notice", kata.receipt_notice, ids)
    steps = kata.workflow.steps if kata.workflow else ()
    sent = {kata.receipt_notice} | {name for step in steps for name in step.notify}
    sent |= {step.service.notice for step in steps if step.service}
    fields = merge_names(kata)
    for number, notice in enumerate(kata.notices):
        here: Location = ("kata", "notices", number)
        if notice.id not in sent:
            findings.add(
                here,
                "notice_unused",
                f"通知「{notice.id}」は、どの工程からも送られません。",
                f"No step sends the notice “{notice.id}”.",
                "warning",
            )
        for word in _TEXTS:
            check_fields(scope, findings, (*here, word), getattr(notice, word), fields)


def check_translations(package: Package, scope: Scope, findings: Findings) -> None:
    """Check that translations belong to texts that exist, and say how many are missing."""
    known = texts(package.kata)
    fields = merge_names(package.kata)
    for language, translations in package.i18n.items():
        here: Location = ("i18n", language)
        for path, text in translations.items():
            if path not in known:
                findings.unknown((*here, path), "文", "text", path, known)
            elif not text.strip():
                findings.add((*here, path), "empty", "訳が空です。", "The translation is empty.")
            elif path.startswith("notices."):
                check_fields(scope, findings, (*here, path), text, fields)
        missing = [path for path in known if path not in translations]
        if missing:
            findings.add(
                here,
                "untranslated",
                f"訳のない文が{len(missing)}個あります（最初は {missing[0]}）。日本語で表示されます。",
                f"{len(missing)} texts have no translation (the first is {missing[0]}). They appear in Japanese.",
                "warning",
            )
    if not package.guidance.get(JAPANESE, "").strip():
        findings.add(
            ("guidance", JAPANESE),
            "no_guidance",
            "手続の案内（docs/guidance.ja.md）がありません。",
            "There is no guidance (docs/guidance.ja.md).",
            "warning",
        )


def merge_names(kata: Kata) -> set[str]:
    """The merge fields of a kata; items of repeats, sensitive items and whereabouts are none."""
    fields = {*GIVEN_FIELDS, *(param.id for param in kata.params)}
    routes = route_tables(kata)
    for decision in (each for each in kata.decisions if each.id not in routes):
        fields |= {output.id for output in decision.outputs}
        fields |= {f"{decision.id}.{output.id}" for output in decision.outputs}
    for form in kata.forms:
        for step in form.steps if form.audience == "applicant" else ():
            if step.repeat is None:
                fields |= {item.id for item in step.items if not _is_closed(item)}
    return fields


def check_fields(scope: Scope, findings: Findings, here: Location, text: str, fields: set[str]) -> None:
    """Check the merge fields of a text: they pair, there are such, and none tells what is closed."""
    names = merge_fields(text)
    if text.count("«") != len(names) or text.count("»") != len(names):
        findings.add(
            here,
            "merge_field",
            "差し込みの «» が対になっていません。",
            "The marks « and » of a merge field do not pair.",
        )
    closed = _closed(scope.kata)
    for name in dict.fromkeys(names):
        if name in fields:
            continue
        if name in closed:
            findings.add(
                here,
                "sensitive_field",
                f"「{name}」は、表示しない項目（sensitive）か、住所や連絡先などの所在がわかる項目なので、通知に差し込めません。",
                f"“{name}” is sensitive or tells somebody’s whereabouts, and cannot stand in a notice.",
            )
        else:
            findings.unknown(here, "差し込み項目", "merge field", name, fields - {TODAY})


def _closed(kata: Kata) -> set[str]:
    steps = (step for form in kata.forms for step in form.steps)
    return {item.id for step in steps for item in step.items if _is_closed(item)}


def _is_closed(item: Item) -> bool:
    return item.sensitive or item.tells_whereabouts
