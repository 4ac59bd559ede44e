"""Two editions of a document at the desk, and its excerpt: what is told, who may read it, where the links lead."""

from __future__ import annotations

import json
import re
from html import unescape
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from django.test import Client

from tests import cast
from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import flow
from tests.services.knowledge.town import add, note, town
from yuimaru.foundation.people.models import Section
from yuimaru.interfaces.cli import knowledge_life
from yuimaru.services.knowledge import actions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

BEFORE = """# 医療費の助成

## 対象

18歳未満の児童を養育する方に助成します。

## 申請

申請は10月31日までです。手数料は300円です。申請書は窓口にあります。係が説明します。
"""
AFTER = """# 医療費の助成

## 対象

18歳未満の児童を養育する方に助成します。所得の制限はありません。

## 申請

申請は12月26日までです。手数料は500円です。申請書は窓口にあります。
"""
LIST = "/desk/documents/"


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return unescape(response.content.decode())


def revised(*texts: str, code: str = cast.OUMI, **facts: object) -> list[UUID]:
    """The editions of one document, the oldest first."""
    with town(code) as (owner, system):
        if section := facts.pop("section_name", None):
            facts["section"] = Section.objects.get(name=section)
        return [
            add(owner, system, note("iryouhi.md", text, **facts), at=flow.NOW).added[0].id for text in texts
        ]


def test_the_page_says_in_words_what_changed_marks_it_and_leads_to_the_place(sign_in: SignIn) -> None:
    old, new = revised(BEFORE, AFTER)
    client = sign_in("oumi-clerk")
    assert f'href="{LIST}{new}/compare"' in page(client, f"{LIST}{new}")
    shown = page(client, f"{LIST}{new}/compare")
    assert "金額が1か所、日付・期限が1か所変わりました。" in shown
    assert "<del>300円</del>" in shown
    assert "<ins>500円</ins>" in shown
    assert "18歳未満の児童を養育する方に助成します。" not in shown, "what stayed is not told"
    assert shown.index("<ins>500円</ins>") < shown.index("<ins>12月26日</ins>"), "money before dates"
    for words in (
        "加わった文",
        "所得の制限はありません。",
        "なくなった文",
        "係が説明します。",
        "書かれていません",
    ):
        assert words in shown
    for document, words in ((old, "手数料は300円です。"), (new, "手数料は500円です。")):
        places = re.findall(rf"{LIST}{document}\?s=\d+-\d+(?=#p-\d)", shown)
        assert any(f"</span>{words}<span" in page(client, place) for place in places), words


def test_any_edition_can_be_chosen_and_the_older_one_stands_first(sign_in: SignIn) -> None:
    first, second, third = revised(BEFORE, AFTER, AFTER.replace("500円", "700円"))
    client = sign_in("oumi-clerk")
    assert "<del>500円</del>" in page(client, f"{LIST}{third}/compare")
    for address in (f"{LIST}{third}/compare?with={first}", f"{LIST}{first}/compare?with={third}"):
        shown = page(client, address)
        assert "<del>300円</del>" in shown
        assert "<ins>700円</ins>" in shown
    assert f'<option value="{second}"' in shown
    assert "変わった文はありません" in page(client, f"{LIST}{third}/compare?with={third}")
    assert "前の版がありません" in page(client, f"{LIST}{first}/compare")


def test_another_document_another_town_and_what_is_no_id_are_unknown(sign_in: SignIn) -> None:
    _, new = revised(BEFORE, AFTER)
    (foreign,) = revised(BEFORE, code=cast.MIDORINO)
    with town() as (owner, system):
        other = add(owner, system, note("other.md", AFTER.replace("500", "900")), at=flow.NOW).added[0].id
    client = sign_in("oumi-clerk")
    unknown = client.get(f"{LIST}{new}/compare?with={uuid4()}")
    for wanted in (other, foreign, "x", "1%00"):
        assert client.get(f"{LIST}{new}/compare?with={wanted}").status_code in (400, 404), wanted
    assert client.get(f"{LIST}{new}/compare?with={foreign}").content == unknown.content
    for name in ("compare", "summary"):
        page(client, f"{LIST}{foreign}/{name}", 404)
        page(sign_in("midorino-clerk"), f"{LIST}{new}/{name}", 404)
        assert Client().get(f"{LIST}{new}/{name}").status_code == 302


def test_a_section_s_document_is_compared_and_excerpted_by_its_members_alone(sign_in: SignIn) -> None:
    old, new = revised(BEFORE, AFTER, audience="section", section_name="環境課")
    for name in ("compare", f"compare?with={old}", "summary"):
        page(sign_in("oumi-waste"), f"{LIST}{new}/{name}")
        for stranger in ("oumi-clerk", "oumi-admin"):
            page(sign_in(stranger), f"{LIST}{new}/{name}", 404)
    assert "/compare" not in page(sign_in("oumi-admin"), f"{LIST}{new}")


def test_a_public_edition_is_not_compared_with_one_that_was_a_section_s(sign_in: SignIn) -> None:
    with town() as (owner, system):
        waste = Section.objects.get(name="環境課")
        old = add(
            owner, system, note("iryouhi.md", BEFORE, audience="section", section=waste), at=flow.NOW
        ).added[0]
        new = add(owner, system, note("iryouhi.md", AFTER, audience="public"), at=flow.NOW).added[0]
    clerk = sign_in("oumi-clerk")
    shown = page(clerk, f"{LIST}{new.id}/compare")
    assert "前の版がありません" in shown
    assert "300円" not in shown
    page(clerk, f"{LIST}{new.id}/compare?with={old.id}", 404)
    assert "<del>300円</del>" in page(sign_in("oumi-waste"), f"{LIST}{new.id}/compare")


def test_a_member_compares_the_editions_of_a_shared_document(sign_in: SignIn) -> None:
    old, new = revised(BEFORE, AFTER, code=cast.CONSORTIUM)
    client = sign_in("oumi-clerk")
    page(client, f"{LIST}{new}/compare", 404)
    with town(cast.CONSORTIUM) as (_, system):
        actions.share(document_id=new, on=True, by=system, at=flow.NOW)
    shown = page(client, f"{LIST}{new}/compare")
    assert "前の版がありません" in shown, "the edition before was never shared"
    page(client, f"{LIST}{new}/compare?with={old}", 404)


def test_the_excerpt_quotes_the_document_and_says_so(sign_in: SignIn) -> None:
    _, new = revised(BEFORE, AFTER)
    client = sign_in("oumi-clerk")
    assert f'href="{LIST}{new}/summary"' in page(client, f"{LIST}{new}")
    shown = page(client, f"{LIST}{new}/summary")
    assert "新しく書いた文はありません" in shown
    quoted = re.findall(r'<p class="written" lang="ja">(.+?)</p>', shown)
    assert 1 <= len(quoted) <= 7
    assert all(sentence in AFTER for sentence in quoted)
    places = re.findall(rf"{LIST}{new}\?s=\d+-\d+(?=#p-\d)", shown)
    assert len(places) == len(quoted)
    assert f"</span>{quoted[0]}<span" in page(client, places[0])


def test_both_pages_speak_english(sign_in: SignIn) -> None:
    _, new = revised(BEFORE, AFTER)
    client = sign_in("oumi-clerk")
    assert "Changed: Amount in 1 place, Date or period in 1 place." in page(
        client, f"{LIST}{new}/compare?lang=en"
    )
    assert "Nothing was written anew" in page(client, f"{LIST}{new}/summary?lang=en")


def test_the_command_tells_the_same_and_refuses_two_documents() -> None:
    old, new = revised(BEFORE, AFTER)
    with town() as (owner, system):
        other = add(owner, system, note("other.md", AFTER.replace("500", "900")), at=flow.NOW).added[0].id
    told = CliRunner().invoke(knowledge_life.compare, [str(new), str(old), "--json"])
    report = json.loads(told.stdout)
    assert (told.exit_code, report["before"], report["after"]) == (0, 1, 2)
    assert report["changes"][0]["facts"] == ["money"]
    assert (report["changes"][0]["before"], report["changes"][0]["after"]) == (
        "手数料は300円です。",
        "手数料は500円です。",
    )
    assert "300円" in CliRunner().invoke(knowledge_life.compare, [str(new), str(old)]).stdout
    refused = CliRunner().invoke(knowledge_life.compare, [str(new), str(other)])
    assert refused.exit_code == 2
    assert str(other) in refused.stderr
