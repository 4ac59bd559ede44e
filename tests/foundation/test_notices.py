"""Notices: written with the act, sent once, over a real mail relay or into the folder."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_django.fixtures import Settings

from tests import cast
from yuimaru.config.server.command import free_port
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.jobs.actions import run_next
from yuimaru.foundation.keys.actions import make_key
from yuimaru.foundation.notices.actions import Message, write
from yuimaru.foundation.notices.models import Notice
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.scope import scope

pytestmark = pytest.mark.django_db
BODY = "青葉 陽菜 様\n\n児童手当の認定請求を受け付けました。𠮷 髙 﨑\n"


class Relay:
    """Keeps what a real SMTP conversation delivers."""

    def __init__(self) -> None:
        self.received: list[Any] = []

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def _write(town: Organisation, times: int = 1) -> None:
    with scope(Actor.system(town)):
        key = make_key(owner_id=town.pk, at=cast.BUILT_AT)
        message = Message("hina@example.jp", "受け付けました", BODY)
        for _ in range(times):
            write(
                owner=town,
                kind="受付通知",
                about="case:x",
                message=message,
                key=key,
                once="notice-1",
                at=cast.BUILT_AT,
            )


def test_a_notice_reaches_a_mail_relay_once(settings: Settings) -> None:
    relay, port = Relay(), free_port()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    controller = Controller(relay, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        town = get_organisation(cast.OUMI)
        _write(town, times=3)
        while run_next(at=cast.BUILT_AT):
            pass
    finally:
        controller.stop()
    [mail] = relay.received
    assert (mail["To"], mail["Subject"]) == ("hina@example.jp", "受け付けました")
    assert mail.get_content().replace("\r\n", "\n").rstrip("\n") == BODY.rstrip("\n")
    with scope(Actor.system(town)):
        notice = Notice.objects.get()
        assert notice.sent_at == cast.BUILT_AT
    assert [entry.kind for entry in audit.about(town.pk, f"notice:{notice.pk}")] == ["notice.sent"]


def test_a_relay_that_is_away_is_tried_again(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    town = get_organisation(cast.OUMI)
    _write(town)
    assert run_next(at=cast.BUILT_AT)
    with scope(Actor.system(town)):
        assert Notice.objects.get().sent_at is None


def test_without_a_relay_mails_lie_in_the_folder(settings: Settings, var: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    _write(get_organisation(cast.OUMI))
    assert run_next(at=cast.BUILT_AT)
    [mail] = (var / "mail").iterdir()
    assert "受け付けました" in mail.read_text(encoding="utf-8")
