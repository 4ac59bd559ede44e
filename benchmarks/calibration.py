"""How fast this machine is just now, so that figures of different machines and hours can be compared."""

from __future__ import annotations

import os
import tempfile
from time import perf_counter, process_time

ROUNDS = 300_000
FSYNCS = 20
PAGE = bytes(4096)


def calibration() -> dict[str, float]:
    """`ops_s`: rounds of a fixed loop per CPU second; `fsync_s`: 4 KiB appends with fsync per second; `load`."""
    return {
        "ops_s": round(max(_rounds_per_second() for _ in range(3))),
        "fsync_s": round(_fsyncs_per_second(), 1),
        "load": round(os.getloadavg()[0], 2),
    }


def _rounds_per_second() -> float:
    words = {str(number): number for number in range(64)}
    names = list(words)
    total = 0
    started = process_time()
    for number in range(ROUNDS):
        total += words[names[number & 63]] ^ number
    return ROUNDS / (process_time() - started)


def _fsyncs_per_second() -> float:
    # The data folder tells more than /tmp, which is often kept in memory.
    folder = os.environ.get("YUIMARU_VAR", "var")
    with tempfile.TemporaryFile(dir=folder if os.path.isdir(folder) else None) as file:
        started = perf_counter()
        for _ in range(FSYNCS):
            file.write(PAGE)
            file.flush()
            os.fsync(file.fileno())
        return FSYNCS / (perf_counter() - started)
