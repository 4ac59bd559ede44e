"""Who reacts to which event, and who carries out which job: the one table where storeys meet upwards."""

REACTIONS: dict[str, tuple[str, ...]] = {
    "case.received": ("yuimaru.services.cases.jobs.tell_received",),
    "case.moved": ("yuimaru.services.cases.jobs.tell_moved",),
}

JOB_HANDLERS: dict[str, str] = {
    "notices.send": "yuimaru.foundation.notices.jobs.send",
    "procedures.sweep_keys": "yuimaru.services.procedures.jobs.sweep_keys",
}
