"""What happens to cases while nobody looks: notices, due dates, the steps of the machine, the ends of called cases."""

from yuimaru.services.cases.jobs.overdue import escalate
from yuimaru.services.cases.jobs.serving import returned, serve
from yuimaru.services.cases.jobs.telling import tell_moved, tell_received

__all__ = ["escalate", "returned", "serve", "tell_moved", "tell_received"]
