"""「はじめる」 in the browser: who may, what is refused in words, what happens once, and what residents see until then."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import inquiry
from yuimaru.core.kata.models import Package
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.people.models import Assignment, Post, Section, User
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Mandate, Organisation
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.catalogue.models import Adoption
from yuimaru.services.catalogue.queries import latest_publication
from yuimaru.services.knowledge.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

HANANO = "990043"
PASSWORD = "山と川と海と空の歌声"
FOUNDING = {
    "founding.code": HANANO,
    "founding.name": "花野町",
    "founding.kana": "はなのちょう",
    "founding.kind": "town",
    "section.name": "総合窓口",
    "section.phone": "0599-43-0100",
    "administrator.name": "花城 結",
    "administrator.post": "情報担当",
    "administrator.login": "hanano-admin",
}
FACTS = {
    "name": "花野町",
    "kana": "はなのちょう",
    "name_en": "",
    "postal_code": "999-0443",
    "address": "汐見県花野町中央2-1",
    "phone": "0599-43-0000",
    "hours": "平日 午前8時30分〜午後5時15分",
    "hours_en": "",
    "closing_days": "土曜日、日曜日、祝日",
    "own_closing_days": "",
    "population": "12400",
    "theme": "green",
}


@pytest.fixture
def admin(sign_in: SignIn) -> Client:
    """The administrator of a town that the consortium has just started."""
    assert sign_in("shiomi-admin").post(reverse("desk:joining_start"), FOUNDING).status_code == 303
    return sign_in("hanano-admin")


def text(response: Any) -> str:
    body: str = response.content.decode()
    return body


def post(client: Client, route: str, data: dict[str, Any], *args: object) -> Any:
    return client.post(reverse(route, args=args), data)


def section_rows(*rows: dict[str, str]) -> dict[str, Any]:
    """Rows as the page of sections sends them."""
    empty = {"id": "", "name": "", "phone": "", "duties": "", "place": ""}
    filled = [{**empty, **row} for row in rows]
    fields = {
        f"{place}.{name}": row[name] for place, row in enumerate(filled) for name in empty if name != "id"
    }
    return {**fields, "id": [row["id"] for row in filled]}


def person(place: int, **fields: str) -> dict[str, str]:
    return {f"{place}.{name}": value for name, value in fields.items()}


def clerk(place: int = 0, login: str = "hanano-clerk") -> dict[str, str]:
    return person(
        place, name="比屋根 朝陽", section="総合窓口", post="窓口係 主事", role="clerk", login=login
    )


def test_a_consortium_starts_a_town_and_is_told_the_address_once(sign_in: SignIn) -> None:
    consortium = sign_in("shiomi-admin")
    assert post(consortium, "desk:joining_start", FOUNDING).headers["Location"] == reverse("desk:joining")
    shown = text(consortium.get(reverse("desk:joining")))
    assert "/accounts/first/" in shown
    assert "準備中" in shown
    assert "/accounts/first/" not in text(consortium.get(reverse("desk:joining")))
    town = get_municipality(HANANO)
    assert (town.parent.code if town.parent else "", town.is_public) == (cast.CONSORTIUM, False)
    with scope(Actor.system(town)):
        assert Section.objects.get().is_general
        assert Post.objects.get().role == "municipality-admin"
    events = {entry.kind for entry in audit.latest(town.pk, 20)}
    assert {"organisation.registered", "person.added", "person.invited"} <= events
    [started] = [each for each in audit.latest(town.parent_id or 0, 5) if each.kind == "municipality.started"]
    assert started.by.startswith("person:")


def test_starting_twice_is_one_town(sign_in: SignIn) -> None:
    consortium = sign_in("shiomi-admin")
    for _time in range(2):
        assert post(consortium, "desk:joining_start", FOUNDING).status_code == 303
    assert Organisation.objects.filter(code=HANANO).count() == 1
    assert User.objects.filter(login="hanano-admin").count() == 1
    assert Assignment.objects.filter(organisation__code=HANANO).count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("founding.code", "990044", "検査数字まで含めた6けた"),
        ("founding.code", cast.OUMI, "もう登録されています"),
        ("founding.code", "", "「全国地方公共団体コード」を入力してください。"),
        ("founding.kind", "operator", "「種類」を選んでください。"),
        ("founding.kana", "花野町", "ひらがなかカタカナ"),
        ("section.phone", "0599", "けた数が足りません"),
        ("section.name", "", "「所属の名前」を入力してください。"),
        ("administrator.login", "oumi-admin", "もう使われています"),
        ("administrator.login", "花", "半角の英小文字"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(
    sign_in: SignIn, field: str, value: str, words: str
) -> None:
    before = Organisation.objects.count(), User.objects.count()
    answer = text(post(sign_in("shiomi-admin"), "desk:joining_start", {**FOUNDING, field: value}))
    assert words in answer
    assert f'href="#{field}"' in answer
    assert 'value="0599-43-0100"' in answer or field == "section.phone", "what was typed stays"
    assert (Organisation.objects.count(), User.objects.count()) == before


def test_who_may_not_finds_a_refusal_or_nothing(sign_in: SignIn, admin: Client) -> None:
    pages = [
        "desk:joining_body", "desk:joining_sections", "desk:joining_staff", "desk:joining_katas",
        "desk:joining_mandates", "desk:joining_documents", "desk:joining_opening",
    ]  # fmt: skip
    for page in pages:
        assert sign_in("oumi-clerk").get(reverse(page)).status_code == 403, page
        assert sign_in("centre-lead").get(reverse(page)).status_code == 404, page
        assert sign_in("shiomi-admin").get(reverse(page)).status_code == 404, page
        assert Client().get(reverse(page)).status_code == 302, page
        assert admin.get(reverse(page)).status_code == 200, page
    assert sign_in("oumi-admin").get(reverse("desk:joining_start")).status_code == 404
    assert sign_in("shiomi-platform").get(reverse("desk:joining_start")).status_code == 403
    assert "はじめる" not in text(sign_in("oumi-clerk").get("/desk/"))


def test_the_facts_are_kept_as_they_were_typed(admin: Client) -> None:
    odd = "花野町か\u3099 "
    assert post(admin, "desk:joining_body", {**FACTS, "name": odd}).status_code == 303
    town = get_municipality(HANANO)
    assert (town.name, town.theme, town.population) == (odd, "green", 12400)
    count = len(audit.latest(town.pk, 50))
    assert post(admin, "desk:joining_body", {**FACTS, "name": odd}).status_code == 303
    assert len(audit.latest(town.pk, 50)) == count, "the same again is no act"
    assert "整数で書いてください" in text(post(admin, "desk:joining_body", {**FACTS, "population": "多い"}))
    assert "「住民の画面の色」を選んでください。" in text(
        post(admin, "desk:joining_body", {**FACTS, "theme": "pink"})
    )


def test_sections_are_added_changed_and_never_doubled(admin: Client) -> None:
    town = get_municipality(HANANO)
    with scope(Actor.system(town)):
        first = str(Section.objects.get().pk)
    rows = section_rows(
        {"id": first, "name": "総合案内", "phone": "0599-43-0100"},
        {"name": "子ども課", "phone": "０５９９－４３－０１３２", "duties": "児童手当"},
        {},
    )
    for _time in range(2):
        assert post(admin, "desk:joining_sections", rows).headers["Location"] == reverse("desk:joining_staff")
    with scope(Actor.system(town)):
        found = set(Section.objects.values_list("name", "phone", "is_general"))
    assert found == {("総合案内", "0599-43-0100", True), ("子ども課", "0599-43-0132", False)}
    taken = section_rows({"id": first, "name": "子ども課", "phone": "0599-43-0100"})
    assert "この名前の所属はもうあります" in text(post(admin, "desk:joining_sections", taken))


def test_a_section_of_another_town_does_not_exist(admin: Client) -> None:
    neighbour = get_municipality(cast.OUMI)
    with scope(Actor.system(neighbour)):
        foreign = str(Section.objects.filter(name="市民課").get().pk)
    answers = [
        post(admin, "desk:joining_sections", section_rows({"id": key, "name": "x", "phone": "0599-43-0100"}))
        for key in (foreign, "00000000-0000-7000-8000-000000000000", "x")
    ]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({answer.content for answer in answers}) == 1


def test_people_come_in_together_or_not_at_all(admin: Client) -> None:
    taken = {**clerk(), **clerk(1, login="oumi-clerk")}
    answer = text(post(admin, "desk:joining_staff", taken))
    assert "もう使われています" in answer
    assert 'href="#1.login"' in answer
    assert not User.objects.filter(login="hanano-clerk").exists()
    for _time in range(2):
        assert post(admin, "desk:joining_staff", clerk()).status_code == 303
    shown = text(admin.get(reverse("desk:joining_staff")))
    assert shown.count("/accounts/first/") == 1
    assert Assignment.objects.filter(organisation__code=HANANO).count() == 2
    assert post(admin, "desk:joining_staff", {**clerk(), "0.section": "無い課"}).status_code == 404


def test_an_address_is_given_anew_until_the_password_is_chosen(admin: Client, sign_in: SignIn) -> None:
    post(admin, "desk:joining_staff", clerk())
    user = User.objects.get(login="hanano-clerk")
    assert post(admin, "desk:joining_invite", {}, user.pk).status_code == 303
    shown = text(admin.get(reverse("desk:joining_staff")))
    address = shown.split('class="address">')[1].split("<")[0]
    assert Client().post(address, {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    assert post(admin, "desk:joining_invite", {}, user.pk).status_code == 404
    assert post(sign_in("oumi-admin"), "desk:joining_invite", {}, user.pk).status_code == 404
    assert post(admin, "desk:joining_invite", {}, User.objects.get(login="oumi-clerk").pk).status_code == 404


def adopted(admin: Client, **changed: str) -> Any:
    """Child allowance, as the page proposes it with some fields changed."""
    kata = Package.model_validate_json(latest_publication("jidou-teate").definition.text).kata
    proposed = {param.id: str(param.default) for param in kata.params}
    return post(admin, "desk:joining_kata", {**proposed, **changed}, "jidou-teate")


def test_a_kata_is_adopted_with_what_differs_from_its_defaults(admin: Client) -> None:
    town = get_municipality(HANANO)
    page = text(admin.get(reverse("desk:joining_kata", args=["jidou-teate"])))
    assert "7から30までの数です" in page
    assert "7から30までの数に" in text(adopted(admin, 補正期限日数="99"))
    assert "半角の数字で入力してください" in text(adopted(admin, 補正期限日数="十"))
    assert "を入力してください" in text(adopted(admin, 担当課=""))
    for _time in range(2):
        assert adopted(admin, 担当課="子ども課", 補正期限日数="10").status_code == 303
    with scope(Actor.system(town)):
        adoption = Adoption.objects.get()
    assert adoption.params == {"担当課": "子ども課", "補正期限日数": 10}
    assert admin.get(reverse("desk:joining_kata", args=["nothing-here"])).status_code == 404


def test_the_catalogue_says_what_is_for_staff(admin: Client, tmp_path: Path) -> None:
    page = text(admin.get(reverse("desk:joining_katas")))
    assert "児童手当 認定請求" in page
    told = page.count("職員の手続")
    inquiry.adopt(tmp_path, text=inquiry.TEXT.replace("summary:", "kind: staff\nsummary:"))
    assert text(admin.get(reverse("desk:joining_katas"))).count("職員の手続") == told + 1


def test_a_private_firm_never_decides(admin: Client) -> None:
    adopted(admin)
    terms = {
        "taker": cast.CENTRE, "title": "形式審査", "number": "第1号", "form": "outsourcing",
        "steps": ["形式審査", "決裁"], "fields": ["氏名"], "masked": [], "to": "",
    }  # fmt: skip
    refused = text(post(admin, "desk:joining_mandate", terms, "jidou-teate"))
    assert "民間委託では、決定を行う工程" in refused
    assert not Mandate.objects.filter(owner__code=HANANO).exists()
    sound = {**terms, "steps": ["形式審査"]}
    for _time in range(2):
        assert post(admin, "desk:joining_mandate", sound, "jidou-teate").status_code == 303
    assert Mandate.objects.filter(owner__code=HANANO).count() == 1
    for wrong in ({"taker": cast.OUMI}, {"steps": ["無い工程"]}, {"fields": ["無い項目"]}, {"to": "あした"}):
        answer = post(admin, "desk:joining_mandate", {**sound, "number": "第2号", **wrong}, "jidou-teate")
        assert answer.status_code == 200
        assert "errors-title" in text(answer)
    assert admin.get(reverse("desk:joining_mandate", args=["kansen-selfcheck"])).status_code == 404


def test_documents_are_handed_in_and_refused_by_name(admin: Client) -> None:
    good = SimpleUploadedFile("くらし.md", "# 案内\n\n窓口は平日に開いています。\n".encode())
    bad = SimpleUploadedFile("写真.exe", b"MZ")
    answer = text(admin.post(reverse("desk:joining_documents"), {"files": [good, bad]}))
    assert "写真.exe：" in answer
    assert "ファイルを選んでください" in text(admin.post(reverse("desk:joining_documents"), {}))
    with scope(Actor.system(get_municipality(HANANO))):
        assert Document.objects.get().name == "くらし.md"


def test_residents_come_in_only_after_publication(admin: Client, sign_in: SignIn) -> None:
    home = f"/m/{HANANO}/"
    unknown = text(Client().get("/m/990051/"))
    for stranger in (Client(), sign_in("oumi-admin"), sign_in("shiomi-admin")):
        hidden = stranger.get(home)
        assert hidden.status_code == 404
    assert text(Client().get(home)) == unknown
    assert "公開の前の確認です" in text(admin.get(home))
    asked = Client().post(f"/api/v1/m/{HANANO}/ask", {"question": "窓口"}, content_type="application/json")
    assert asked.status_code == 404
    assert admin.post(f"/m/{HANANO}/status", {"number": "x", "check": "1"}).status_code == 403
    too_early = text(admin.post(reverse("desk:joining_opening")))
    assert "所在地が入力されていません" in too_early
    assert not get_municipality(HANANO).is_public
    post(admin, "desk:joining_body", FACTS)
    admin.post(
        reverse("desk:joining_documents"),
        {"files": [SimpleUploadedFile("x.md", "# 案内\n\n窓口は平日に開いています。\n".encode())]},
    )
    for _time in range(2):
        assert admin.post(reverse("desk:joining_opening")).status_code == 303
    assert Client().get(home).status_code == 200
    assert "花野町" in text(Client().get("/"))
    opened = [each for each in audit.latest(get_municipality(HANANO).pk, 50) if each.kind == "portal.opened"]
    assert len(opened) == 1


def test_a_kata_left_as_it_came_is_remarked_upon(admin: Client) -> None:
    adopted(admin)
    remark = "「児童手当 認定請求」の設定が、型の初めの値のままです。"
    assert remark in text(admin.get(reverse("desk:joining_opening")))
    adopted(admin, 担当課="子ども課")
    assert remark not in text(admin.get(reverse("desk:joining_opening")))


def test_everything_is_there_in_english(admin: Client) -> None:
    admin.cookies["yuimaru_language"] = "en"
    page = text(admin.get(reverse("desk:joining")))
    assert "Looking over before publication" in page
    assert "The address is missing." in page
    wrong = text(post(admin, "desk:joining_body", {**FACTS, "phone": "12"}))
    assert "Enter the telephone number with its area code" in wrong


def test_closing_days_of_its_own_are_kept_in_one_form_and_shown_again(admin: Client) -> None:
    typed = "2026年12月28日 庁舎の点検\r\n11月3日　町制記念日\r\n"
    assert post(admin, "desk:joining_body", {**FACTS, "own_closing_days": typed}).status_code == 303
    town = Organisation.objects.get(code="990043")
    assert town.own_closing_days == "11-03 町制記念日\n2026-12-28 庁舎の点検"
    assert date(2031, 11, 3) in town.closed_on
    page = text(admin.get(reverse("desk:joining_body")))
    assert "11-03 町制記念日" in page
    assert 'textarea class="input"' in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2月30日 記念日", "「2月30日 記念日」を閉庁日として読めません"),
        ("11月3日", "「11月3日」を閉庁日として読めません"),
        ("11月3日 文化の日\n11-03 記念日", "同じ日が2度書かれています"),
    ],
)
def test_a_line_that_is_no_closing_day_is_refused_in_words(admin: Client, typed: str, told: str) -> None:
    refused = post(admin, "desk:joining_body", {**FACTS, "own_closing_days": typed})
    assert refused.status_code == 200
    assert told in text(refused)
    assert Organisation.objects.get(code="990043").own_closing_days == ""
