"""The one table where storeys meet upwards: which adapter serves which port, who reacts to which event and does which job or step."""

ADAPTERS: dict[str, str] = {
    "language_model": "yuimaru.integrations.llm.openai.OpenAIModel",
}

REACTIONS: dict[str, tuple[str, ...]] = {
    "case.received": ("yuimaru.services.cases.jobs.tell_received",),
    "case.moved": ("yuimaru.services.cases.jobs.tell_moved",),
}

JOB_HANDLERS: dict[str, str] = {
    "notices.send": "yuimaru.foundation.notices.jobs.send",
    "documents.encode": "yuimaru.services.knowledge.jobs.encode",
    "questions.nightly": "yuimaru.services.questions.jobs.nightly",
    "questions.cluster": "yuimaru.services.questions.jobs.cluster",
    "documents.watch": "yuimaru.services.knowledge.jobs.watch",
    "cases.escalate": "yuimaru.services.cases.jobs.escalate",
    "cases.serve": "yuimaru.services.cases.jobs.serve",
    "cases.returned": "yuimaru.services.cases.jobs.returned",
    "procedures.sweep": "yuimaru.services.procedures.jobs.sweep",
    "sessions.sweep": "yuimaru.foundation.people.jobs.sweep_sessions",
}

# What the machine can do at a step of a workflow (`service: {kind: …}`).
STEP_KINDS: dict[str, str] = {
    "notice": "yuimaru.services.cases.jobs.notice.SendNotice",
}

# Called by the worker every minute to add what has become due.
EACH_MINUTE: tuple[str, ...] = ("yuimaru.services.knowledge.jobs.enqueue_watches",)

# Enqueued by the worker once a day: for each organisation, or once for the installation.
DAILY_JOBS: dict[str, str] = {
    "documents.encode": "organisation",
    "questions.nightly": "organisation",
    "cases.escalate": "organisation",
    "procedures.sweep": "organisation",
    "sessions.sweep": "installation",
}
