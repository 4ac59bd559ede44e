"""A name is given back as it was given, byte for byte: form, database, page, CSV, workbook."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests import cast
from tests.interfaces.portal import filling
from tests.interfaces.portal.filling import APPLY, SCREENS, TOWN
from tests.promises.difficult import joined_names, names
from tests.services.cases import flow
from yuimaru.core.text import tables_out
from yuimaru.foundation.people.models import User
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.procedures.models import Draft

NAMES = names()
CHILDREN = 12  # on one screen
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(autouse=True)
def _clock(db: None, var: object) -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=flow.NOW + timedelta(hours=1)):
        yield


def test_they_are_many_and_every_normalisation_would_spoil_most() -> None:
    assert len(NAMES) == len(set(NAMES)) >= 1_000
    assert sum(unicodedata.normalize("NFC", name) != name for name in NAMES) >= 1_000


def _screen(children: list[str]) -> dict[str, Any]:
    one = {name.removeprefix("児童.0."): value for name, value in SCREENS[5].items() if name != "児童.count"}
    sent: dict[str, Any] = {"児童.count": str(len(children))}
    for number, name in enumerate(children):
        sent |= {f"児童.{number}.{field}": value for field, value in one.items()}
        sent |= {f"児童.{number}.児童氏名": name, f"児童.{number}.何番目": str(number + 1)}
    return sent


def _shown(page: bytes, field: str, count: int) -> list[str]:
    tree = LexborHTMLParser(page.decode())
    values = {node.attributes.get("name"): node.attributes.get("value") for node in tree.css("input")}
    return [values[f"児童.{number}.{field}"] or "" for number in range(count)]


@pytest.mark.parametrize(("kind", "given"), [("multipart", NAMES), ("urlencoded", joined_names())])
def test_from_the_form_to_the_database_and_back_to_the_page(kind: str, given: list[str]) -> None:
    browser = Client()
    filling.fill(browser, upto=3)
    given = given if connection.vendor == "sqlite" else given[::5]  # the store is the same for all of them
    for start in range(0, len(given), CHILDREN):
        children = given[start : start + CHILDREN]
        sent = _screen(children)
        if kind == "multipart":
            answer = browser.post(f"{APPLY}/5", sent)
        else:
            body = urlencode(sent).encode()
            answer = browser.post(f"{APPLY}/5", body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 302, children
        with scope(Actor.resident(get_municipality(TOWN))):
            stored = Draft.objects.get().answers["児童"]
        assert [child["児童氏名"] for child in stored] == children
        page = browser.get(f"{APPLY}/5").content
        assert _shown(page, "児童氏名", len(children)) == children


@pytest.fixture
def official() -> Client:
    for number, name in enumerate(joined_names()):
        flow.send(flow.draft(cast.MIDORINO, 氏名=name), key=f"names-{number:08d}")
    client = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(User.objects.get(login="centre-agent"), backend=backend)
    return client


def test_from_the_queue_into_a_table_and_back(official: Client) -> None:
    table = tables_out.from_csv(official.get("/desk/queue.csv").content)
    place = table[0].index("申請した方")
    assert sorted(row[place] for row in table[1:]) == sorted(joined_names())

    cells = _cells(official.get("/desk/queue.xlsx").content)
    assert sorted(row[place] for row in cells[1:]) == sorted(joined_names())


def test_every_one_into_a_table_and_back() -> None:
    table = [[name] for name in NAMES]
    assert tables_out.from_csv(tables_out.to_csv(["名"], table))[1:] == table
    assert _cells(tables_out.to_xlsx(["名"], table, sheet="名"))[1:] == table


def _cells(workbook: bytes) -> list[list[str]]:
    """The cells of the only sheet, read from its XML as the standard says; every one of them must be text."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        sheet = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - we have made it
    rows = []
    for row in sheet.iter(f"{SHEET}row"):
        assert all(cell.get("t") == "inlineStr" for cell in row)
        assert row.find(f".//{SHEET}f") is None
        texts = (cell.findtext(f"{SHEET}is/{SHEET}t") or "" for cell in row)
        rows.append([tables_out.from_workbook(text) for text in texts])
    return rows
