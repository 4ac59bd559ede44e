"""A made-up procedure that asks for an individual number, of the applicant and on a staff form."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.test import Client

from tests import cast
from tests.services.cases import flow
from yuimaru.core.japan.codes import is_individual_number
from yuimaru.core.kata.package import Loaded, load
from yuimaru.core.kata.program import Program
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.catalogue import actions as catalogue

KATA = "nenkin-todoke"
APPLY = f"/m/{cast.MIDORINO}/apply/{KATA}"
TEXT = """\
kata: nenkin-todoke
version: 1.0.0
language: 1
title: 年金の届出
summary: 国民年金の種別が変わった方の届出です。
facts: {deadline: 14日以内, fee: かかりません, minutes: 5, result: 郵送でお知らせします}
roles:
  - {id: 担当, title: 担当}
forms:
  - id: 届出
    title: 届出書
    steps:
      - id: 届出人
        title: 届け出る方
        items:
          - {id: 氏名, type: name, label: お名前, required: true}
          - {id: 番号を書く, type: yesno, label: 個人番号を書きますか, required: true}
          - {id: 個人番号, type: individual_number, label: 個人番号, when: 番号を書く = true, required: true}
          - {id: メール, type: mail, label: メールアドレス}
  - id: 確認票
    title: 確認票
    audience: staff
    steps:
      - id: 確認
        title: 確認
        items:
          - {id: 住基の番号, type: individual_number, label: 住民基本台帳の個人番号, required: true}
workflow:
  start: 審査
  steps:
    - {id: 審査, title: 審査, by: 担当, actions: [{id: 確かめる, to: 照合}, {id: 戻す, to: 補正, needs_note: true}]}
    - {id: 補正, title: 補正, by: 申請者, edits: 届出, actions: [{id: 再提出, to: 審査}]}
    - {id: 照合, title: 照合, by: 担当, form: 確認票, actions: [{id: 済, to: 完了}]}
    - {id: 完了, title: 完了, end: accepted, nature: fact, notify: [完了通知]}
receipt_notice: 受付通知
notices:
  - {id: 受付通知, title: 受付, subject: 受け付けました, body: '«氏名» 様'}
  - {id: 完了通知, title: 完了, subject: 終わりました, body: '«氏名» 様'}
"""


def number(first: int) -> str:
    """Twelve digits with a right check digit, of nobody."""
    return next(found for last in range(10) if is_individual_number(found := f"{first:011d}{last}"))


def _loaded() -> Loaded:
    with TemporaryDirectory() as folder:
        own = Path(folder) / KATA
        own.mkdir()
        (own / "kata.yaml").write_text(TEXT, encoding="utf-8")
        return load(own)


def asking_for_a_number() -> Program:
    """The procedure as a program."""
    return Program(_loaded().canonical)


def adopt() -> None:
    """Publish it and put it to use in みどり野町."""
    town = get_municipality(cast.MIDORINO)
    by = Actor.system(town)
    with scope(by):
        offered = catalogue.publish(loaded=_loaded(), publisher=town, by=by, at=flow.NOW)
        catalogue.adopt(owner=town, publication=offered, params={}, valid_from=flow.TODAY, by=by, at=flow.NOW)


def fill(browser: Client, written: str, **changed: Any) -> None:
    """Send the only screen of the form."""
    data = {
        "氏名": "青葉 陽菜",
        "番号を書く": "true",
        "個人番号": written,
        "メール": "haruna@example.jp",
        **changed,
    }
    sent = browser.post(f"{APPLY}/1", data)
    assert sent.status_code == 302, sent.content.decode()[:3000]


def send(browser: Client, key: str = "key-of-the-pension") -> str:
    """Send what was filled in; gives the 受付番号."""
    response = browser.post(f"{APPLY}/confirm", {"idempotency_key": key})
    assert response.status_code == 303, response.content.decode()[:3000]
    return str(response["Location"]).rpartition("/")[2]
