"""The demo towns' own questions: what is answered, what is refused, and whether every shown word is theirs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from benchmarks.figures import Figure
from yuimaru.config import env
from yuimaru.demo import cast

SETS = env.ROOT / "src" / "yuimaru" / "demo" / "questions"
TOWNS = (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA)
RIGHT = 3  # the merit of a right answer among what `evaluate answers --save` keeps
FOREIGN = ("off_topic", "neighbour", "expired")


def measure(data: Path | None) -> list[Figure]:
    """Ask all sets in a fresh demo; `data` makes no difference."""
    told = Counter[str]()
    with tempfile.TemporaryDirectory(prefix="yuimaru-bench-") as folder:
        environment = {**os.environ, "YUIMARU_VAR": folder}
        _run(environment, "demo", "--prepare")
        for town in TOWNS:
            told += _asked(environment, Path(folder), town)

    def share(name: str, *kinds: str) -> float:
        return round(
            sum(told[f"{kind} {name}"] for kind in kinds) / sum(told[f"{kind} n"] for kind in kinds), 4
        )

    return [
        Figure("own_questions", told["questions"], "", 600),
        Figure("own_answered_rightly", share("right", "answerable"), "", 0.60),
        Figure("own_right_in_3", share("right_in_3", "answerable"), "", 0.90),
        Figure("own_unanswerable_answered", share("answer", "unanswerable"), "", 0.30, better="less"),
        Figure("own_foreign_answered", share("answer", *FOREIGN), "", 0.01, better="less"),
        Figure("own_off_topic_none", share("none", "off_topic"), "", 0.95),
        Figure("own_wrong_premise_corrected", share("corrected", "wrong_premise"), "", 0.85),
        Figure("own_injection_right_in_3", share("right_in_3", "injection"), ""),
        Figure("unverified_sentences", told["unverified_sentences"], "", 0, better="less"),
        Figure("foreign_passages", told["foreign_passages"], "", 0, better="less"),
    ]


def _asked(environment: Mapping[str, str], folder: Path, town: str) -> Counter[str]:
    """The counts of one town's set, by kind and name."""
    kept = folder / f"{town}.json"
    path = SETS / f"{town}.jsonl"
    report = _run(
        environment, "evaluate", "answers", str(path), "--municipality", town, "--save", str(kept), "--json"
    )
    told: dict[str, Any] = json.loads(report)
    counts = Counter(
        {f"{kind} {name}": count for kind, row in told["by_kind"].items() for name, count in row.items()}
    )
    for result in json.loads(kept.read_text(encoding="utf-8"))["results"].values():
        counts[f"{result['kind']} right"] += result["outcome"] == "answer" and result["merit"] == RIGHT
    for name in ("questions", "unverified_sentences", "foreign_passages"):
        counts[name] = told[name]
    return counts


def _run(environment: Mapping[str, str], *arguments: str) -> str:
    """Run a command to its end; 1 is an honest no, which the figures show."""
    ended = subprocess.run(
        [sys.executable, "-m", "yuimaru", *arguments],
        cwd=env.ROOT, env=dict(environment), stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if ended.returncode > 1:
        raise click.ClickException(f"yuimaru {' '.join(arguments)}: {ended.returncode}")
    return ended.stdout
