"""What cases announce in the log; `config/wiring.py` lists who reacts."""

RECEIVED = "case.received"
MOVED = "case.moved"
TAKEN = "task.taken"
RETURNED = "task.returned"
OPENED = "task.opened"
REVEALED = "item.revealed"
