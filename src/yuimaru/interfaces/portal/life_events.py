"""The life events of the first page, what people ask about each, and what they ask further."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


@dataclass(frozen=True)
class Question:
    """A question people ask, in the language of the page; `asked` is what the Japanese documents are asked."""

    label: Promise | str

    @property
    def asked(self) -> str:
        with override("ja"):
            return str(self.label)


@dataclass(frozen=True)
class LifeEvent:
    """A way into the procedures that needs no official word; `slug` is what a kata names in `life_events`."""

    slug: str
    icon: str
    title: Promise | str
    about: Promise | str
    questions: tuple[Question, ...]


EVENTS = (
    LifeEvent(
        "moving",
        "truck",
        _("Moving house"),
        _("Moving in, out or within the town"),
        (
            Question(_("What do I have to do when I move here?")),
            Question(_("I am moving away. Where do I report it?")),
        ),
    ),
    LifeEvent(
        "birth",
        "heart",
        _("Pregnancy and birth"),
        _("Report of pregnancy, child allowance"),
        (Question(_("How much child allowance can I receive?")),),
    ),
    LifeEvent(
        "children",
        "book",
        _("Children and school"),
        _("Day nurseries, help with school costs"),
        (
            Question(_("How do I apply for a day nursery?")),
            Question(_("Until what age is child allowance paid?")),
        ),
    ),
    LifeEvent(
        "marriage",
        "rings",
        _("Marriage and divorce"),
        _("Notifications, change of name"),
        (Question(_("I got married. What do I have to report?")),),
    ),
    LifeEvent(
        "work",
        "briefcase",
        _("Work and taxes"),
        _("National health insurance, pension"),
        (Question(_("I left my job. What about health insurance?")),),
    ),
    LifeEvent(
        "care",
        "people",
        _("Health and care"),
        _("Infectious diseases, long-term care"),
        (Question(_("I have a fever. Whom can I ask?")),),
    ),
    LifeEvent(
        "home",
        "trash",
        _("Waste and housing"),
        _("Bulky waste, water, vacant houses"),
        (Question(_("I want to throw away a sofa.")), Question(_("What does collecting bulky waste cost?"))),
    ),
    LifeEvent(
        "bereavement",
        "leaf",
        _("When a family member has died"),
        _("All procedures after a death"),
        (Question(_("What has to be done after a death in the family?")),),
    ),
    LifeEvent(
        "disaster",
        "warning",
        _("In a disaster"),
        _("Shelters, damage, certificate of damage"),
        (
            Question(_("Where can I take shelter?")),
            Question(_("My house was damaged. How do I get a certificate?")),
        ),
    ),
    LifeEvent(
        "community",
        "chat",
        _("Facilities and having your say"),
        _("Rooms, events, enquiries, public records"),
        (
            Question(_("I would like to use a room in the community centre.")),
            Question(_("I would like to see public records.")),
        ),
    ),
)

EXAMPLES = (
    Question(_("How much child allowance can I receive?")),
    Question(_("I would like a copy of my resident record.")),
    Question(_("What does collecting bulky waste cost?")),
)

# What may be asked further about nearly everything; short, because the subject is known by then.
FURTHER = (
    Question(_("By when?")),
    Question(_("What do I need?")),
    Question(_("Where?")),
    Question(_("Can somebody else do it for me?")),
)


def find(slug: str) -> LifeEvent | None:
    """The life event of this slug, if there is one."""
    return next((event for event in EVENTS if event.slug == slug), None)
