"""Counts what one confirmation asks of the store. A process of its own: it speaks to the store as the server does.

Reads what is posted from each screen as JSON, and prints `{"statements", "commits"}`.
"""

from __future__ import annotations

import json
import sys

from yuimaru.interfaces.cli import django


def main() -> None:
    """Fill in one application in this process, and watch the connection while it is sent."""
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    browser = Client(HTTP_HOST="127.0.0.1")
    posts = json.load(sys.stdin)
    for path, fields in posts:
        browser.post(path, fields)
    confirm = posts[-1][0].rpartition("/")[0] + "/confirm"
    with CaptureQueriesContext(connection) as seen:
        sent = browser.post(confirm, {"idempotency_key": "benchmark-statements"})
    assert sent.status_code == 303, sent.status_code
    asked = [query["sql"].split(" ", 1)[0] for query in seen]
    json.dump({"statements": len(asked), "commits": asked.count("COMMIT")}, sys.stdout)


if __name__ == "__main__":
    main()
