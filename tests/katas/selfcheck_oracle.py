"""What the CDC Coronavirus Self-Checker, version 51 (2020-03-28), answers: its decision table as plain branches.

Written from the published logic alone, to be compared with the kata. Questions, as fields of `Answers`:

| field | question | values |
|---|---|---|
| ill | Q1 ill, or caring for someone ill | False, True |
| age | Q3 age of the ill person in years | AGES |
| gender | Q28 gender | male, female, other |
| life_threatening | Q4 (<2) or Q5 (≥2) | any of life_threatening_asked(age); empty = none of them |
| urgent | Q6 (2–4) or Q7 (5+) | any of urgent_asked(age); empty = none of them |
| exposure | Q8 in the two weeks before | EXPOSURES: none, contact with a diagnosed person, spreading area |
| symptoms | Q9 (exposed) or Q14 (not exposed) | any of COVID_SYMPTOMS and "other", at least one |
| long_term_care | LTC lives in a nursing home | False, True |
| health_worker | HCW worked or volunteered in a health setting in two weeks, asked from 19 years | False, True |
| conditions | CM | any of CONDITIONS; pregnancy only where pregnancy_asked(age, gender); empty = none of them |

None stands for a question that is not asked. Q2 (self or other: wording only) and Q10/Q15 (runny nose, sore
throat …) appear in no row and are left out; so are M0 (select an answer) and the refusals before Q1, which are
no decisions. An answer to a question that would not be asked (any more) has no effect.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, product
from itertools import combinations as choices
from typing import Final, Literal, get_args

Age = Literal[
    "<2", "2–4", "5–9", "10–18", "19–29", "30–39", "40–49", "50–59", "60–64", "65–69", "70–79", "80+"
]
Gender = Literal["male", "female", "other"]
Exposure = Literal["none", "contact", "area"]

AGES: Final[tuple[Age, ...]] = get_args(Age)
EXPOSURES: Final[tuple[Exposure, ...]] = get_args(Exposure)
ADULTS: Final = frozenset(AGES[AGES.index("19–29") :])
AGED_65: Final = frozenset(AGES[AGES.index("65–69") :])
AGES_OF_PREGNANCY: Final = frozenset(AGES[AGES.index("10–18") : AGES.index("60–64")])

INFANT_SIGNS: Final = frozenset(
    {
        "very fast or shallow breathing",
        "blue lips or face",
        "not waking or interacting",
        "too irritable to be held",
        "seizures",
    }
)
LIFE_THREATENING_SIGNS: Final = frozenset(
    {
        "gasping or cannot talk",
        "blue lips or face",
        "severe constant chest pain or pressure",
        "severe constant dizziness",
        "new confusion",
        "unconscious or hard to wake",
        "slurred speech",
        "new or unending seizure",
    }
)
URGENT_SIGNS: Final = frozenset(
    {"cannot speak full sentences", "coughing blood", "signs of low blood pressure"}
)
TODDLER_URGENT_SIGNS: Final = URGENT_SIGNS | {"rib retractions", "dehydration"}
COVID_SYMPTOMS: Final = frozenset({"fever or feverish", "mild shortness of breath", "cough"})
ONLY_OTHER: Final = frozenset({"other"})
PREGNANCY: Final = frozenset({"pregnancy"})
CONDITIONS: Final = PREGNANCY | {
    "chronic lung, asthma or smoking",
    "serious heart",
    "weak immunity",
    "BMI over 40",
    "diabetes, renal or liver",
}
NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Answers:
    """One person's answers; the module's docstring says what each field asks."""

    ill: bool
    age: Age | None = None
    gender: Gender | None = None
    life_threatening: frozenset[str] = NOTHING
    urgent: frozenset[str] = NOTHING
    exposure: Exposure | None = None
    symptoms: frozenset[str] = NOTHING
    long_term_care: bool | None = None
    health_worker: bool | None = None
    conditions: frozenset[str] = NOTHING


def life_threatening_asked(age: Age) -> frozenset[str]:
    """The signs of Q4 below two years, of Q5 from two years on."""
    return INFANT_SIGNS if age == "<2" else LIFE_THREATENING_SIGNS


def urgent_asked(age: Age) -> frozenset[str]:
    """The signs of Q6 from two to four years, of Q7 from five years on; none below two."""
    if age == "<2":
        return NOTHING
    return TODDLER_URGENT_SIGNS if age == "2–4" else URGENT_SIGNS


def pregnancy_asked(age: Age, gender: Gender | None) -> bool:
    """Q28: pregnancy is asked only if female or other, and 10–59."""
    return gender in ("female", "other") and age in AGES_OF_PREGNANCY


def messages(answers: Answers) -> frozenset[str]:
    """The ids of the messages for one person; ValueError where an ill person's age is missing.

    Q1 "no → M1"; Q4 (<2) "any M2, none M3"; Q5 (≥2) "any M2"; Q6/Q7 "any M4"; then the decision table.
    """
    if not answers.ill:
        return frozenset({"M1"})
    age = answers.age
    if age is None:
        raise ValueError("No age: an ill person has to answer Q3.")
    if answers.life_threatening & life_threatening_asked(age):
        return frozenset({"M2"})
    if age == "<2":
        return frozenset({"M3"})
    if answers.urgent & urgent_asked(age):
        return frozenset({"M4"})
    asked = CONDITIONS if pregnancy_asked(age, answers.gender) else CONDITIONS - PREGNANCY
    at_work = answers.health_worker is True and age in ADULTS
    at_risk = bool(answers.conditions & asked)
    if answers.exposure in ("contact", "area"):
        return _exposed(answers, at_work, at_risk)
    return _not_exposed(answers, age, at_work, at_risk)


def _exposed(answers: Answers, at_work: bool, at_risk: bool) -> frozenset[str]:
    """The rows of exposed people.

    "Exposed, only other symptoms": LTC M7; else HCW M10; else "any CM answer → M10".
    "Exposed, ≥1 COVID symptom": LTC M7; else HCW M9+M6; else "CM → M5; none → M8".
    """
    if answers.long_term_care:
        return frozenset({"M7"})
    if not answers.symptoms & COVID_SYMPTOMS:
        return frozenset({"M10"})
    if at_work:
        return frozenset({"M9", "M6"})
    return frozenset({"M5" if at_risk else "M8"})


def _not_exposed(answers: Answers, age: Age, at_work: bool, at_risk: bool) -> frozenset[str]:
    """The rows of people who were not exposed.

    "Not exposed, only other": "M10 (no LTC question)".
    "Not exposed, 1 symptom": LTC M7; else HCW M8+M6; else "M8 (CM asked, no effect)".
    "Not exposed, ≥2, age ≥65": LTC M7; else HCW "CM: M5+M6; none: M9+M6"; else "CM → M5; none → M9".
    "Not exposed, ≥2, 19–64": LTC M7; else HCW "CM: M5+M6; none: M8+M6"; else "CM → M5; none → M8".
    "Not exposed, ≥2, <19": LTC M7; HCW not asked; "CM → M5; none → M8".
    """
    count = len(answers.symptoms & COVID_SYMPTOMS)
    if count == 0:
        return frozenset({"M10"})
    if answers.long_term_care:
        return frozenset({"M7"})
    if count == 1:
        advice = "M8"
    elif at_risk:
        advice = "M5"
    else:
        advice = "M9" if age in AGED_65 else "M8"
    return frozenset({advice, "M6"} if at_work else {advice})


def combinations() -> Iterator[Answers]:
    """Every combination of answers that the rows tell apart, each as far as its questions are asked.

    Signs of an emergency come one at a time and all at once; symptoms in every selection but the empty one;
    conditions as none, one at a time and all at once (none and all where LTC has already decided).
    """
    yield Answers(ill=False)
    for age in AGES:
        person = Answers(ill=True, age=age, gender="male")
        for signs in _ticked(life_threatening_asked(age)):
            yield replace(person, life_threatening=signs)
        if age == "<2":
            yield person
            continue
        for signs in _ticked(urgent_asked(age)):
            yield replace(person, urgent=signs)
        for exposure, symptoms in product(EXPOSURES, _selections(COVID_SYMPTOMS | ONLY_OTHER)):
            yield from _circumstances(replace(person, exposure=exposure, symptoms=symptoms), age)


def _circumstances(person: Answers, age: Age) -> Iterator[Answers]:
    if person.exposure == "none" and person.symptoms == ONLY_OTHER:
        yield person
        return
    work: tuple[bool | None, ...] = (False, True) if age in ADULTS else (None,)
    for in_care, at_work in product((False, True), work):
        for gender, conditions in _at_risk(age, in_care):
            yield replace(
                person,
                gender=gender,
                long_term_care=in_care,
                health_worker=at_work,
                conditions=conditions,
            )


def _at_risk(age: Age, in_care: bool) -> Iterator[tuple[Gender, frozenset[str]]]:
    """Gender with conditions: gender varies only where it decides whether pregnancy is asked."""
    pregnancy = pregnancy_asked(age, "female")
    yield "male", NOTHING
    if pregnancy:
        yield "female", CONDITIONS
    else:
        yield "male", CONDITIONS - PREGNANCY
    if in_care:
        return
    for condition in sorted(CONDITIONS - PREGNANCY):
        yield "male", frozenset({condition})
    if pregnancy:
        yield "female", NOTHING
        yield "female", PREGNANCY
        yield "other", PREGNANCY


def _ticked(signs: frozenset[str]) -> Iterator[frozenset[str]]:
    """Each sign alone, then all of them."""
    return chain((frozenset({sign}) for sign in sorted(signs)), (signs,))


def _selections(items: frozenset[str]) -> Iterator[frozenset[str]]:
    """Every selection of at least one item."""
    for size in range(1, len(items) + 1):
        yield from map(frozenset, choices(sorted(items), size))
