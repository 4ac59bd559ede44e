"""Checks of parallel work: every branch comes back to its join, and none is entered or left on the way."""

from __future__ import annotations

from yuimaru.core.kata.check.findings import Findings
from yuimaru.core.kata.check.scope import Scope
from yuimaru.core.kata.models import WorkStep
from yuimaru.core.kata.source import Location
from yuimaru.core.kata.ways import Ways, reach

HERE: Location = ("kata", "workflow", "steps")
DEEPEST = 3  # branches within branches
_OF_PEOPLE = ("by", "not_by", "due", "form", "edits", "sees", "decides", "stops_clock", "service", "call")


def check_parallel(scope: Scope, findings: Findings, ways: Ways) -> None:
    """Check every step that divides the way, and the steps of its branches."""
    for number, step in enumerate(ways.workflow.steps):
        here: Location = (*HERE, number)
        if step.parallel:
            _check_fork(scope, findings, here, step, ways)
            _check_branches(findings, here, step, ways)
        elif step.each is not None or step.join == "any":
            findings.add(
                here,
                "parallel",
                "each と join は、parallel のある工程に書きます。",
                "“each” and “join” belong to a step with “parallel”.",
            )
        if ways.forks_of(step.id):
            _check_inside(findings, here, step, ways)


def _check_fork(scope: Scope, findings: Findings, here: Location, step: WorkStep, ways: Ways) -> None:
    for place, head in enumerate(step.parallel):
        if head not in ways.steps:
            findings.unknown((*here, "parallel", place), "工程", "step", head, ways.steps)
        elif ways.steps[head].parallel or ways.steps[head].end:
            findings.add(
                (*here, "parallel", place),
                "branch_head",
                f"分かれた先の最初の工程「{head}」は、人が行う工程にしてください。",
                f"A branch begins with a step that somebody does; “{head}” is none.",
            )
    used = [word for word in _OF_PEOPLE if getattr(step, word)]
    if used or step.end is not None:
        findings.add(
            here,
            "fork_work",
            f"工程「{step.id}」は分かれて進むだけです。{'、'.join(used) or 'end'} は、分かれた先の工程に書いてください。",
            f"The step “{step.id}” only divides the way. Write {', '.join(used) or 'end'} at the steps of its branches.",
        )
    groups = [each.repeat.id for form in scope.kata.forms for each in form.steps if each.repeat]
    if step.each is not None and step.each not in groups:
        findings.unknown((*here, "each"), "くり返し", "repeat", step.each, groups)
    if (len(step.parallel) == 1) != (step.each is not None):
        findings.add(
            (*here, "parallel"),
            "branches",
            "each のある工程の parallel は1つ、each のない工程の parallel は2つ以上にしてください。",
            "With “each” there is one branch, without it there are two or more.",
        )
    if step.actions and step.actions[-1].when is not None:
        findings.add(
            (*here, "actions"),
            "join_stuck",
            f"工程「{step.id}」の最後の操作に when があるので、そろっても先に進めないことがあります。",
            f"The last action of “{step.id}” has a condition, so the case may stand still when all have come back.",
        )


def _check_branches(findings: Findings, here: Location, step: WorkStep, ways: Ways) -> None:
    branches = ways.branches[step.id]
    back = reach(ways.before, [step.id])
    inside: set[str] = set().union(*branches)
    lost = sorted(name for name in inside if name not in back)
    if lost:
        findings.add(
            here,
            "join_never",
            f"分かれた先の工程「{lost[0]}」から「{step.id}」に戻れないので、いつまでもそろいません。",
            f"No way leads from “{lost[0]}” back to “{step.id}”, so its branches never come together.",
        )
    if sum(map(len, branches)) != len(inside):
        findings.add(
            (*here, "parallel"),
            "branches_meet",
            f"「{step.id}」に戻る前に、分かれた先が同じ工程に進みます。",
            f"Branches lead to the same step before they come back to “{step.id}”.",
        )
    outside = set(ways.steps) - inside - {step.id}
    for name in sorted(inside & set().union(*(ways.after[each] for each in outside), {ways.workflow.start})):
        findings.add(
            here,
            "into_branch",
            f"分かれた先の工程「{name}」に、「{step.id}」を通らずに進めます。",
            f"The step “{name}” of a branch can be reached without passing “{step.id}”.",
        )
    if step.id in inside or set(step.parallel) & ways.targets(step):
        findings.add(
            here,
            "fork_loop",
            f"「{step.id}」の操作は、分かれた先の工程に進めません。",
            f"The actions of “{step.id}” must not lead into its own branches.",
        )
    empty = {name: ways.targets(one) if one.each else set() for name, one in ways.steps.items()}
    if step.each is not None and step.id in reach(empty, empty[step.id]):
        findings.add(
            here,
            "empty_loop",
            f"「{step.id}」は、対象が1人もいないときに同じ所を回り続けます。",
            f"With no member to ask about, “{step.id}” would go round for ever.",
        )


def _check_inside(findings: Findings, here: Location, step: WorkStep, ways: Ways) -> None:
    forks = ways.forks_of(step.id)
    if step.end is not None:
        findings.add(
            here,
            "end_in_branch",
            f"分かれた先の工程「{step.id}」で終わることはできません。「{forks[0]}」に戻ってから終えてください。",
            f"A case cannot end within a branch at “{step.id}”. Lead it back to “{forks[0]}” first.",
        )
    if step.stops_clock or step.edits is not None:
        findings.add(
            here,
            "clock_in_branch",
            f"補正は、ほかの工程と並べて進められません。「{step.id}」は、「{forks[0]}」の前か後に置いてください。",
            f"A correction does not run beside other work. Put “{step.id}” before or behind “{forks[0]}”.",
        )
    nested = [fork for fork in forks if ways.steps[fork].each] if step.each else []
    if len(forks) + bool(step.parallel) > DEEPEST or nested:
        findings.add(
            here,
            "too_deep",
            "分かれた先でさらに分かれるのは3段まで、each の中に each は書けません。",
            "Branches divide at most three times, and “each” does not stand within “each”.",
        )
