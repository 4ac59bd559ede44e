"""The database backend: Django's own, with every statement carrying the open scope to the server.

Django looks for `DatabaseWrapper` in a module of this name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.backends.postgresql import base
from psycopg import ServerCursor
from psycopg.pq import TransactionStatus

from yuimaru.foundation.tenancy.scope import open_ids

SET = "SELECT set_config('app.scope', '{}', true)"

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection on which owned rows are visible and writable within the open scope only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(carry_scope)


def carry_scope(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Send the setting that the policies read in one message with the statement itself.

    One message is one transaction, and the setting is local to it. So nothing stays behind on the connection, a
    read outside `atomic` costs no further round trip, and leaving a nested scope or rolling back to a savepoint
    needs no repair: the next statement says again what is open.
    """
    connection, cursor = context["connection"], context["cursor"]
    status = connection.connection.info.transaction_status
    ids = open_ids()
    if status == TransactionStatus.INERROR or (status == TransactionStatus.IDLE and not ids):
        return execute(
            sql, params, many, context
        )  # nothing can be read any more, or no earlier setting is left
    setting = SET.format(",".join(map(str, ids)))
    if many or isinstance(cursor.cursor, ServerCursor):  # these take one statement only
        with transaction.atomic(using=connection.alias), connection.connection.cursor() as other:
            other.execute(setting)
            return execute(sql, params, many, context)
    result = execute(f"{setting}; {sql}", params, many, context)
    cursor.nextset()
    return result
