"""The limited process: takes files on standard input, gives one JSON line for each on standard output."""

import json
import os
import resource
import sys
from typing import Any

from yuimaru.core.text.extract.archive import Member
from yuimaru.core.text.extract.reading import opened, read, recognised
from yuimaru.core.text.extract.result import Extracted, Source


def main(memory: int, seconds: int) -> None:
    """Serve requests (a JSON line with name and size, then the bytes) until the input ends."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints must not mix with the replies
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _allow(seconds)
        source = Source(request["name"], sys.stdin.buffer.read(request["size"]))
        held = opened(source) if request["act"] == "open" else []
        reply = _parts(held) if request["act"] == "open" else _reply(source, request["act"])
        replies.write(json.dumps(reply).encode() + b"\n")
        replies.writelines(member.content for member in held)
        replies.flush()


def _allow(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _parts(held: list[Member]) -> dict[str, Any]:
    return {
        "parts": [{"name": each.name, "size": len(each.content), "refused": each.refused} for each in held]
    }


def _reply(source: Source, act: str) -> dict[str, Any]:
    outcome, cause = recognised(source) if act == "recognise" else read(source)
    if isinstance(outcome, Extracted):
        return {"extracted": outcome.as_json()}
    return {"refused": outcome.code, "cause": cause}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
