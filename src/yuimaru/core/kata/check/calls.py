"""Checks of calls against the kata that they name: known only where a municipality puts all of them to use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yuimaru.core.kata.check.findings import Findings
from yuimaru.core.kata.expressions import names
from yuimaru.core.kata.models import Call, Item, Kata, Package, Step, WorkStep
from yuimaru.core.kata.package import Sources
from yuimaru.core.kata.problems import KataProblem
from yuimaru.core.kata.source import Location

DEEPEST = 3  # calls within calls
_NOT_GIVEN = ("file", "individual_number", "signature", "computed", "explanation")


def check_calls(kata: Kata, used: Mapping[str, Kata]) -> list[KataProblem]:
    """What is wrong with the calls of a kata beside the others that a municipality uses."""
    findings = Findings.of(Package(kata=kata), Sources())
    for number, step in enumerate(kata.workflow.steps if kata.workflow else ()):
        if step.call is None:
            continue
        here: Location = ("kata", "workflow", "steps", number)
        called = used.get(step.call.kata)
        if called is None or called.workflow is None or called.kind != kata.kind:
            findings.add(
                (*here, "call", "kata"),
                "calls_unused",
                f"工程「{step.id}」が呼び出す手続「{step.call.kata}」を、この団体はまだ採用していません。先に採用してください。",
                f"The step “{step.id}” calls “{step.call.kata}”, a procedure that is not in use here. Adopt it first.",
            )
            continue
        _check_answers(findings, (*here, "call", "answers"), kata, called, step.call)
        _check_ends(findings, (*here, "actions"), called, step)
    _check_chain(findings, kata, used)
    return findings.problems


def calling(used: Mapping[str, Kata], name: str) -> list[Kata]:
    """The kata that a change of this one concerns: itself, and all that call it directly or through others."""
    return [kata for kata in used.values() if kata.kata == name or name in _reached(kata, used)]


def _check_answers(findings: Findings, here: Location, kata: Kata, called: Kata, call: Call) -> None:
    asked = {item.id: (step, item) for step, item in _asked(called)}
    groups = {step.repeat.id: step.items for step, _ in asked.values() if step.repeat}
    for name, expression in call.answers.items():
        if name in groups:
            _check_kept(findings, (*here, name), kata, expression, groups[name])
        elif name not in asked or asked[name][0].repeat or asked[name][1].type in _NOT_GIVEN:
            findings.unknown((*here, name), "渡せる項目", "item to fill", name, asked)
        else:
            _check_kept(findings, (*here, name), kata, expression, [asked[name][1]])
    for name, (step, item) in asked.items():
        is_sure = item.required and not (item.when or step.when or step.repeat)
        if is_sure and name not in call.answers:
            findings.add(
                here,
                "answer_missing",
                f"手続「{called.kata}」の必須の項目「{name}」に、渡す答えがありません。",
                f"The item “{name}” of “{called.kata}” is required, and nothing is given for it.",
            )


def _check_kept(findings: Findings, here: Location, kata: Kata, expression: str, targets: list[Item]) -> None:
    """What is hidden here stays hidden there: an answer takes its marks along."""
    read = names(expression)
    own = [item for _, item in _asked(kata) if item.id in read] + _members(kata, read)
    for word, ja in (("sensitive", "表示しない項目（sensitive）"), ("tells_whereabouts", "所在がわかる項目")):
        given = next((item.id for item in own if getattr(item, word)), None)
        if given is not None and not all(getattr(item, word) for item in targets if item.asks):
            findings.add(
                here,
                "flag_lost",
                f"「{given}」は{ja}です。渡す先の項目「{targets[0].id}」も、同じ扱いにしてください。",
                f"“{given}” is protected ({word}), and the item “{targets[0].id}” that takes it is not.",
            )


def _check_ends(findings: Findings, here: Location, called: Kata, step: WorkStep) -> None:
    """Every way in which the other case can end leads on; its applicant may always take it back."""
    assert called.workflow is not None
    ends = {each.end for each in called.workflow.steps if each.end} | {"withdrawn"}
    for end in sorted(ends - {action.id for action in step.actions}):
        findings.add(
            here,
            "outcome_missing",
            f"手続「{called.kata}」が「{end}」で終わったときに、工程「{step.id}」から先に進めません。",
            f"When “{called.kata}” ends as “{end}”, nothing leads on from the step “{step.id}”.",
        )


def _check_chain(findings: Findings, kata: Kata, used: Mapping[str, Kata]) -> None:
    for chain in _chains((kata,), used):
        told = " → ".join(each.kata for each in chain)
        if chain[-1].kata in {each.kata for each in chain[:-1]}:
            findings.add(
                ("kata", "workflow"),
                "calls_in_circle",
                f"呼び出しが元に戻って、終わらなくなります：{told}",
                f"These calls come back to where they began: {told}",
            )
        elif len(chain) > DEEPEST + 1:
            findings.add(
                ("kata", "workflow"),
                "calls_too_deep",
                f"呼び出しの中の呼び出しは、{DEEPEST}段までです：{told}",
                f"Calls may stand within calls {DEEPEST} deep: {told}",
            )


def _chains(chain: tuple[Kata, ...], used: Mapping[str, Kata]) -> Iterator[tuple[Kata, ...]]:
    """The ways along calls that come back to themselves or grow too long, each cut off there."""
    for name in sorted(called_by(chain[-1])):
        if name in used:
            longer = (*chain, used[name])
            if used[name].kata in {each.kata for each in chain} or len(longer) > DEEPEST + 1:
                yield longer
            else:
                yield from _chains(longer, used)


def called_by(kata: Kata) -> set[str]:
    """The kata that this one calls itself."""
    steps = kata.workflow.steps if kata.workflow else ()
    return {step.call.kata for step in steps if step.call is not None}


def _reached(kata: Kata, used: Mapping[str, Kata]) -> set[str]:
    found: set[str] = set()
    waiting = called_by(kata)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting |= called_by(used[name]) if name in used else set()
    return found


def _asked(kata: Kata) -> list[tuple[Step, Item]]:
    """What applicants are asked, with the screens it stands on."""
    forms = [form for form in kata.forms if form.audience == "applicant"][:1]
    return [(step, item) for form in forms for step in form.steps for item in step.items if item.asks]


def _members(kata: Kata, read: set[str]) -> list[Item]:
    """The items of the repeats that an expression reads as a whole."""
    return [item for step, item in _asked(kata) if step.repeat and step.repeat.id in read]
