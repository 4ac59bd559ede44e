"""`tokens`: made and shown once, listed without the secret, ended at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.utils.timezone import now
from tests import cast

from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.people.queries import live_token
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.interfaces.cli.tokens import tokens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(tokens, [*arguments, "--json"])


def told(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def test_a_token_is_shown_once_listed_without_its_secret_and_ended() -> None:
    made = told(run("create", "--municipality", cast.OUMI, "--name", "予約システム"))
    assert live_token(made["token"], at=now()) is not None
    [row] = told(run("list", "--municipality", cast.OUMI))["tokens"]
    assert (row["id"], row["name"], row["revoked_at"]) == (made["id"], "予約システム", None)
    assert made["token"] not in json.dumps(row)
    ended = told(run("revoke", made["id"], "--municipality", cast.OUMI))
    assert ended["revoked_at"]
    assert live_token(made["token"], at=now()) is None
    assert told(run("revoke", made["id"], "--municipality", cast.OUMI)) == ended, "ending it twice is one"
    kinds = [entry.kind for entry in audit.latest(get_organisation(cast.OUMI).pk, 2)]
    assert kinds == ["token.revoked", "token.created"]


def test_a_token_lasts_to_the_end_of_its_last_day() -> None:
    made = told(run("create", "--municipality", cast.OUMI, "--name", "x", "--until", "2199-03-31"))
    assert made["expires_at"] == "2199-04-01T00:00:00+09:00"


def test_people_read_the_secret_alone_on_stdout() -> None:
    made = CliRunner().invoke(tokens, ["create", "--municipality", cast.OUMI, "--name", "x"])
    assert live_token(made.stdout.strip(), at=now()) is not None
    assert "もう表示できません" in made.stderr
    assert "最後の利用 なし" in CliRunner().invoke(tokens, ["list", "--municipality", cast.OUMI]).stdout


def test_the_token_of_another_town_is_not_found() -> None:
    made = told(run("create", "--municipality", cast.OUMI, "--name", "x"))
    foreign = run("revoke", made["id"], "--municipality", cast.MIDORINO)
    unknown = run("revoke", "00000000-0000-7000-8000-000000000000", "--municipality", cast.MIDORINO)
    assert (foreign.exit_code, unknown.exit_code) == (2, 2)
    assert foreign.stderr.replace(made["id"], "ID") == unknown.stderr.replace(
        "00000000-0000-7000-8000-000000000000", "ID"
    )
    assert told(run("list", "--municipality", cast.MIDORINO)) == {"tokens": []}
    assert live_token(made["token"], at=now()) is not None


@pytest.mark.parametrize(
    "arguments",
    [
        ["create", "--municipality", "999999", "--name", "x"],
        ["create", "--municipality", cast.OUMI],
        ["create", "--municipality", cast.OUMI, "--name", "x", "--until", "2020-01-01"],
        ["list", "--municipality", "999999"],
        ["revoke", "not-an-id", "--municipality", cast.OUMI],
    ],
)
def test_wrong_input_is_exit_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2
