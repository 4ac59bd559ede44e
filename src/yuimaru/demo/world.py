"""The whole demo world: the cast, what has happened so far, and what the towns publish."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from yuimaru.demo import asking, cast, history, intake, life, tokens
from yuimaru.demo.seed import Progress, adopt_everyday, build_cast, publish_all
from yuimaru.foundation.tenancy.models import Organisation


def build(*, now: datetime, progress: Progress) -> None:
    """Build what is not there yet; after an interruption it goes on where it stopped."""
    founded = now - timedelta(days=60)
    if not Organisation.objects.filter(code=cast.CONSORTIUM).exists():
        with transaction.atomic():
            build_cast(at=founded, progress=progress)
            progress("申請と処理の流れを再現しています / applications and their work")
            history.live_through(now=now)
    tokens.give(at=now)
    publish_all(at=now, progress=progress)
    adopt_everyday(at=now, progress=progress)
    for code in (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA):
        if intake.is_missing(code):
            progress(f"{cast.NAMES[code]}の文書を取り込んでいます / documents of {code}")
            intake.add(code, at=now)
        asking.live_through(code, now=now)
    if life.is_missing():
        progress("共有する文書と職員用の文書を取り込んでいます / shared and internal documents")
        life.add(at=now)


def encode(*, progress: Progress) -> None:
    """Encode the documents of the towns, for whoever asks them without a worker running."""
    for code in (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA):
        progress(f"{cast.NAMES[code]}の文書の意味を調べています / meaning of the documents of {code}")
        intake.encode(code)
