"""Documents at the desk: the list, one document, several files at once, and asking as a member of staff."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from tests.core.japan.test_laws import FEES as BYLAW
from tests.core.text import nasty
from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import flow
from tests.services.knowledge.town import FEES, add, note, town
from yuimaru.foundation.people.models import Section
from yuimaru.services.knowledge import actions, queries
from yuimaru.services.knowledge.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

LIST, ASK = "/desk/documents/", "/desk/ask"
QUESTION = "粗大ごみの手数料はいくらですか"
DAY = timedelta(days=1)


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def added(code: str = cast.OUMI, text: str = FEES, name: str = "sodai.md", **facts: object) -> UUID:
    with town(code) as (owner, system):
        if name_of := facts.pop("section_name", None):
            facts["section"] = Section.objects.get(name=name_of)
        return add(owner, system, note(name, text, **facts), at=flow.NOW).added[0].id


def test_the_list_is_narrowed_by_words_section_audience_and_state(sign_in: SignIn) -> None:
    near = flow.TODAY + timedelta(days=20)
    added(title="粗大ごみ", section_name="環境課")
    added(name="b.md", title="窓口のマニュアル", audience="staff", label="取扱注意")
    added(name="c.md", title="夏の催し", valid_to=near)
    gone = added(name="d.md", title="古い案内")
    with town() as (_, system):
        actions.withdraw(document_id=gone, by=system, at=flow.NOW)
    client = sign_in("oumi-clerk")
    everything = page(client, LIST)
    for words in ("粗大ごみ", "窓口のマニュアル", "（取扱注意）", "期限間近"):
        assert words in everything
    assert "古い案内" not in everything
    for asked, expected in {
        "q=マニュアル": {"窓口のマニュアル"},
        "section=環境課": {"粗大ごみ"},
        "audience=staff": {"窓口のマニュアル"},
        "state=near": {"夏の催し"},
        "state=review": {"夏の催し"},
        "state=withdrawn": {"古い案内"},
        "state=expired": set(),
        "state=x": {"粗大ごみ", "窓口のマニュアル", "夏の催し"},
    }.items():
        shown = page(client, f"{LIST}?{asked}")
        titles = {
            title
            for title in ("粗大ごみ", "窓口のマニュアル", "夏の催し", "古い案内")
            if f">{title}</a>" in shown
        }
        assert titles == expected, asked


def test_a_section_s_document_is_known_to_its_members_and_closed_even_to_who_manages(sign_in: SignIn) -> None:
    document = added(audience="section", section_name="環境課", label="部外秘")
    address = f"{LIST}{document}"
    assert "300円" in page(sign_in("oumi-waste"), address)
    page(sign_in("oumi-clerk"), address, 404)
    managed = page(sign_in("oumi-admin"), address)
    assert "300円" not in managed
    assert "担当の所属の職員だけが読める文書です" in managed
    assert sign_in("oumi-admin").get(f"{address}/file").status_code == 404
    assert sign_in("oumi-waste").get(f"{address}/file").content == FEES.encode()
    assert "sodai" not in page(sign_in("oumi-clerk"), LIST)


def test_asking_as_staff_opens_the_desk_s_own_page_at_the_place(sign_in: SignIn) -> None:
    document = added(audience="staff")
    client = sign_in("oumi-clerk")
    shown = page(client, f"{ASK}?q={QUESTION}")
    assert "粗大ごみの手数料は、1点につき300円です。" in shown
    place = re.search(rf"{LIST}{document}\?s=\d+-\d+(?=#p-1)", shown)
    assert place is not None
    opened = page(client, place[0])
    assert 'class="passage shown" id="p-1"' in opened
    assert "</span>粗大ごみの手数料は、1点につき300円です。<span" in opened, "the quote is marked"
    assert "文書に答えが見つかりませんでした" in page(client, f"{ASK}?q=おすすめの映画")
    assert "300円" not in page(sign_in("midorino-clerk"), f"{ASK}?q={QUESTION}")
    assert "300円" not in page(Client(), f"/m/{cast.OUMI}/ask?q={QUESTION}")
    assert "文書に尋ねる" in page(client, ASK)


def test_several_files_at_once_each_refusal_by_its_name(sign_in: SignIn) -> None:
    client = sign_in("oumi-admin")
    files = [
        SimpleUploadedFile("a.md", FEES.encode()),
        SimpleUploadedFile("b.md", FEES.replace("300", "400").encode()),
        SimpleUploadedFile("c.pdf", nasty.encrypted_pdf()),
    ]
    told = {"audience": "staff", "label": "庁内限り", "section": "環境課", "valid_from": "20261101"}
    response = client.post(f"{LIST}add", {"files": files, **told})
    shown = response.content.decode()
    assert response.status_code == 200
    for words in (
        "文書を2件登録しました",
        "登録できなかったファイルが1件あります",
        "c.pdf",
        "パスワード付き",
    ):
        assert words in shown
    with town() as (owner, _):
        known = queries.list_documents(owner)
        assert {(one.name, one.audience, one.label) for one in known} == {
            ("a.md", "staff", "庁内限り"),
            ("b.md", "staff", "庁内限り"),
        }


def test_copies_and_what_nobody_sees_are_told(sign_in: SignIn) -> None:
    added(title="粗大ごみ")
    hidden = f"{FEES}\n\n係の\u200bメモ\n"
    files = [
        SimpleUploadedFile("写し.md", FEES.encode()),
        SimpleUploadedFile("隠し.md", hidden.replace("300円", "400円").encode()),
    ]
    client = sign_in("oumi-admin")
    shown = client.post("/desk/documents/add", {"files": files, "audience": "public"}).content.decode()
    assert "写し.md：sodai.mdと同じ内容のため、登録していません" in shown
    assert "見えない文字を1か所で除きました" in shown
    with town() as (owner, _):
        assert sorted(Document.objects.filter(owner=owner).values_list("name", flat=True)) == [
            "sodai.md",
            "隠し.md",
        ]


@pytest.mark.parametrize(
    ("told", "anchor"),
    [
        ({"audience": "public", "label": "部外秘"}, "#label"),
        ({"audience": "section"}, "#section"),
        ({"audience": "public", "valid_from": "x"}, "#valid_from"),
        ({"audience": "x"}, "#audience"),
        ({"audience": "public"}, "#files"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(sign_in: SignIn, told: dict[str, str], anchor: str) -> None:
    response = sign_in("oumi-admin").post(f"{LIST}add", told)
    assert response.status_code == 422
    assert f'href="{anchor}"' in response.content.decode()
    assert sign_in("oumi-clerk").get(f"{LIST}add").status_code == 403


def test_facts_change_and_a_document_is_withdrawn_once_confirmed(sign_in: SignIn) -> None:
    document = added()
    address = f"{LIST}{document}"
    client = sign_in("oumi-admin")
    told = {"audience": "staff", "label": "", "section": "", "valid_from": "20260401", "valid_to": "20270331"}
    assert client.post(f"{address}/change", {**told, "label": "部外秘"}).status_code == 422
    assert client.post(f"{address}/change", told).status_code == 303
    assert "令和9年3月31日" in page(client, address)
    assert sign_in("oumi-clerk").post(f"{address}/change", told).status_code == 403
    assert client.post(f"{address}/withdraw").status_code == 422
    assert client.post(f"{address}/withdraw", {"sure": "yes"}).status_code == 303
    assert "取下げ" in page(client, address)
    assert client.post(f"{address}/withdraw", {"sure": "yes"}).status_code == 404
    with town() as (_, _system):
        assert Document.objects.get(pk=document).withdrawn_at is not None


def test_the_centre_shares_and_a_member_declines(sign_in: SignIn) -> None:
    document = added(cast.CONSORTIUM)
    address = f"{LIST}{document}"
    member = sign_in("oumi-admin")
    page(member, address, 404)
    assert sign_in("shiomi-admin").post(f"{address}/share", {"share": "yes"}).status_code == 303
    shown = page(member, address)
    assert "汐見県共同利用団体" in shown
    assert "300円" in shown
    assert member.get(f"{address}/file").status_code == 404
    for path in ("change", "withdraw", "share"):
        assert member.post(f"{address}/{path}", {"sure": "yes", "share": "no"}).status_code == 404
    assert "使わない理由を入力してください" in member.post(f"{address}/use", {"reason": ""}).content.decode()
    assert member.post(f"{address}/use", {"reason": "市の料金と違う"}).status_code == 303
    assert "市の料金と違う" in page(member, address)
    assert "この団体では使わない" in page(member, LIST)
    assert member.post(f"{address}/use", {"use": "yes"}).status_code == 303
    assert "この団体では使わない" not in page(member, LIST)
    assert sign_in("oumi-clerk").post(f"{address}/use", {"reason": "x"}).status_code == 403
    page(sign_in("centre-agent"), address, 404)


def test_what_is_to_be_reviewed_is_confirmed_by_who_manages(sign_in: SignIn) -> None:
    added(text=BYLAW, name="reiki.md", title="青海市手数料条例")
    added(text="# 証明書\n\n手数料は青海市手数料条例第2条のとおりです。\n", name="shomei.md")
    with town() as (owner, system):
        later = note("reiki.md", BYLAW.replace("申請のときに", "交付のときに"), title="青海市手数料条例")
        (new,) = add(owner, system, later, at=flow.NOW + DAY / 48).added
    client = sign_in("oumi-admin")
    shown = page(client, f"{LIST}review")
    assert "引用している条文が変わりました" in shown
    assert "青海市手数料条例第2条" in shown
    assert "前の版から変わった条文" in page(client, f"{LIST}{new.id}")
    subject = shown.partition('name="subject" value="')[2].partition('"')[0]
    cause = shown.partition('name="cause" value="')[2].partition('"')[0]
    told = {"subject": subject, "cause": cause}
    assert "確認した" not in page(sign_in("oumi-clerk"), f"{LIST}review").partition("<table")[2]
    assert sign_in("oumi-clerk").post(f"{LIST}review", told).status_code == 403
    assert client.post(f"{LIST}review", told).status_code == 303
    assert "見直しが必要なものはありません" in page(client, f"{LIST}review")
    assert client.post(f"{LIST}review", {"subject": "?", "cause": "?"}).status_code == 404


def test_what_names_an_article_and_noting_that_it_changed(sign_in: SignIn) -> None:
    added(
        text="# 手当\n\n児童手当法第４条第1項に当たる方に支給します。\n", name="teate.md", title="手当の案内"
    )
    client = sign_in("oumi-admin")
    assert "児童手当法" in page(client, f"{LIST}articles")
    shown = page(client, f"{LIST}articles?law=児童手当法&article=4")
    assert "手当の案内" in shown
    assert "第4条第1項" in shown
    assert "引用しているものはありません" in page(client, f"{LIST}articles?law=児童手当法&article=99")
    assert client.post(f"{LIST}articles", {"law": "手当", "article": "4"}).status_code == 422
    assert client.post(f"{LIST}articles", {"law": "児童手当法", "article": "第4条"}).status_code == 303
    review = page(client, f"{LIST}review")
    assert "手当の案内" in review
    assert "児童手当法第4条" in review
    assert (
        sign_in("oumi-clerk").post(f"{LIST}articles", {"law": "児童手当法", "article": "4"}).status_code
        == 403
    )
