"""What marks, verdicts and obstacles are called on the screen."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yuimaru.core.kata.approval import Kind, State, Verdict
from yuimaru.foundation.people.models import Post
from yuimaru.interfaces.look.templatetags.look import said
from yuimaru.services.cases.queries import Lack

KINDS: dict[str, Promise] = {
    Kind.CIRCULATE: gettext_lazy("Circulation"),
    Kind.CONSULT: gettext_lazy("Consultation"),
    Kind.DECIDE: gettext_lazy("Decision"),
    Kind.INFORM: gettext_lazy("For information"),
    Kind.REVIEW: gettext_lazy("Later review"),
}
VERDICTS: dict[str, Promise] = {
    Verdict.APPROVED: gettext_lazy("Approved"),
    Verdict.AGREED: gettext_lazy("Agreed"),
    Verdict.DISAGREED: gettext_lazy("Disagreed"),
    Verdict.RETURNED: gettext_lazy("Returned"),
    Verdict.READ: gettext_lazy("Read"),
}
# What stands on the button.
ACTS: dict[str, Promise] = {
    Verdict.APPROVED: gettext_lazy("Approve it"),
    Verdict.AGREED: gettext_lazy("Agree to it"),
    Verdict.DISAGREED: gettext_lazy("Write that I disagree"),
    Verdict.RETURNED: gettext_lazy("Return it to the drafter"),
    Verdict.READ: gettext_lazy("Note that I have read it"),
}
STATES: dict[str, tuple[Promise, str]] = {
    State.CIRCULATING: (gettext_lazy("On its route"), "care"),
    State.APPROVED: (gettext_lazy("Decided"), "done"),
    State.RETURNED: (gettext_lazy("Returned to the drafter"), "warn"),
    State.RECALLED: (gettext_lazy("Taken back by the drafter"), ""),
}


def act_title(verdict: Verdict, kind: str, *, deputy: bool) -> str:
    """The words of a button; the decision and a deputy's mark have their own."""
    if verdict is Verdict.APPROVED and deputy:
        return _("Sign as the deputy")
    if verdict is Verdict.APPROVED and kind == Kind.DECIDE:
        return _("Decide as drafted")
    return str(ACTS[verdict])


def post_title(post: Post) -> str:
    """A post with its section."""
    return full_title(said(post.section, "name"), post.title)


def full_title(section: str, title: str) -> str:
    """「子育て支援課 手当係長」; 「子ども課長」 names its section itself."""
    return title if title.startswith(section) else f"{section} {title}"


def lack_sentence(lack: Lack) -> str:
    """What a route lacks, and what to do."""
    about = {"post": lack.post, "section": lack.section}
    if lack.code == "unknown" and lack.section:
        return _("%(section)s has no post “%(post)s”. Add it to the posts.") % about
    return {
        "unknown": _("There is no post “%(post)s”. Add it to the posts."),
        "ambiguous": _("Several posts are called “%(post)s”. Have somebody of the right section draft it."),
        "vacant": _(
            "Nobody holds the post “%(post)s”. Place somebody there, or record an absence with a deputy."
        ),
        "role": _("The post “%(post)s” is none that decides. Give it the role of a decider."),
    }[lack.code] % about
