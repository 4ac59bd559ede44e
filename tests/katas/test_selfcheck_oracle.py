"""The oracle of the self-check says what the published table says, for every combination."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tests.katas.selfcheck_oracle import (
    ADULTS,
    AGED_65,
    AGES,
    COVID_SYMPTOMS,
    INFANT_SIGNS,
    LIFE_THREATENING_SIGNS,
    PREGNANCY,
    TODDLER_URGENT_SIGNS,
    URGENT_SIGNS,
    Age,
    Answers,
    Gender,
    combinations,
    messages,
)

COMBINATIONS = tuple(combinations())

# Path → LTC, HCW with CM, HCW without, CM, none; "" where the table has no such cell.
TABLE = {
    "Exposed, only other symptoms": ("M7", "M10", "M10", "M10", "M10"),
    "Exposed, ≥1 COVID symptom": ("M7", "M9+M6", "M9+M6", "M5", "M8"),
    "Not exposed, only other": ("", "", "", "", "M10"),
    "Not exposed, 1 symptom": ("M7", "M8+M6", "M8+M6", "M8", "M8"),
    "Not exposed, ≥2, age ≥65": ("M7", "M5+M6", "M9+M6", "M5", "M9"),
    "Not exposed, ≥2, 19–64": ("M7", "M5+M6", "M8+M6", "M5", "M8"),
    "Not exposed, ≥2, <19": ("M7", "", "", "M5", "M8"),
}

# Everything that the table could look at, answered yes.
WORST = Answers(
    ill=True,
    age="30–39",
    gender="female",
    life_threatening=frozenset({"new confusion"}),
    urgent=frozenset({"coughing blood"}),
    exposure="contact",
    symptoms=COVID_SYMPTOMS,
    long_term_care=True,
    health_worker=True,
    conditions=PREGNANCY,
)
CALM = replace(WORST, life_threatening=frozenset(), urgent=frozenset())


def ids(cell: str) -> frozenset[str]:
    return frozenset(cell.split("+"))


def path(answers: Answers) -> str:
    count = len(answers.symptoms & COVID_SYMPTOMS)
    if answers.exposure != "none":
        return "Exposed, ≥1 COVID symptom" if count else "Exposed, only other symptoms"
    if count < 2:
        return "Not exposed, 1 symptom" if count else "Not exposed, only other"
    if answers.age in AGED_65:
        return "Not exposed, ≥2, age ≥65"
    return "Not exposed, ≥2, 19–64" if answers.age in ADULTS else "Not exposed, ≥2, <19"


def column(answers: Answers) -> int:
    if answers.long_term_care:
        return 0
    if answers.health_worker:
        return 1 if answers.conditions else 2
    return 3 if answers.conditions else 4


def test_combinations_are_as_many_as_the_questions_allow_and_all_different() -> None:
    situations = 2 * 15 + 14  # exposed: any selection of four symptoms; not exposed: all but "other" alone
    risks, risks_with_pregnancy, risks_in_care = 7, 10, 2
    children = 2 * (1 + situations * (risks + risks_in_care))
    youths = 1 + situations * (risks_with_pregnancy + risks_in_care)
    adults = 4 * (1 + situations * 2 * (risks_with_pregnancy + risks_in_care))
    seniors = 4 * (1 + situations * 2 * (risks + risks_in_care))
    well, infant_signs, infants, signs, urgent = 1, 6, 1, 11 * 9, 6 + 10 * 4

    expected = well + infant_signs + infants + signs + urgent + children + youths + adults + seniors
    assert len(COMBINATIONS) == len(set(COMBINATIONS)) == expected == 8876


def test_every_message_is_reached_and_only_in_the_sets_that_the_table_has() -> None:
    cells = {cell for row in TABLE.values() for cell in row if cell} | {"M1", "M2", "M3", "M4"}
    reached = {messages(answers) for answers in COMBINATIONS}

    assert reached == {ids(cell) for cell in cells}
    assert frozenset().union(*reached) == {f"M{number}" for number in range(1, 11)}


def test_every_cell_of_the_table_has_combinations_and_they_get_its_messages() -> None:
    met = set()
    for answers in COMBINATIONS:
        if answers.exposure is not None:
            row, cell = path(answers), column(answers)
            met.add((row, cell))
            assert messages(answers) == ids(TABLE[row][cell]), answers

    assert met == {(row, cell) for row, cells in TABLE.items() for cell in range(5) if cells[cell]}


def test_no_combination_is_without_a_message_and_the_early_stops_are_counted() -> None:
    counts = Counter(messages(answers) for answers in COMBINATIONS)

    assert frozenset() not in counts
    assert counts[ids("M1")] == 1
    assert counts[ids("M2")] == (5 + 1) + 11 * (8 + 1)
    assert counts[ids("M3")] == 1
    assert counts[ids("M4")] == (5 + 1) + 10 * (3 + 1)
    assert counts[ids("M7")] == 44 * 2 * 3 + 44 * 2 * 2 * 8


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (replace(WORST, ill=False), "M1"),
        (WORST, "M2"),
        (replace(WORST, life_threatening=frozenset()), "M4"),
        (CALM, "M7"),
        (replace(CALM, long_term_care=False), "M9+M6"),
        (replace(CALM, long_term_care=False, health_worker=False), "M5"),
        (replace(CALM, long_term_care=False, health_worker=False, conditions=frozenset()), "M8"),
        (replace(CALM, exposure="none", long_term_care=False), "M5+M6"),
        (replace(CALM, exposure="none", symptoms=frozenset({"other"})), "M10"),
        (replace(CALM, exposure="area", symptoms=frozenset({"other"})), "M7"),
    ],
)
def test_an_earlier_question_decides_before_a_later_one(answers: Answers, expected: str) -> None:
    assert messages(answers) == ids(expected)


@pytest.mark.parametrize("age", AGES[1:])
def test_a_health_setting_counts_from_19_years(age: Age) -> None:
    worker = replace(CALM, age=age, long_term_care=False, conditions=frozenset())

    assert messages(worker) == ids("M8" if age in ("2–4", "5–9", "10–18") else "M9+M6")


@pytest.mark.parametrize("age", AGES[1:])
@pytest.mark.parametrize("gender", ["male", "female", "other"])
def test_pregnancy_counts_only_where_it_is_asked(age: Age, gender: Gender) -> None:
    person = replace(CALM, age=age, gender=gender, long_term_care=False, health_worker=False)
    asked = gender != "male" and age in ("10–18", "19–29", "30–39", "40–49", "50–59")

    assert messages(person) == ids("M5" if asked else "M8")


@pytest.mark.parametrize(
    ("age", "life_threatening", "urgent", "expected"),
    [
        ("<2", INFANT_SIGNS, frozenset(), "M2"),
        ("<2", LIFE_THREATENING_SIGNS - INFANT_SIGNS, TODDLER_URGENT_SIGNS, "M3"),
        ("2–4", INFANT_SIGNS - LIFE_THREATENING_SIGNS, frozenset(), "M7"),
        ("2–4", frozenset(), TODDLER_URGENT_SIGNS - URGENT_SIGNS, "M4"),
        ("5–9", frozenset(), TODDLER_URGENT_SIGNS - URGENT_SIGNS, "M7"),
    ],
)
def test_signs_count_only_at_the_ages_that_are_asked_about_them(
    age: Age, life_threatening: frozenset[str], urgent: frozenset[str], expected: str
) -> None:
    answers = replace(CALM, age=age, life_threatening=life_threatening, urgent=urgent)

    assert messages(answers) == ids(expected)


def test_another_symptom_beside_cough_is_still_one_symptom() -> None:
    cough = replace(CALM, exposure="none", long_term_care=False, symptoms=frozenset({"cough", "other"}))

    assert messages(cough) == ids("M8+M6")


def test_an_ill_person_without_an_age_is_refused() -> None:
    with pytest.raises(ValueError, match="Q3"):
        messages(Answers(ill=True))
