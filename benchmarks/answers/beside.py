"""The BM25 of LangChain, LlamaIndex and Haystack on the same documents, with their defaults and with our words.

They are installed for the length of the measurement, in an environment of their own; the product needs none of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from benchmarks.figures import Figure
from yuimaru.core.text import evaluation, metrics
from yuimaru.core.text.tokens import tokens

ENGINES = ("langchain", "llamaindex", "haystack")
PACKAGES = (
    "langchain-community==0.4.2",
    "rank-bm25==0.2.2",
    "llama-index-retrievers-bm25==0.8.0",
    "haystack-ai==3.4.0",
)
_WAYS = ("", "_our_words")  # with their defaults, and with texts that are cut into words as ours are


def measure(data: Path | None) -> list[Figure]:
    """nDCG and milliseconds of each engine; skipped without the set, or where they cannot be installed."""
    folder = data / "localgovfaq" if data is not None else None
    found = _measured(folder) if folder is not None and folder.is_dir() else {}
    return [
        Figure(name, found.get(name), unit)
        for engine in ENGINES
        for way in _WAYS
        for name, unit in ((f"{engine}{way}_ndcg_at_10", ""), (f"{engine}{way}_query_cpu_ms_p50", "ms"))
    ]


def _measured(folder: Path) -> dict[str, float]:
    labels = evaluation.read_qrels(folder / "qrels.tsv")
    documents = [
        (item.key, f"{item.about}\n{item.text}") for item in evaluation.read_corpus(folder / "corpus.jsonl")
    ]
    questions = [
        (key, text) for key, text in evaluation.read_queries(folder / "queries.jsonl") if key in labels
    ]
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="yuimaru-beside-") as place:
        python = _installed(Path(place))
        if python is None:
            return {}
        for way in _WAYS:
            cut = bool(way)
            given = {
                "documents": list(_given(documents, cut)),
                "questions": list(_given(questions, cut)),
                "cut": cut,
            }
            for engine, told in _asked(python, given).items():
                scores = metrics.score(told["rankings"], labels)
                figures[f"{engine}{way}_ndcg_at_10"] = round(scores.ndcg, 4)
                figures[f"{engine}{way}_query_cpu_ms_p50"] = round(
                    metrics.percentile(told["query_ms"], 0.5), 2
                )
    return figures


def _given(texts: list[tuple[str, str]], cut: bool) -> Iterator[tuple[str, str]]:
    for key, text in texts:
        yield key, " ".join(tokens(text)) if cut else text


def _installed(place: Path) -> Path | None:
    """The Python of a new environment with the engines; None where the registry cannot be reached."""
    python = place / "venv" / "bin" / "python"
    click.echo(f"{', '.join(ENGINES)} を入れています / installing …", err=True)
    try:
        subprocess.run([sys.executable, "-m", "venv", str(place / "venv")], check=True, capture_output=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
        subprocess.run(install, check=True, capture_output=True)
    except subprocess.CalledProcessError as failed:
        click.echo(failed.stderr.decode(errors="replace").strip().rpartition("\n")[2], err=True)
        return None
    return python


def _asked(python: Path, given: dict[str, Any]) -> dict[str, Any]:
    script = Path(__file__).with_name("peers.py")
    ended = subprocess.run(
        [python, script], input=json.dumps(given), stdout=subprocess.PIPE, text=True, check=True
    )
    told: dict[str, Any] = json.loads(ended.stdout)
    return told
