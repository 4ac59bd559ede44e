"""Who acts: a person at a post, a resident at a public page, another system with a token, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol
from uuid import UUID


class Registered(Protocol):
    """What an actor takes from an organisation: its key and its code."""

    pk: int
    code: str


class Role(StrEnum):
    """The closed list of roles (design: tenancy and trust)."""

    RESIDENT = "resident"
    CLERK = "clerk"
    DECIDER = "decider"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    PROTECTION_OFFICER = "protection-officer"
    MUNICIPALITY_ADMIN = "municipality-admin"
    OPERATOR_AGENT = "operator-agent"
    OPERATOR_LEAD = "operator-lead"
    CONSORTIUM_ADMIN = "consortium-admin"
    AUDITOR = "auditor"
    PLATFORM_OPERATOR = "platform-operator"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """Somebody acting for one organisation, with the roles of the posts held on that day."""

    kind: Literal["person", "resident", "client", "system"]
    organisation_id: int
    organisation_code: str
    roles: frozenset[Role]
    user_id: UUID | None = None
    name: str = field(default="", repr=False)
    token_id: UUID | None = None
    sections: frozenset[UUID] = frozenset()  # those that a person holds a post in

    @property
    def ref(self) -> str:
        """How the log names the actor: "person:UUID@CODE", "client:UUID@CODE", "resident@CODE" or "system@CODE"."""
        known_by = self.user_id or self.token_id
        who = f"{self.kind}:{known_by}" if known_by else self.kind
        return f"{who}@{self.organisation_code}"

    @classmethod
    def resident(cls, organisation: Registered) -> Actor:
        """Anybody at the public pages of a municipality."""
        return cls("resident", organisation.pk, organisation.code, frozenset({Role.RESIDENT}))

    @classmethod
    def client(cls, organisation: Registered, token_id: UUID) -> Actor:
        """Another system with a token of the organisation: it may do what residents may."""
        roles = frozenset({Role.RESIDENT})
        return cls("client", organisation.pk, organisation.code, roles, token_id=token_id)

    @classmethod
    def system(cls, organisation: Registered) -> Actor:
        """The installation acting for an organisation: set-up, jobs, the command line."""
        return cls("system", organisation.pk, organisation.code, frozenset({Role.SYSTEM}))
