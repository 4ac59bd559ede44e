#!/usr/bin/env python3
"""Verify an exported log with nothing but the Python standard library.

    yuimaru audit export --municipality CODE > log.jsonl
    python3 tools/verify_chain.py log.jsonl [SEQ:HASH]

SEQ:HASH is a head that was noted earlier, outside the system: it reveals a chain that was rewritten or cut.
Each line is {"v", "seq", "prev", "body", "hash"} with hash = SHA-256(prev + "\\n" + body).
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any


def verify(lines: list[str], known_head: tuple[int, str] | None) -> tuple[bool, str]:
    """Whether the chain holds, and one sentence that says so or names the first event that does not."""
    prev, last = "0" * 64, 0
    known_seen = known_head is None
    for expected, line in enumerate(lines, start=1):
        event = read(line)
        if event is None or event["prev"] != prev or not holds(event, expected):
            return False, f"event {expected} does not hold"
        if known_head is not None and known_head[0] == expected:
            if known_head[1] != event["hash"]:
                return False, f"event {expected} is not the one that was noted"
            known_seen = True
        prev, last = event["hash"], expected
    if not known_seen:
        return False, "the chain ends before the head that was noted"
    return True, f"{last} events hold; head {last}:{prev}"


def read(line: str) -> dict[str, Any] | None:
    """The event of a line; None when the line is damaged."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    whole = isinstance(event, dict) and event.keys() == {"v", "seq", "prev", "body", "hash"}
    return event if whole and event["v"] == 1 else None


def holds(event: dict[str, Any], seq: int) -> bool:
    """Whether the hash follows from the body, and the body itself says that it is the event of this number."""
    if event["hash"] != hashlib.sha256(f"{event['prev']}\n{event['body']}".encode()).hexdigest():
        return False
    return bool(event["seq"] == seq == json.loads(event["body"])["seq"])


def main() -> int:
    if len(sys.argv) not in (2, 3):
        print(__doc__)
        return 2
    head = None
    if len(sys.argv) == 3:
        seq, _, digest = sys.argv[2].partition(":")
        head = (int(seq), digest)
    ok, sentence = verify(Path(sys.argv[1]).read_text(encoding="utf-8").splitlines(), head)
    print(sentence)
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
