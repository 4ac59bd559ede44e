"""The same thing twice is told and taken in once; what is nearly the same is told as well."""

from __future__ import annotations

import pytest

from tests.core.text import mails
from tests.core.text.test_site import PAGES, page
from tests.hostile.test_archives import packed
from tests.services.knowledge.town import AT, FEES, note, town
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.knowledge import actions, queries
from yuimaru.services.knowledge.actions import Incoming, Intake

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]


def _once(owner: Organisation, actor: Actor, *items: Incoming) -> Intake:
    return actions.add_documents(owner=owner, items=items, by=actor, at=AT, keep_duplicates=False)


def test_the_same_file_under_another_name() -> None:
    with town() as (owner, actor):
        first = _once(owner, actor, note("a.md"), note("b.md"))
        second = _once(owner, actor, note("c.md"))
        assert [added.name for added in first.added] == ["a.md"]
        assert [(copy.name, copy.of) for copy in first.duplicates + second.duplicates] == [
            ("b.md", "a.md"), ("c.md", "a.md"),
        ]  # fmt: skip
        kept = actions.add_documents(owner=owner, items=[note("c.md")], by=actor, at=AT)
        assert [added.name for added in kept.added] == ["c.md"]


def test_a_revision_is_no_copy_even_of_another_document() -> None:
    with town() as (owner, actor):
        _once(owner, actor, note("a.md"), note("b.md", FEES.replace("300", "500")))
        again = _once(owner, actor, note("b.md"))
        assert [(added.name, added.revision) for added in again.added] == [("b.md", 2)]


def test_nearly_the_same_is_taken_and_told() -> None:
    passages = "\n\n".join(f"## 第{number}\n\n{number}番の窓口は{number}階です。" for number in range(1, 41))
    with town() as (owner, actor):
        _once(owner, actor, note("a.md", passages))
        intake = _once(owner, actor, note("b.md", passages.replace("40番の", "41番の")), note("c.md"))
        assert [added.name for added in intake.added] == ["b.md", "c.md"]
        assert [(copy.name, copy.of, round(copy.share, 3)) for copy in intake.alike] == [
            ("b.md", "a.md", 0.975)
        ]


def test_a_site_in_a_zip() -> None:
    site = [(name, page(*told)) for name, told in PAGES.items()]
    again = ("index.html?lang=ja.html", page(*PAGES["index.html"]) + b"<!-- x -->")
    with town() as (owner, actor):
        content = packed(*site, again)
        intake = _once(owner, actor, Incoming("site.zip", content, as_folder=True))
        assert {added.name for added in intake.added} == {*PAGES, "窓口/good.md"}
        assert [(copy.name, copy.of) for copy in intake.duplicates] == [
            ("index.html?lang=ja.html", "index.html")
        ]
        document = queries.list_documents(owner).get(name="kosodate/teate.html")
        assert document.title == "児童手当"
        assert "Copyright" not in document.text
        assert document.findings["updated"] == "2026-04-01"
        assert ["粗大ごみ", "kurashi/gomi.html"] in document.findings["links"]


def test_one_changed_page_is_still_told_from_its_site() -> None:
    site = [Incoming(name, page(*told)) for name, told in PAGES.items()]
    with town() as (owner, actor):
        _once(owner, actor, *site)
        changed = Incoming("kurashi/gomi.html", page("粗大ごみ", "手数料は1点につき400円です。"))
        intake = _once(owner, actor, *(item for item in site if item.name != changed.name), changed)
        assert [(added.name, added.revision) for added in intake.added] == [("kurashi/gomi.html", 2)]
        assert "Copyright" not in queries.get_document(intake.added[0].id).text


def test_a_mail_and_what_is_attached() -> None:
    mail = Incoming("6月.eml", mails.with_attachments())
    with town() as (owner, actor):
        intake = _once(owner, actor, mail)
        assert [added.name for added in intake.added] == [
            "6月.eml", "6月.eml/_要領.pdf", "6月.eml/様式.md", "6月.eml/様式 (2).md", "6月.eml/元のメール.eml",
        ]  # fmt: skip
        assert not intake.refused
        assert _once(owner, actor, mail).unchanged == ["6月.eml"]


def test_hidden_words_are_counted_with_the_document() -> None:
    with town() as (owner, actor):
        (added,) = _once(owner, actor, note("a.md", "# 窓口\n\n平日に\u200b開いて\u202eいます。\n")).added
        assert added.flagged == {"zero_width": 1, "bidi": 1}
        assert queries.get_document(added.id).findings == {"flagged": {"zero_width": 1, "bidi": 1}}
