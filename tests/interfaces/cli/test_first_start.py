"""The first start of a new clone, which has no compiled translations yet."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.stores import ROOT

SPEAKS = """
from yuimaru.interfaces.cli import django
django.setup()
from django.utils import translation
for language in ("ja", "en"):
    with translation.override(language):
        print(translation.gettext("ask hint"))
"""


def test_it_speaks_both_languages_at_once(tmp_path: Path) -> None:
    """What is read before the translations are compiled would stay unspoken in all that is forked from it."""
    clone = tmp_path / "clone"
    shutil.copytree(ROOT / "src", clone / "src", ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    said = subprocess.run(
        [sys.executable, "-c", SPEAKS],
        cwd=clone,
        env={**os.environ, "PYTHONPATH": str(clone / "src"), "YUIMARU_VAR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert len(set(said)) == 2
    assert "ask hint" not in said
