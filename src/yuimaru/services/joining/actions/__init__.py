"""Starting a municipality, adding what it needs, and letting residents in: each act writes all of it or nothing."""

from yuimaru.services.joining.actions.adding import adopt, live_adoption, settle_mandate
from yuimaru.services.joining.actions.filing import Counts, join
from yuimaru.services.joining.actions.opening import NotReady, publish
from yuimaru.services.joining.actions.staffing import Invited, invite, save_sections, save_staff
from yuimaru.services.joining.actions.starting import Started, start

__all__ = [
    "Counts",
    "Invited",
    "NotReady",
    "Started",
    "adopt",
    "invite",
    "join",
    "live_adoption",
    "publish",
    "save_sections",
    "save_staff",
    "settle_mandate",
    "start",
]
