"""Files go out with the right under which their answer is seen, and never as a page of ours."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from tests import cast
from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import flow
from yuimaru.foundation.files.actions import store
from yuimaru.foundation.files.models import StoredFile
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def _stored(town: str, name: str = "通帳の写し.png", media_type: str = "image/png") -> StoredFile:
    body = get_municipality(town)
    by = Actor.resident(body)
    with scope(by):
        return store(
            PNG, name=name, media_type=media_type, owner=body, purpose="attachment", by=by, at=flow.NOW
        )


def _case_with_file(town: str, file: StoredFile) -> Case:
    answer = {"id": str(file.pk), "name": file.name, "size": file.size, "media_type": file.media_type}
    receipt = flow.send(flow.draft(town, 口座の写し=answer))
    return flow.case(town, receipt.number)


def test_an_attachment_opens_beside_its_task(sign_in: SignIn, var: Path) -> None:
    file = _stored(cast.OUMI)
    task = flow.waiting(_case_with_file(cast.OUMI, file))
    agent = sign_in("centre-agent")
    address = f"/desk/tasks/{task.pk}/files/{file.pk}"
    assert f'<img src="{address}"' in agent.get(f"/desk/tasks/{task.pk}").content.decode()
    answer = agent.get(address)
    assert answer.content == PNG
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline; filename=\"file.png\"; filename*=UTF-8''")
    assert answer["Content-Security-Policy"].startswith("sandbox;")


def test_an_attachment_outside_the_mandate_does_not_exist(sign_in: SignIn) -> None:
    file = _stored(cast.TSUKIHAMA)
    task = flow.waiting(_case_with_file(cast.TSUKIHAMA, file))
    agent = sign_in("centre-agent")
    assert str(file.pk) not in agent.get(f"/desk/tasks/{task.pk}").content.decode()
    assert agent.get(f"/desk/tasks/{task.pk}/files/{file.pk}").status_code == 404
    assert sign_in("tsukihama-clerk").get(f"/desk/tasks/{task.pk}/files/{file.pk}").status_code == 200


def test_a_task_gives_out_no_file_but_its_own(sign_in: SignIn) -> None:
    other = _stored(cast.OUMI, name="ほかの申請.png")
    task = flow.waiting(_case_with_file(cast.OUMI, _stored(cast.OUMI)))
    assert sign_in("centre-agent").get(f"/desk/tasks/{task.pk}/files/{other.pk}").status_code == 404


def test_a_file_of_ones_own_body_is_downloaded(sign_in: SignIn) -> None:
    file = _stored(cast.OUMI, name='a"b\r\n.html', media_type="text/html")
    answer = sign_in("oumi-clerk").get(f"/files/{file.pk}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="a_b.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("login", ["centre-agent", "midorino-clerk", "minato-agent", "oumi-auditor"])
def test_a_foreign_file_is_answered_like_an_unknown_one(sign_in: SignIn, login: str) -> None:
    client = sign_in(login)
    foreign, unknown = client.get(f"/files/{_stored(cast.OUMI).pk}"), client.get(f"/files/{uuid4()}")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content
    assert dict(foreign.headers) == dict(unknown.headers)
