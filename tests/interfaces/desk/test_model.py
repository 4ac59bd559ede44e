"""The page of the language model: set up by the administration, tried, used, stopped, and its key never shown."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests import cast
from tests.integrations.llm.server import Model, model, says
from tests.interfaces.desk.conftest import SignIn
from tests.services.knowledge.town import town
from yuimaru.services.knowledge import actions, queries
from yuimaru.services.knowledge.models import Egress, ModelProfile

pytestmark = pytest.mark.django_db
PAGE = "/desk/model/"
KEY = "a-key-nobody-may-read"
SAYS = json.dumps(
    {"sentences": [{"text": actions.TRIAL_QUOTES[0], "quotes": [1]}]}, ensure_ascii=False
)  # fmt: skip


@pytest.fixture
def server() -> Iterator[Model]:
    with model() as running:
        running.behaviour = says(SAYS)
        yield running


def form(url: str) -> dict[str, object]:
    """The form as the administration of Oumi fills it in."""
    return {
        "kind": "compatible",
        "url": url,
        "model": "plain-words",
        "secret": KEY,
        "region": "庁内",
        "deployment": "own",
        "monitoring": "off",
        "contract": "サーバー賃貸借契約 第12条",
        "checked_on": "2026-11-02",
        "daily_tokens": "50000",
    }


def profile() -> ModelProfile:
    with town() as (owner, _):
        found = queries.get_profile(owner)
    assert found is not None
    return found


def test_it_is_set_up_tried_used_and_stopped(sign_in: SignIn, server: Model) -> None:
    client = sign_in("oumi-admin")
    assert "生成AIは設定されていません" in client.get(PAGE).content.decode()
    assert client.post(PAGE, form(server.url)).status_code == 303
    set_up = profile()
    assert (set_up.enabled_at, set_up.checked_on.isoformat(), set_up.secret) == (None, "2026-11-02", KEY)
    tried = client.post(f"{PAGE}try").content.decode()
    assert "生成AIが答えました" in tried
    assert actions.TRIAL_QUOTES[0] in tried
    assert client.post(f"{PAGE}switch", {"to": "on"}).status_code == 303
    assert profile().enabled_at is not None
    page = client.get(PAGE).content.decode()
    assert "使用中" in page
    assert "表示した" in page, "the trial stands in the ledger"
    assert KEY not in page
    assert client.post(f"{PAGE}switch", {"to": "off"}).status_code == 303
    assert profile().enabled_at is None


def test_words_that_the_quotes_do_not_say_are_not_shown_in_a_trial_either(
    sign_in: SignIn, server: Model
) -> None:
    server.behaviour = says(SAYS.replace("午後6時", "午後9時"))
    client = sign_in("oumi-admin")
    client.post(PAGE, form(server.url))
    tried = client.post(f"{PAGE}try").content.decode()
    assert "この答えは表示されません" in tried
    assert "午後9時" not in tried
    with town() as (owner, _):
        assert [sent.outcome for sent in Egress.objects.filter(owner=owner)] != ["shown"]


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"url": ""}, "「接続先」を入力してください。"),
        ({"kind": "oracle"}, "「サーバーの種類」を選んでください。"),
        ({"checked_on": "きのう"}, "契約と設定を確かめた日"),
        ({"daily_tokens": "0"}, "1以上の数にしてください。"),
        ({"url": "http://models.example.jp/"}, "暗号化されない接続（http://）は、庁内のアドレスにだけ使えます。"),
        ({"deployment": "global"}, "国外での処理を認めることを明示してください。"),
    ],
)  # fmt: skip
def test_what_cannot_be_saved_is_told_and_what_was_typed_stays(
    sign_in: SignIn, other: dict[str, object], sentence: str
) -> None:
    answer = sign_in("oumi-admin").post(PAGE, form("https://models.example.jp/v1") | other)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "サーバー賃貸借契約 第12条" in page
    assert KEY not in page, "a key is typed again"
    with town() as (owner, _):
        assert queries.get_profile(owner) is None


def test_what_is_worked_on_abroad_is_accepted_expressly(sign_in: SignIn) -> None:
    filled = form("https://models.example.jp/v1") | {"deployment": "global", "abroad": "yes"}
    assert sign_in("oumi-admin").post(PAGE, filled).status_code == 303
    assert profile().deployment == "global"


@pytest.mark.parametrize("login", ["oumi-clerk", "oumi-leader", "oumi-auditor"])
@pytest.mark.parametrize("act", ["", "switch", "try"])
def test_only_the_administration_may(sign_in: SignIn, login: str, act: str) -> None:
    client = sign_in(login)
    assert (client.post(PAGE + act, {"to": "on"}) if act else client.get(PAGE)).status_code == 403


def test_one_town_sets_up_nothing_for_another(sign_in: SignIn, server: Model) -> None:
    sign_in("oumi-admin").post(PAGE, form(server.url))
    page = sign_in("midorino-admin").get(PAGE).content.decode()
    assert "生成AIは設定されていません" in page
    with town(cast.MIDORINO) as (owner, _):
        assert queries.get_profile(owner) is None
