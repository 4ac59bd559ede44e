"""Every kata that is published here is whole: checked, proved by its examples, in both languages, and listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from yuimaru.core.kata.check import check
from yuimaru.core.kata.examples import run_all
from yuimaru.core.kata.package import Loaded, load
from yuimaru.core.kata.paths import texts
from yuimaru.services.catalogue.rules import effective

KATAS = sorted(path.parent for path in Path("katas").glob("*/kata.yaml"))
LIST = Path("docs/reference/katas.md")


@pytest.fixture(scope="module", params=KATAS, ids=lambda folder: folder.name)
def loaded(request: pytest.FixtureRequest) -> Loaded:
    return load(request.param)


def test_the_check_has_nothing_to_say(loaded: Loaded) -> None:
    assert [problem.message_ja for problem in check(loaded.package, loaded.sources)] == []


def test_examples_hold_and_reach_everything(loaded: Loaded) -> None:
    report = run_all(loaded.package)
    assert [(result.id, result.failures) for result in report.failed] == []
    assert report.coverage.unreached == []


@pytest.mark.parametrize("bound", ["min", "max"])
def test_examples_hold_whatever_a_municipality_sets(loaded: Loaded, bound: str) -> None:
    """An adoption runs the examples with its own values: an example that needs one names it."""
    params = loaded.package.kata.params
    numbers = {each.id: getattr(each, bound) for each in params if each.type == "int"}
    flags = {each.id: not each.default for each in params if each.type == "yesno"}
    texts = {each.id: "別の名前" for each in params if each.type == "text"}
    set_here = {**{name: value for name, value in numbers.items() if value is not None}, **flags, **texts}
    report = run_all(effective(loaded.package, set_here))
    assert [(result.id, result.failures) for result in report.failed] == []


def test_every_text_and_guidance_stands_in_english_and_easy_japanese_too(loaded: Loaded) -> None:
    assert texts(loaded.package.kata).keys() == loaded.package.i18n["en"].keys()
    assert loaded.package.guidance.keys() == {"ja", "easy", "en"}
    assert loaded.package.kata.life_events or loaded.package.kata.kind != "procedure"


def test_a_refusal_gives_reasons_and_says_where_to_complain(loaded: Loaded) -> None:
    kata = loaded.package.kata
    notices = {notice.id: notice.body for notice in kata.notices}
    for step in kata.workflow.steps if kata.workflow else ():
        if step.end == "rejected" and step.nature == "disposition":
            told = "".join(notices[name] for name in step.notify)
            assert all(
                words in told for words in ("«理由»", "審査請求", "«審査請求先»", "«訴訟の被告»", "3か月")
            )


def test_the_list_names_every_kata_and_no_other() -> None:
    rows = [
        line.split("|")[1:3]
        for line in LIST.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    kata = [load(folder).package.kata for folder in KATAS]
    assert [[cell.strip() for cell in row] for row in rows] == [
        [f"`{each.kata}`", each.title] for each in kata
    ]
