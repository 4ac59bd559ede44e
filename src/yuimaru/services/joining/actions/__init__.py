"""Starting a municipality, adding what it needs, and letting residents in: each act writes all of it or nothing."""

from yuimaru.services.joining.actions.adding import settle_kata, settle_mandate, settle_person, settle_section
from yuimaru.services.joining.actions.filing import Counts, join
from yuimaru.services.joining.actions.opening import publish
from yuimaru.services.joining.actions.starting import Started, start

__all__ = [
    "Counts",
    "Started",
    "join",
    "publish",
    "settle_kata",
    "settle_mandate",
    "settle_person",
    "settle_section",
    "start",
]
