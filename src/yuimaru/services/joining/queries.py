"""How far a joining municipality has come, and what is still missing before residents are let in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yuimaru.core.kata.models import Kata
from yuimaru.foundation.people.queries import list_sections, members
from yuimaru.foundation.tenancy.actors import Role
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import live_mandates_of
from yuimaru.services.cases.queries import lacking_posts
from yuimaru.services.catalogue.queries import Adopted, list_adopted, live_adoptions
from yuimaru.services.knowledge.queries import Reach

REMARKS = frozenset({"not_arrived", "defaults_kept"})  # a step can be left behind with these
FACTS = ("kana", "postal_code", "address", "phone", "hours", "closing_days")


class Stage(StrEnum):
    """The steps of 「はじめる」, in their order."""

    BODY = "body"
    PEOPLE = "people"
    KATA = "kata"
    MANDATES = "mandates"
    DOCUMENTS = "documents"
    OPENING = "opening"


@dataclass(frozen=True)
class Gap:
    """Something that is not there: needed before the portal opens, or only worth knowing."""

    stage: Stage
    code: str
    is_needed: bool
    about: str = ""  # a name that belongs to the sentence


def gaps(owner: Organisation, *, on: date) -> list[Gap]:
    """What the municipality whose scope is open lacks, in the order of the steps."""
    adopted = list_adopted(owner, on=on)
    documents = Reach(owner).documents(on).filter(owner=owner).exists()
    found = [
        *(Gap(Stage.BODY, f"no_{name}", True) for name in FACTS if not getattr(owner, name)),
        *_staff(owner, adopted, on),
        *_defaults(owner, adopted),
        *_mandates(owner, adopted, on),
    ]
    if not adopted:
        found.append(Gap(Stage.KATA, "no_kata", not documents))
    if not documents:
        found.append(Gap(Stage.DOCUMENTS, "no_documents", not adopted))
    return found


def stages_done(owner: Organisation, *, on: date) -> frozenset[Stage]:
    """The steps that can be left behind. Without a mandate the municipality does everything itself."""
    missing = {gap.stage for gap in gaps(owner, on=on) if gap.code not in REMARKS}
    done = {
        stage for stage in (Stage.BODY, Stage.PEOPLE, Stage.KATA, Stage.DOCUMENTS) if stage not in missing
    }
    if live_mandates_of(owner.pk, on=on):
        done.add(Stage.MANDATES)
    if owner.is_public:
        done.add(Stage.OPENING)
    return frozenset(done)


def _staff(owner: Organisation, adopted: list[Adopted], on: date) -> Iterator[Gap]:
    if not any(section.is_general for section in list_sections()):
        yield Gap(Stage.PEOPLE, "no_general_section", True)
    held = members(owner, on=on)
    roles = {member.post.role for member in held}
    works = [one.program.kata for one in adopted if one.program.kata.workflow]
    needed = {Role.MUNICIPALITY_ADMIN}
    if works:
        needed.add(Role.CLERK)
    if any(step.decides for kata in works if kata.workflow for step in kata.workflow.steps):
        needed.add(Role.DECIDER)
    for role in sorted(needed - roles):
        yield Gap(Stage.PEOPLE, f"no_{role.replace('-', '_')}", True)
    for lacking in lacking_posts(owner, on=on):
        yield Gap(Stage.PEOPLE, "no_signer", True, f"{lacking.lack.post}（{lacking.kata}）")
    for member in held:
        if not member.arrived:
            yield Gap(Stage.PEOPLE, "not_arrived", False, member.user.name)


def _defaults(owner: Organisation, adopted: list[Adopted]) -> Iterator[Gap]:
    """A kata proposes names and telephone numbers of its publisher: whoever keeps them all has not looked."""
    own = {adoption.kata for adoption in live_adoptions(owner) if adoption.params}
    for one in adopted:
        if one.program.kata.params and one.kata_id not in own:
            yield Gap(Stage.KATA, "defaults_kept", False, one.program.kata.title)


def _mandates(owner: Organisation, adopted: list[Adopted], on: date) -> Iterator[Gap]:
    given = {(mandate.kata, step) for mandate in live_mandates_of(owner.pk, on=on) for step in mandate.steps}
    for one in adopted:
        if not {(one.kata_id, step) for step in joint_steps(one.program.kata)} <= given:
            yield Gap(Stage.MANDATES, "no_mandate", False, one.program.kata.title)


def joint_steps(kata: Kata) -> list[str]:
    """The steps that the kata foresees for a joint desk."""
    joint = {role.id for role in kata.roles if role.scope == "joint"}
    return [step.id for step in kata.workflow.steps if step.by in joint] if kata.workflow else []
