"""A child allowance claim as a browser sends it, screen by screen."""

from __future__ import annotations

from typing import Any

from django.test import Client

TOWN = "990027"
APPLY = f"/m/{TOWN}/apply/jidou-teate"

SCREENS: dict[int, dict[str, Any]] = {
    1: {
        "公務員": "false", "受給中": "false", "三歳未満": "true", "事由": "出生",
        "事由日.era": "令和", "事由日.year": "8", "事由日.month": "11", "事由日.day": "10",
    },
    2: {
        "氏名": "青葉 陽菜", "フリガナ": "アオバ ヒナ",
        "請求者生年月日.era": "平成", "請求者生年月日.year": "7",
        "請求者生年月日.month": "3", "請求者生年月日.day": "14",
        "住所": "みどり野町川上3丁目12-4", "電話": "0599-41-1234", "メール": "",
        "職業": "会社員", "加入年金": "厚生年金",
    },
    3: {"配偶者": "いない", "年長児の有無": "false"},
    5: {
        "児童.count": "1", "児童.0.児童氏名": "青葉 湊", "児童.0.児童フリガナ": "アオバ ミナト",
        "児童.0.生年月日.era": "令和", "児童.0.生年月日.year": "8",
        "児童.0.生年月日.month": "11", "児童.0.生年月日.day": "10",
        "児童.0.続柄": "子", "児童.0.同居": "同居", "児童.0.監護": "true", "児童.0.生計": "true",
        "児童.0.何番目": "1",
    },
    6: {
        "振込先.bank_name": "みどり野信用組合", "振込先.bank_code": "", "振込先.branch_name": "本店",
        "振込先.branch_code": "", "振込先.kind": "普通", "振込先.number": "1234482",
        "振込先.holder": "アオバ ヒナ",
    },
    7: {"審査の同意": "true"},
}  # fmt: skip


def fill(browser: Client, *, upto: int = 7) -> None:
    """Send the screens in their order."""
    for place, data in SCREENS.items():
        if place <= upto:
            response = browser.post(f"{APPLY}/{place}", data)
            assert response.status_code == 302, response.content.decode()[:4000]


def send(browser: Client, key: str = "key-0123456789") -> str:
    """Fill in everything, send it, and give the address of the receipt."""
    fill(browser)
    response = browser.post(f"{APPLY}/confirm", {"idempotency_key": key})
    assert response.status_code == 303
    return str(response["Location"])
