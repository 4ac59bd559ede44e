"""The demo world in a data folder: prepared once in a run, by a process of its own, and copied by whoever needs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests import stores
from yuimaru.config import env


def copy(var: Path) -> None:
    """Fill a data folder that is not there yet."""
    shutil.copytree(stores.made_once("demo", _prepare), var)


def around(var: Path) -> dict[str, str]:
    """The environment of a process that works on it."""
    return {**os.environ, "PYTHONPATH": str(env.ROOT / "src"), "YUIMARU_VAR": str(var)}


def _prepare(var: Path) -> None:
    command = [sys.executable, "-m", "yuimaru", "demo", "--prepare"]
    subprocess.run(command, env=around(var), cwd=env.ROOT, check=True, capture_output=True)
