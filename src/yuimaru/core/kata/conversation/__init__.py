"""A form as a conversation: one question at a time, and only those that can still change the result.

A row of a table is dead when an answered cell fails, open while one of its cells waits for an answer. The question
asked is the first open cell of the first live row, so that rows about emergencies, which stand first, are settled
first. For hit policy F the first live row without open cells is the result; for all others every live row must close.
Before a question is asked it is tried out against all that may still be answered, where so many cases are few enough
to go through: one that changes nothing is left out. The result always equals that of the full form.
"""

from yuimaru.core.kata.conversation.turns import Turn, turn

__all__ = ["Turn", "turn"]
