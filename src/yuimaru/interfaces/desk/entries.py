"""The log of acts as people read it: who did what to which case, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yuimaru.foundation.audit.queries import Entry
from yuimaru.foundation.people.queries import people_of
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.look.templatetags.look import said

WHO = re.compile(r"(?P<kind>person|resident|client|system)(?::(?P<user>[0-9a-f-]{36}))?@(?P<code>\w+)")

DEEDS: dict[str, Promise] = {
    "organisation.registered": gettext_lazy("Registered the organisation"),
    "organisation.changed": gettext_lazy("Changed the facts of the organisation"),
    "municipality.started": gettext_lazy("Started a municipality"),
    "portal.opened": gettext_lazy("Let residents in"),
    "mandate.given": gettext_lazy("Gave a mandate"),
    "mandate.revoked": gettext_lazy("Ended a mandate"),
    "section.created": gettext_lazy("Added a section"),
    "section.changed": gettext_lazy("Changed a section"),
    "post.created": gettext_lazy("Added a post"),
    "assignment.made": gettext_lazy("Placed somebody in a post"),
    "person.added": gettext_lazy("Brought in a person"),
    "person.invited": gettext_lazy("Gave a person the address for their first password"),
    "person.arrived": gettext_lazy("Chose the first password"),
    "token.created": gettext_lazy("Gave another system a token"),
    "token.revoked": gettext_lazy("Ended a token"),
    "kata.published": gettext_lazy("Published a kata"),
    "kata.adopted": gettext_lazy("Adopted a kata"),
    "document.added": gettext_lazy("Added a document"),
    "document.withdrawn": gettext_lazy("Withdrew a document"),
    "document.changed": gettext_lazy("Changed the facts of a document"),
    "document.shared": gettext_lazy("Shared a document with the members"),
    "document.unshared": gettext_lazy("Stopped sharing a document"),
    "document.declined": gettext_lazy("Chose not to use a shared document"),
    "document.used_again": gettext_lazy("Chose to use a shared document again"),
    "document.rests_on": gettext_lazy("Noted what a document rests on"),
    "documents.labels_set": gettext_lazy("Set the confidentiality labels"),
    "documents.reviewed": gettext_lazy("Reviewed something after a change"),
    "documents.article_changed": gettext_lazy("Noted that an article has changed"),
    "model.set": gettext_lazy("Set up a language model"),
    "model.switched_on": gettext_lazy("Let a language model word answers"),
    "model.switched_off": gettext_lazy("Stopped the language model"),
    "questions.keeping_set": gettext_lazy("Set how long questions are kept"),
    "questions.swept": gettext_lazy("Deleted questions whose time was over"),
    "questions.exported": gettext_lazy("Took away how often what is asked"),
    "topic.settled": gettext_lazy("Said how a question stands"),
    "topic.handed": gettext_lazy("Handed a question to another section"),
    "faq.written": gettext_lazy("Wrote an answer for the FAQ"),
    "faq.published": gettext_lazy("Published an answer of the FAQ"),
    "faq.ended": gettext_lazy("Took an answer of the FAQ back"),
    "answers.calibrated": gettext_lazy("Set how sure an answer must be"),
    "documents.reindexed": gettext_lazy("Rebuilt the search index"),
    "draft.expired": gettext_lazy("Removed a draft after its last day"),
    "file.stored": gettext_lazy("Stored a file"),
    "file.removed": gettext_lazy("Removed a file that was never sent"),
    "notice.sent": gettext_lazy("Sent a notice"),
    "submission.received": gettext_lazy("Sent an application"),
    "submission.reused": gettext_lazy("Used an application again for another procedure"),
    "submission.corrected": gettext_lazy("Sent a correction"),
    "case.received": gettext_lazy("Opened a case"),
    "case.moved": gettext_lazy("Moved a case to a step"),
    "case.awaited": gettext_lazy("Finished one branch of parallel work"),
    "cases.previewed": gettext_lazy("Looked at what a move to another definition would do to cases"),
    "case.migrated": gettext_lazy("Moved a case to the definition in use"),
    "task.dropped": gettext_lazy("Closed a task that another branch made needless"),
    "case.withdrawn": gettext_lazy("Withdrew an application"),
    "service.done": gettext_lazy("Did an automatic step"),
    "service.failed": gettext_lazy("Could not do an automatic step"),
    "service.unknown": gettext_lazy("Does not know whether an automatic step was done"),
    "service.restarted": gettext_lazy("Started an automatic step again"),
    "case.called": gettext_lazy("Opened a case of another procedure"),
    "task.escalated": gettext_lazy("Brought an overdue task to notice"),
    "task.opened": gettext_lazy("Looked at a task"),
    "reply.drafted": gettext_lazy("Had a reply drafted"),
    "task.taken": gettext_lazy("Took a task"),
    "task.returned": gettext_lazy("Gave a task back"),
    "queue.exported": gettext_lazy("Took the queue away as a table"),
    "approval.drafted": gettext_lazy("Put a draft on its route"),
    "approval.signed": gettext_lazy("Set a mark on a draft"),
    "approval.recalled": gettext_lazy("Took a draft back"),
    "absence.recorded": gettext_lazy("Noted an absence and its deputies"),
    "absence.ended": gettext_lazy("Ended an absence"),
    "item.revealed": gettext_lazy("Had a hidden item shown"),
    "protection.recorded": gettext_lazy("Recorded a support measure"),
    "protection.extended": gettext_lazy("Extended a support measure"),
    "protection.lifted": gettext_lazy("Lifted a support measure"),
    "protection.released": gettext_lazy("Gave an application back to ordinary work"),
    "protection.listed": gettext_lazy("Looked at the support measures"),
    "protection.opened": gettext_lazy("Looked at a support measure"),
    "job.retried": gettext_lazy("Started failed work again"),
    "numbers.destroyed": gettext_lazy("Destroyed the individual numbers of an application for good"),
    "key.destroyed": gettext_lazy("Destroyed the key of an application for good"),
}
UNSAID = "protection."  # told as any other act, except to whoever looks after them


@dataclass(frozen=True)
class Line:
    """One act: when, who, what, and which application, step or thing it was about."""

    seq: int
    at: datetime
    who: str
    deed: str
    number: str
    step: str


def lines(entries: Iterable[Entry], owner: Organisation, *, of_protections: bool = False) -> list[Line]:
    """Entries of one owner's log in words; people of other organisations go by their organisation.

    What was done about protections is "another act" unless `of_protections`.
    """
    found = list(entries)
    names = _Names(found, owner)
    return [
        Line(
            seq=entry.seq,
            at=entry.at,
            who=names.of(entry.by),
            deed=_deed(entry.kind, of_protections),
            number=str(entry.data.get("number", "")),
            step=str(entry.data.get("step", "")),
        )
        for entry in found
    ]


def _deed(kind: str, of_protections: bool) -> str:
    is_told = of_protections or not kind.startswith(UNSAID)
    return str((DEEDS.get(kind) if is_told else None) or _("Another act"))


class _Names:
    """The names behind the references of a list of entries, looked up at once."""

    def __init__(self, entries: list[Entry], owner: Organisation) -> None:
        self._owner = owner
        parts = [part for entry in entries if (part := WHO.fullmatch(entry.by))]
        own = {part["user"] for part in parts if part["user"] and part["code"] == owner.code}
        self._people = {key: said(user, "name") for key, user in people_of(own).items()}
        self._bodies = {code: _body(code) for code in {part["code"] for part in parts} - {owner.code}}

    def of(self, ref: str) -> str:
        part = WHO.fullmatch(ref)
        if part is None:
            return ref
        if part["kind"] == "resident":
            return _("A resident")
        if part["kind"] == "client":
            return _("Another system")
        if part["code"] != self._owner.code:
            return self._bodies[part["code"]]
        return self._people.get(part["user"] or "", "") or _("Done automatically")


def _body(code: str) -> str:
    try:
        return said(get_organisation(code), "name")
    except NotVisible:
        return code
