"""Letting a language model say an answer in plainer words, under the municipality's own conditions."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from yuimaru.core.text.masking import Masked, mask
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.keys.actions import make_key
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, require
from yuimaru.services.knowledge import events
from yuimaru.services.knowledge.models import Egress, ModelProfile
from yuimaru.services.knowledge.ports import Endpoint, LanguageModel, ModelFailed, Reply
from yuimaru.services.knowledge.queries.model import get_profile, hindrance
from yuimaru.services.knowledge.rules import model as rules
from yuimaru.services.knowledge.rules import wording
from yuimaru.services.knowledge.rules.answer import Answer

TRIAL_QUESTION = "図書館は何時まで開いていますか"
TRIAL_QUOTES = ["図書館の開館時間は、午前9時から午後6時までです。", "毎週月曜日は休館します。"]
WITHIN = 2.0  # seconds; then the municipality's own sentences are shown


@dataclass(frozen=True, slots=True)
class Terms:
    """What a municipality says of its model: where it is, what the contract promises, how much it may be asked."""

    kind: str
    url: str
    model: str
    api_version: str
    region: str
    deployment: str
    monitoring: str
    contract: str
    checked_on: date
    daily_tokens: int


@dataclass(frozen=True, slots=True)
class Said:
    """What came of one request: `shown`, or why not; the sentences that may be shown."""

    outcome: str
    sentences: tuple[wording.Worded, ...]
    milliseconds: int


def word(answer: Answer, owner: Organisation, *, at: datetime) -> tuple[wording.Worded, ...]:
    """The answer in the model's words, each sentence with the answer's sentences it stands on; empty when there
    is no model, it may not be asked now, did not answer in time, or said anything its quotes do not say.

    Must not run in a transaction: nothing is locked while the model writes. Every request is in the ledger.
    """
    profile = get_profile(owner) if answer.outcome == "answer" else None
    if profile is None or hindrance(profile, at=at) is not None:
        return ()
    return _said(profile, answer.question, [sentence.text for sentence in answer.sentences], at=at).sentences


def try_model(*, owner: Organisation, by: Actor, at: datetime) -> Said:
    """Ask the model once, used or not, with a question and quotes of our own that say nothing of anybody.

    Must not run in a transaction. The request is in the ledger as any other.

    :raises NotVisible: no model is set up.
    """
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    return _said(_the_profile(owner), TRIAL_QUESTION, TRIAL_QUOTES, at=at)


@transaction.atomic
def set_model(
    *, owner: Organisation, terms: Terms, secret: str | None, accepts_abroad: bool, by: Actor, at: datetime
) -> ModelProfile:
    """Set the model up anew, switched off; `secret` None keeps the one that is there, for the same address only.

    :raises Forbidden: the role does not allow it, or the model is not fit; see `rules.model.require_fit`.
    """
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    rules.require_fit(
        url=terms.url, kind=terms.kind, deployment=terms.deployment, accepts_abroad=accepts_abroad
    )
    before = get_profile(owner)
    if secret is None and before is not None and before.url != terms.url:
        secret = ""  # a key is never shown to another server than it was given for
    profile = before or ModelProfile(owner=owner, key=make_key(owner_id=owner.pk, at=at))
    for name, value in asdict(terms).items():
        setattr(profile, name, value)
    profile.enabled_at, profile.set_at = None, at
    if secret is not None:
        profile.secret = secret
    profile.save()
    abroad = accepts_abroad and terms.deployment in rules.ABROAD
    _record(
        events.MODEL_SET, profile, by=by, at=at, server=terms.kind, deployment=terms.deployment, abroad=abroad
    )
    return profile


@transaction.atomic
def switch_model(*, owner: Organisation, on: bool, by: Actor, at: datetime) -> ModelProfile:
    """Let the model word answers, or stop it with the next question.

    :raises NotVisible: no model is set up.
    """
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    profile = _the_profile(owner)
    profile.enabled_at = at if on else None
    profile.save(update_fields=["enabled_at"])
    _record(events.MODEL_ON if on else events.MODEL_OFF, profile, by=by, at=at)
    return profile


def _the_profile(owner: Organisation) -> ModelProfile:
    profile = get_profile(owner)
    if profile is None:
        raise NotVisible("model")
    return profile


def _said(profile: ModelProfile, words: str, quotes: list[str], *, at: datetime) -> Said:
    question = mask(words)
    began = monotonic()
    reply: Reply | None = None
    sentences: tuple[wording.Worded, ...] = ()
    try:
        reply = _ask(profile, wording.messages(question, quotes))
        sentences = wording.verified(reply.text, quotes, question.text)
        outcome = "shown"
    except ModelFailed as failed:
        outcome = failed.kind
    except wording.Unusable as unusable:
        outcome = unusable.reason
    said = Said(outcome, sentences, int((monotonic() - began) * 1000))
    _enter(profile, question, quotes, reply, outcome, at=at, milliseconds=said.milliseconds)
    return said


def _ask(profile: ModelProfile, messages: list[dict[str, str]]) -> Reply:
    model: LanguageModel = import_string(settings.ADAPTERS["language_model"])()
    endpoint = Endpoint(
        "azure" if profile.kind == ModelProfile.Kind.AZURE else "compatible",
        profile.url,
        profile.model,
        profile.api_version,
        profile.secret,
    )
    return model.complete(endpoint, messages, wording.SCHEMA, within=WITHIN)


@transaction.atomic
def _enter(
    profile: ModelProfile,
    question: Masked,
    quotes: list[str],
    reply: Reply | None,
    outcome: str,
    *,
    at: datetime,
    milliseconds: int,
) -> None:
    Egress.objects.create(
        owner=profile.owner,
        at=at,
        url=profile.url,
        model=profile.model,
        characters=len(question.text) + sum(map(len, quotes)),
        masked=question.kinds,
        tokens_in=reply.tokens_in if reply else 0,
        tokens_out=reply.tokens_out if reply else 0,
        milliseconds=milliseconds,
        outcome=outcome,
    )


def _record(kind: str, profile: ModelProfile, *, by: Actor, at: datetime, **data: str | bool) -> None:
    owner = profile.owner
    record(
        kind, owner_id=owner.pk, owner=owner.code, by=by.ref, at=at, about=f"model:{profile.pk}", data=data
    )
