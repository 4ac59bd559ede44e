"""Settings with one job that quietly takes a minute, and the job itself."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from yuimaru.config.settings import *  # noqa: F403

JOB_HANDLERS = {"slow": f"{__name__}.slow"}
DAILY_JOBS = {}
EACH_MINUTE = ()


def slow(payload: Mapping[str, Any], run: object) -> None:
    time.sleep(60)
