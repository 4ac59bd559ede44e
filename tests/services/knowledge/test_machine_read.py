"""What a machine has read from a picture says so wherever it is quoted."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast
from tests.hostile import hidden
from tests.services.knowledge.town import TODAY, add, note, town
from yuimaru.services.knowledge import queries
from yuimaru.services.knowledge.actions import Incoming
from yuimaru.services.knowledge.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

COPY = hidden.one_page(
    "q 595 0 0 842 0 0 cm /I1 Do Q BT 3 Tr /F1 12 Tf 72 700 Td (Open on weekdays.) Tj ET",
    b"<< /Type /Annot /Subtype /Link /Rect [0 0 1 1] >>",
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    b"/Length 1 >>\nstream\n\xe0\nendstream",
)


def test_the_document_is_marked() -> None:
    with town() as (owner, actor):
        (added,) = add(owner, actor, Incoming("copy.pdf", COPY)).added
        assert added.machine_read
        assert queries.get_document(added.id).machine_read


def test_its_quotes_and_its_page_say_so() -> None:
    with town() as (owner, actor):
        (added,) = add(owner, actor, note()).added
        Document.objects.filter(pk=added.id).update(machine_read=True)
        answer = queries.ask(owner, "粗大ごみの手数料はいくらですか", TODAY)
        assert answer.sentences[0].citations[0].as_json()["location"]["machine_read"] is True
    browser = Client()
    asked = browser.get(f"/m/{cast.OUMI}/ask", {"q": "粗大ごみの手数料はいくらですか"})
    assert "（画像からの読み取り）" in asked.content.decode()
    shown = browser.get(f"/m/{cast.OUMI}/documents/{added.id}?lang=en").content.decode()
    assert "A machine has read this text from images." in shown


def test_what_was_written_as_text_is_not_marked() -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
        answer = queries.ask(owner, "粗大ごみの手数料はいくらですか", TODAY)
        assert answer.sentences[0].citations[0].as_json()["location"]["machine_read"] is False
