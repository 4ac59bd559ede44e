"""What the law adds to the outcomes of a case: when a 届出 is done, the reasons of a refusal, and 教示.

行政手続法 第8条・第37条, 行政不服審査法 第4条・第18条・第82条, 行政事件訴訟法 第14条・第46条, 地方自治法 第255条の2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yuimaru.core.kata.models import Kata, WorkStep
from yuimaru.core.kata.program import Program
from yuimaru.core.kata.tables import Decided

OUTCOMES = ("accepted", "rejected", "done")


@dataclass(frozen=True, slots=True)
class Authority:
    """処分庁: the head of the body that decides, and to whom an appeal goes."""

    name: str
    body: str
    reviewer: str


def is_filing(kata: Kata) -> bool:
    """Whether the procedure is a 届出: the duty is done when it arrives, nothing is decided about it."""
    ends = [step for step in (kata.workflow.steps if kata.workflow else ()) if step.end in OUTCOMES]
    return bool(ends) and all(step.nature == "notification" for step in ends)


def is_refusal(step: WorkStep) -> bool:
    """Whether an end refuses an application by a disposition, so that reasons and 教示 must be given."""
    return step.end == "rejected" and step.nature == "disposition"


def head_of(kind: str, name: str, lang: str = "ja") -> str:
    """What the head of a body is called: 青海市長, 汐見県知事, the head of anything else."""
    if lang != "ja":
        office = {"prefecture": "Governor", "consortium": "head", "operator": "head"}.get(kind, "Mayor")
        return f"the {office} of {name}"
    if kind == "prefecture":
        return f"{name}知事"
    return f"{name}の長" if kind in ("consortium", "operator") else f"{name}長"


def reason(
    program: Program, step: WorkStep, decisions: Mapping[str, Decided], written: str, lang: str
) -> str:
    """What was written, and the rows and grounds of the tables on which an end rests, one line each."""
    lines = [written] if written.strip() else []
    for table in step.grounds:
        rows = {row.id: row for row in program.decision(table).rows}
        for name in decisions[table].rows if table in decisions else ():
            path = f"decisions.{table}.rows.{name}"
            note = program.text(f"{path}.note", rows[name].note or "", lang)
            ground = program.text(f"{path}.ground", rows[name].ground or "", lang)
            around = "（{}）" if lang == "ja" else " ({})"
            line = note + (around.format(ground) if note and ground else ground)
            if line:
                lines.append(line)
    return "\n".join(lines)


def instruction(authority: Authority, lang: str = "ja") -> str:
    """教示: where, within what time and against whom somebody may appeal or sue."""
    text = _JA if lang == "ja" else _EN
    return text.format(name=authority.name, body=authority.body, reviewer=authority.reviewer)


_JA = """\
この決定は、{name}が行いました。この決定に不服があるとき：
・この決定があったことを知った日の翌日から起算して3か月以内に、{reviewer}に対して審査請求をすることができます（行政不服審査法 第18条）。
・この決定の取消しを求める訴えは、この決定があったことを知った日の翌日から起算して6か月以内に、{body}を被告として起こすことができます（行政事件訴訟法 第14条）。
・審査請求をしたときは、裁決があったことを知った日の翌日から起算して6か月以内に、訴えを起こすことができます。
・決定の日や裁決の日の翌日から起算して1年を過ぎると、正当な理由がある場合を除き、審査請求や訴えはできません。"""

_EN = """\
This decision was made by {name}. If you object to it:
- Within three months from the day after you learned of it you may ask {reviewer} to review it \
(Administrative Complaint Review Act, Article 18).
- Within six months from the day after you learned of it you may sue {body} to have it revoked \
(Administrative Case Litigation Act, Article 14).
- If you asked for a review, the six months run from the day after you learned of its outcome.
- Once a year has passed from the day after the decision or the outcome of the review, neither is possible \
without a good reason."""
