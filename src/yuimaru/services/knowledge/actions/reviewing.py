"""Noting that something was looked at again, and that an article has changed."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from yuimaru.core.japan.laws import article_number, place_words, references
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.services.knowledge import events
from yuimaru.services.knowledge.models import ArticleChange, Reviewed
from yuimaru.services.knowledge.rules.life import Unfit

_KEY = re.compile(r"[a-z]+:[\w:.-]{1,90}")


@transaction.atomic
def confirm(*, owner: Organisation, subject: str, cause: str, by: Actor, at: datetime) -> None:
    """確認した: somebody found a thing right although its cause for review stands; twice is one act.

    :raises Unfit: these are not names of a thing and a cause.
    """
    require(by, Verb.MANAGE_DOCUMENTS, owner.pk)
    if not (_KEY.fullmatch(subject) and _KEY.fullmatch(cause)):
        raise Unfit(
            "name",
            "確認する項目がわかりません。一覧から選び直してください。",
            "Choose it from the list again.",
        )
    told = {"reviewed_at": at, "reviewed_by": by.ref}
    _, is_new = Reviewed.objects.get_or_create(owner=owner, subject=subject, cause=cause, defaults=told)
    if is_new:
        record(
            events.REVIEWED,
            owner_id=owner.pk,
            owner=owner.code,
            by=by.ref,
            at=at,
            about=subject,
            data={"cause": cause},
        )


@transaction.atomic
def note_article_change(
    *, owner: Organisation, law: str, article: str, by: Actor, at: datetime
) -> ArticleChange:
    """Note that an article of a law has changed, so that what names it is looked at again, in members too.

    :raises Unfit: this is not the name of a law with an article such as 「4」 or 「15の4」.
    """
    require(by, Verb.MANAGE_DOCUMENTS, owner.pk)
    number = article_number(article)
    written = f"{law.strip()}{place_words(number)}"
    found = references(written) if number else []
    if len(found) != 1 or found[0].start or found[0].end != len(written):
        raise Unfit(
            "law",
            "法令の名前と条を確かめてください。例: 児童手当法、4（第4条）、15の4（第15条の4）。",
            "Check the name of the law and the article, such as 児童手当法 and 4, or 15の4.",
        )
    change = ArticleChange.objects.create(
        owner=owner,
        is_shared=True,  # that a law has changed is no secret
        law=found[0].law,
        article=found[0].place.article,
        change=ArticleChange.Change.CHANGED,
        changed_at=at,
    )
    record(
        events.ARTICLE_CHANGED,
        owner_id=owner.pk,
        owner=owner.code,
        by=by.ref,
        at=at,
        about=f"change:{change.pk}",
        data={"article": change.article},
    )
    return change
