"""Who reacts to which event, who carries out which job, and which come daily: the one table where storeys meet upwards."""

REACTIONS: dict[str, tuple[str, ...]] = {
    "case.received": ("yuimaru.services.cases.jobs.tell_received",),
    "case.moved": ("yuimaru.services.cases.jobs.tell_moved",),
}

JOB_HANDLERS: dict[str, str] = {
    "notices.send": "yuimaru.foundation.notices.jobs.send",
    "documents.encode": "yuimaru.services.knowledge.jobs.encode",
    "cases.escalate": "yuimaru.services.cases.jobs.escalate",
    "procedures.sweep": "yuimaru.services.procedures.jobs.sweep",
    "sessions.sweep": "yuimaru.foundation.people.jobs.sweep_sessions",
}

# Enqueued by the worker once a day: for each organisation, or once for the installation.
DAILY_JOBS: dict[str, str] = {
    "documents.encode": "organisation",
    "cases.escalate": "organisation",
    "procedures.sweep": "organisation",
    "sessions.sweep": "installation",
}
