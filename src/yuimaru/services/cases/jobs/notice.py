"""The step kind `notice`: a notice to the applicant, done once the mail relay has taken it."""

from __future__ import annotations

from yuimaru.core.kata import workflow
from yuimaru.foundation.notices.actions import NotSent, hand_over, keep
from yuimaru.foundation.notices.queries import was_sent
from yuimaru.services.cases.jobs.telling import message_of
from yuimaru.services.cases.models import Task
from yuimaru.services.cases.ports import NotDone, Work
from yuimaru.services.cases.queries import program_of


class SendNotice:
    """Sends the notice that the step names; its row in the table of notices says whether it has left."""

    def is_done(self, work: Work) -> bool:
        """Whether the mail is known to have left."""
        return was_sent(_once(work))

    def carry_out(self, work: Work) -> None:
        """Hand the mail over.

        :raises NotDone: there is no address, or the relay has not taken it.
        """
        task = Task.objects.select_related("case__submission__key", "case__owner__parent").get(
            pk=work.task_id
        )
        case, notice_id = task.case, work.service.notice
        assert notice_id is not None
        program = program_of(case)
        message = message_of(program, case, workflow.step(program, task.step), notice_id)
        if message is None:
            raise NotDone("no_address", final=True)
        notice = keep(
            owner=case.owner,
            kind=notice_id,
            about=f"case:{case.pk}",
            message=message,
            key=case.submission.key,
            once=_once(work),
            at=work.at,
        )
        if notice.sent_at is not None:
            return
        try:
            hand_over(notice, by=work.by, at=work.at)
        except NotSent as error:
            raise NotDone(error.reason) from error


def _once(work: Work) -> str:
    return f"task:{work.task_id}"
