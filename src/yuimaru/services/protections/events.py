"""What protections write into the log: ids and dates, never who it is about. Finding an application writes nothing:
an event beside that of the application would tell everybody who reads the log."""

RECORDED = "protection.recorded"
EXTENDED = "protection.extended"
LIFTED = "protection.lifted"
LISTED = "protection.listed"
OPENED = "protection.opened"
RELEASED = "protection.released"
