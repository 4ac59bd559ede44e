"""What stands for a question's words: only as a whole, and only for the words that it stands for."""

from __future__ import annotations

from yuimaru.services.knowledge.rules.senses import Senses, StandIn

SENSES = Senses(
    (
        StandIn(frozenset({"ソファー"}), frozenset({"粗大", "ごみ"})),
        StandIn(frozenset({"引っ越す", "来る"}), frozenset({"転入"})),
    )
)


def test_official_terms_tell_the_everyday_word_only_as_a_whole() -> None:
    assert "ソファー" in SENSES.told(frozenset({"粗大", "ごみ", "手数"}))
    assert "ソファー" not in SENSES.told(frozenset({"ごみ", "手数"}))
    assert SENSES.told(frozenset({"転入"})) == {"転入", "引っ越す", "来る"}


def test_a_word_is_held_where_its_stand_in_is() -> None:
    held = {"ソファー": 0, "粗大": 5, "ごみ": 9, "引っ越す": 2, "来る": 1, "転入": 1, "手数": 3}
    assert SENSES.held(["ソファー", "引っ越す", "手数"], held) == {"ソファー": 5, "引っ越す": 2, "手数": 3}


def test_without_stand_ins_words_stand_for_themselves() -> None:
    assert Senses().told(frozenset({"転入"})) == {"転入"}
    assert Senses().words == frozenset()
