"""Why a case may not move, by the path of the place in the kata, in words."""

from __future__ import annotations

from dataclasses import dataclass

_WORDS: dict[str, tuple[str, str]] = {
    "other_kata": (
        "別の型の定義です。同じ型の版にだけ移行できます。",
        "This is the definition of another kata. A case moves between versions of one kata only.",
    ),
    "no_step": (
        "割り当てた工程「{name}」がありません。工程の割り当てを選び直してください。",
        "There is no step “{name}” to assign. Choose the assignment of steps again.",
    ),
    "step_gone": (
        "いま進んでいる工程「{name}」が、移行先にありません。どの工程に移すかを選んでください。",
        "The step “{name}” that waits now does not exist in the new definition. Choose the step to take its place.",
    ),
    "past_step_gone": (
        "済んだ工程「{name}」が、移行先にありません。どの工程に当たるかを選んでください。",
        "The step “{name}” that was done does not exist in the new definition. Choose the step it corresponds to.",
    ),
    "not_work": (
        "移行先の工程「{name}」は、人が行う工程ではありません。",
        "The step “{name}” of the new definition is not one that somebody does.",
    ),
    "collide": (
        "いま進んでいる2つの工程が、移行先では同じ工程「{name}」になります。",
        "Two steps that wait now would both become “{name}”.",
    ),
    "actor": (
        "工程「{name}」を行うのが、移行先では申請者と職員とで入れ替わります。",
        "At the step “{name}” the new definition exchanges the applicant and the officials.",
    ),
    "branch": (
        "並行して進む工程「{name}」の分かれ方が、移行先では違います。",
        "The parallel work of “{name}” divides in another way in the new definition.",
    ),
    "stuck": (
        "移行先の工程「{name}」では、この案件に行える操作がありません。",
        "At the step “{name}” of the new definition nothing could be done with this case.",
    ),
    "gone": (
        "項目「{name}」が移行先にないため、答えが失われます。",
        "The item “{name}” does not exist in the new definition, so its answer would be lost.",
    ),
    "renamed": (
        "項目「{name}」は、移行先では別のid「{other}」になっているため、答えが失われます。",
        "The item “{name}” has another id, “{other}”, in the new definition, so its answer would be lost.",
    ),
    "hidden": (
        "項目「{name}」は、移行先ではこの申請に尋ねないため、答えが失われます。",
        "The new definition does not ask this applicant for “{name}”, so its answer would be lost.",
    ),
    "unfit": (
        "項目「{name}」の答えが、移行先の種類や選択肢に合わないため、失われます。",
        "The answer to “{name}” does not fit the type or the options of the new definition, so it would be lost.",
    ),
    "form_gone": (
        "工程「{name}」で職員が入力した様式が、移行先にないため、その答えが失われます。",
        "The form that officials filled in at “{name}” is not there in the new definition: its answers would be lost.",
    ),
    "decided": (
        "決定が済んでいますが、移行先では判定「{name}」の結果が変わります。",
        "A decision was made, and the result of “{name}” would change in the new definition.",
    ),
    "decision_gone": (
        "済んだ決定の工程「{name}」が、移行先では決定の工程でなくなるか、同じ操作がありません。",
        "The decision made at “{name}” is none in the new definition, or the act is not there.",
    ),
    "fails": (
        "移行先の式や判定表が、この案件の答えでは計算できません（{name}）。",
        "An expression or table of the new definition cannot be worked out for this case ({name}).",
    ),
    "circulating": (
        "工程「{name}」は決裁の途中です。決裁が済んでから、または引き戻してから移行してください。",
        "A draft is on its route at the step “{name}”. Move the case when that has ended, or recall the draft first.",
    ),
    "automatic": (
        "工程「{name}」は自動処理の途中です。終わってから移行してください。",
        "The machine or another case is at work on the step “{name}”. Move the case when that has ended.",
    ),
    "mandate": (
        "工程「{name}」は、受委託の定め「{other}」の取扱いから外れます。先に定めを改めてください。",
        "The step “{name}” would fall outside the mandate “{other}”. Change the mandate first.",
    ),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: the path of the place, a stable code, the sentence in both languages."""

    path: str
    code: str
    ja: str
    en: str


def reason(code: str, path: str, name: str = "", other: str = "") -> Reason:
    """The reason of a code in words."""
    ja, en = _WORDS[code]
    return Reason(path, code, ja.format(name=name, other=other), en.format(name=name, other=other))
