"""`prove worker`: the worker is killed at every step of a job; the effect happens once, or the job says it may not have.

The proof forks a worker for each trial, kills it at one point of sending a mail, and lets the next worker come
after the lease. Mails are counted in the folder they are written to.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from yuimaru.config import env
from yuimaru.demo.proofs.ground import Ground, prepared
from yuimaru.demo.proofs.part import Part, Terms

POINTS = (
    "before it is claimed",
    "after it is claimed",
    "before the effect",
    "after the effect",
    "before it is done",
    "after it is done",
)


def prove(terms: Terms) -> Part:
    """Kill a worker again and again at each of the six points."""
    with prepared(terms) as ground:
        return prove_on(ground, terms.times(quick=3, usual=20, full=20))


def prove_on(ground: Ground, count: int) -> Part:
    """The same on data that is there already."""
    ended = subprocess.run(
        [sys.executable, "-m", __name__, str(count)],
        cwd=env.ROOT,
        env=ground.environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: dict[str, int] = json.loads(ended.stdout)
    ok = figures["trials"] == figures["killed"] == figures["once"] + figures["listed_as_uncertain"]
    return Part(ok, figures)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _dying(original: Callable[..., Any], *, before: bool) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        if before:
            _die()
        result = original(*args, **kwargs)
        _die()
        return result

    return call


def _work_and_die(point: str) -> None:
    """In a child: take the job up, and be killed at the point."""
    from django.core.mail import EmailMessage
    from django.utils.timezone import now

    from yuimaru.foundation.jobs import actions

    before = point.startswith("before")
    if point.endswith("claimed"):
        actions._claim = _dying(actions._claim, before=before)
    elif point.endswith("effect"):
        EmailMessage.send = _dying(EmailMessage.send, before=before)  # type: ignore[method-assign]
    else:
        actions._finish = _dying(actions._finish, before=before)
    actions.run_next(at=now())


def _trial(point: str) -> tuple[bool, int, bool]:
    """Whether the worker was killed, how many mails there are, and whether the job is listed as uncertain."""
    from django.conf import settings
    from django.db import connection
    from django.utils.timezone import now

    from yuimaru.foundation.jobs.actions import run_next
    from yuimaru.foundation.jobs.heartbeat import LEASE
    from yuimaru.foundation.jobs.models import Job

    job = _written()
    before = _mails(settings.EMAIL_FILE_PATH)
    connection.close()
    child = os.fork()
    if child == 0:
        _work_and_die(point)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    while run_next(at=now() + LEASE + LEASE):
        pass
    after = Job.objects.get(pk=job)
    assert after.done_at is not None, f"killed {point}: the job was never done"
    return os.WIFSIGNALED(status), _mails(settings.EMAIL_FILE_PATH) - before, after.uncertain


def _written() -> Any:
    """A notice with the job that sends it."""
    from django.utils.timezone import now
    from uuid_utils.compat import uuid7

    from yuimaru.demo import cast
    from yuimaru.foundation.jobs.models import Job
    from yuimaru.foundation.keys.actions import make_key
    from yuimaru.foundation.notices.actions import Message, write
    from yuimaru.foundation.tenancy.actors import Actor
    from yuimaru.foundation.tenancy.queries import get_municipality
    from yuimaru.foundation.tenancy.scope import scope

    town = get_municipality(cast.MIDORINO)
    with scope(Actor.system(town)):
        notice = write(
            owner=town,
            kind="proof",
            about="proof:worker",
            message=Message("daichi@example.jp", "お知らせ", "これは確かめるための通知です。"),
            key=make_key(owner_id=town.pk, at=now()),
            once=str(uuid7()),
            at=now(),
        )
    return Job.objects.get(key=f"notice:{notice.pk}").pk


def _mails(folder: Path) -> int:
    """Mails, not files: two of one second may share a file."""
    return sum(path.read_bytes().count(b"\nMessage-ID:") for path in folder.glob("*"))


def _run(count: int) -> None:
    from yuimaru.interfaces.cli import django

    django.setup()
    results = [_trial(point) for point in POINTS for _ in range(count)]
    figures = {
        "trials": len(results),
        "killed": sum(killed for killed, _, _ in results),
        "once": sum(mails == 1 and not uncertain for _, mails, uncertain in results),
        "listed_as_uncertain": sum(mails >= 1 and uncertain for _, mails, uncertain in results),
        "lost": sum(mails == 0 for _, mails, _ in results),
        "twice_and_not_listed": sum(mails > 1 and not uncertain for _, mails, uncertain in results),
        "twice_and_listed": sum(mails > 1 and uncertain for _, mails, uncertain in results),
    }
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    _run(int(sys.argv[1]))
