"""What the texts of a case may name: what the kata knows, and what the law wants said about who decided and why."""

from __future__ import annotations

from yuimaru.core.kata import facts as kata_facts
from yuimaru.core.kata import legal, notices
from yuimaru.core.kata.models import WorkStep
from yuimaru.core.kata.program import Program
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.cases.models import Case
from yuimaru.services.cases.queries.authority import authority_of
from yuimaru.services.cases.queries.course import latest_note


def fields_of(
    program: Program,
    case: Case,
    step: WorkStep,
    lang: str,
    *,
    about_to: tuple[Organisation, str] | None = None,
) -> dict[str, str]:
    """The merge fields of a notice that goes out on arrival at a step; before a decision, as if `about_to` had made it."""
    submission = case.submission
    today, params, form_id = submission.today, program.params, program.applicant_form.id
    known = kata_facts.facts(program, form_id, submission.answers, today=today, params=params)
    decided = kata_facts.decide_all(program, known)
    fields = notices.notice_fields(
        program, form_id, submission.answers, decided, today=today, params=params, lang=lang
    )
    authority = authority_of(program, case, lang, about_to=about_to)
    return fields | {
        "受付番号": case.number,
        "団体名": case.owner.name if lang == "ja" else case.owner.name_en or case.owner.name,
        notices.REASON_FIELD: legal.reason(program, step, decided, latest_note(case), lang),
        notices.AUTHORITY: authority.name,
        notices.APPEAL: legal.instruction(authority, lang),
    }
