"""`prove fsync`: between a submission's request and its receipt the database is brought to the disk, as strace sees it.

It stands in for pulling the plug: what the system call has finished, a power cut cannot take back.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from yuimaru.config import env
from yuimaru.config.server.command import free_port
from yuimaru.config.server.supervisor import answers
from yuimaru.demo.proofs.ground import Ground, prepared
from yuimaru.demo.proofs.part import Part, Terms, skipped
from yuimaru.demo.proofs.writers import fill_in, send
from yuimaru.foundation.backups import inventory

CALLS = "trace=recvfrom,recvmsg,read,sendto,sendmsg,fsync,fdatasync"
REQUEST = re.compile(r'(?:recvfrom|recvmsg|read)\(.*"POST /m/\d+/apply/[^"]*/confirm ')
ANSWER = re.compile(r'(?:sendto|sendmsg)\(.*"HTTP/1\.1 303 ')
SYNC = re.compile(rf"(?:fsync|fdatasync)\(\d+<[^>]*{re.escape(inventory.DATABASE)}(?:-wal)?>.*= 0$")
READY_WITHIN = 90.0


def prove(terms: Terms) -> Part:
    """Send applications to a traced web process."""
    if terms.database:
        return skipped("PostgreSQLでは別のプロセスが書きます / on PostgreSQL another process writes")
    strace, count = shutil.which("strace"), terms.times(quick=5, usual=50, full=200)
    if strace is None:
        return skipped("straceがありません / strace is not installed")
    with prepared(terms) as ground:
        trace = ground.var.with_suffix(".trace")
        if not _traced(strace, ground, trace, count):
            return skipped("straceでプロセスを見られません / strace may not trace processes here")
        synced, answered = judge(trace.read_text(errors="replace").splitlines())
    figures = {"sent": count, "answered": answered, "synced_before_the_answer": synced}
    return Part(synced == answered == count, figures)


def _traced(strace: str, ground: Ground, trace: Path, count: int) -> bool:
    """Run the web process under strace and send applications; False when it could not be traced."""
    port, (lifeline, kept) = free_port(), os.pipe()
    web = [sys.executable, "-m", "yuimaru.config.server.web", str(lifeline), str(port)]
    options = ["-f", "--seccomp-bpf", "-y", "-s", "120", "-e", CALLS, "-o", str(trace)]
    process = subprocess.Popen(
        [strace, *options, *web], cwd=env.ROOT, env=ground.environment, pass_fds=(lifeline,)
    )
    os.close(lifeline)
    try:
        deadline = time.monotonic() + READY_WITHIN
        while not answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                return False
            time.sleep(0.1)
        for _ in range(count):
            browser, form = fill_in(f"http://127.0.0.1:{port}")
            send(browser, form)
            browser.close()
        return True
    finally:
        os.close(kept)  # the web process ends when nobody holds its lifeline
        process.wait(30)


def judge(lines: list[str]) -> tuple[int, int]:
    """Of the answers in a trace: how many came after a sync since their request, and how many there are.

    The applications come one after another, so a request and the next answer belong together.
    """
    synced = answered = 0
    waiting = reached = False
    for line in lines:
        if REQUEST.search(line):
            waiting, reached = True, False
        elif waiting and SYNC.search(line):
            reached = True
        elif waiting and ANSWER.search(line):
            waiting = False
            answered += 1
            synced += reached
    return synced, answered
