"""The self-check beside a reading of the published v51 table by somebody who had not seen the kata."""

from __future__ import annotations

from typing import Any

from tests.katas.selfcheck_oracle import PREGNANCY, Answers, combinations
from tests.katas.selfcheck_oracle import messages as published
from tests.katas.test_selfcheck import NONE, check, messages

AGES = {
    "<2": "2歳未満", "2–4": "2〜4歳", "5–9": "5〜9歳", "10–18": "10〜18歳", "19–29": "19〜29歳", "30–39": "30〜39歳",
    "40–49": "40〜49歳", "50–59": "50〜59歳", "60–64": "60〜64歳", "65–69": "65〜69歳", "70–79": "70〜79歳",
    "80+": "80歳以上",
}  # fmt: skip
EMERGENCY = {
    "very fast or shallow breathing": "呼吸",
    "blue lips or face": "顔色",
    "not waking or interacting": "意識",
    "too irritable to be held": "赤ちゃん",
    "seizures": "けいれん",
    "gasping or cannot talk": "話せない",
    "severe constant chest pain or pressure": "胸の痛み",
    "severe constant dizziness": "めまい",
    "new confusion": "意識",
    "unconscious or hard to wake": "意識",
    "slurred speech": "まひ",
    "new or unending seizure": "けいれん",
}
URGENT = {
    "cannot speak full sentences": "会話",
    "coughing blood": "血",
    "signs of low blood pressure": "血圧",
}
OF_TODDLERS = {"rib retractions": "へこみ", "dehydration": "水分"}
EXPOSURE = {"none": NONE, "contact": ["感染者"], "area": ["流行地域"], None: NONE}
SYMPTOMS = {
    "fever or feverish": "発熱",
    "mild shortness of breath": "息切れ",
    "cough": "せき",
    "other": "のど",
}
CONDITIONS = {
    "chronic lung, asthma or smoking": "肺",
    "serious heart": "心臓",
    "weak immunity": "免疫",
    "pregnancy": "妊娠",
    "BMI over 40": "肥満",
    "diabetes, renal or liver": "慢性",
}


def _ticked(chosen: frozenset[str], words: dict[str, str]) -> list[str]:
    return sorted({words[one] for one in chosen if one in words}) or NONE


def _answered(case: Answers) -> dict[str, Any]:
    """The case as somebody would answer the kata. What the table does not ask is answered with no."""
    if not case.ill or case.age is None:
        return {"緊急症状": NONE, "だれ": "いない"}
    given: dict[str, Any] = {
        "緊急症状": _ticked(case.life_threatening, EMERGENCY),
        "だれ": "自分",
        "年齢": AGES[case.age],
    }
    if case.age == "<2":
        return given
    given |= {
        "重い症状": _ticked(case.urgent, URGENT),
        "接触": EXPOSURE[case.exposure],
        "症状": _ticked(case.symptoms, SYMPTOMS) if case.symptoms else ["のど"],
        "入所": bool(case.long_term_care),
        "持病": _ticked(case.conditions, CONDITIONS),
    }
    if case.age == "2–4":
        given["幼児の症状"] = _ticked(case.urgent, OF_TODDLERS)
    if case.age not in ("2–4", "5–9", "10–18"):
        given["従事"] = bool(case.health_worker)
    return given


def test_both_readings_agree_on_every_combination() -> None:
    ready = check()
    cases = list(combinations())
    assert len(cases) > 3000
    assert any(case.conditions == PREGNANCY for case in cases)
    differ = {
        case: (sorted(said), sorted(published(case)))
        for case in cases
        if (said := messages(ready, _answered(case))) != published(case)
    }
    assert differ == {}
