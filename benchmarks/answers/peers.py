"""BM25 of LangChain, LlamaIndex and Haystack, run by the Python of an environment that has them and nothing of ours.

Reads `{"documents":[[key, text]],"questions":[[key, text]],"cut":bool}` and prints for each engine its rankings and the
CPU milliseconds of each question. Where the texts are cut, words stand between spaces and are to be taken as they are.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from time import process_time
from typing import Any

DEPTH = 10

Texts = list[tuple[str, str]]
Ranked = Callable[[str], list[str]]


def langchain(documents: Texts, cut: bool) -> Ranked:
    """Splits at spaces by itself, so words need no further setting."""
    from langchain_community.retrievers import BM25Retriever

    keys = [{"key": key} for key, _ in documents]
    found = BM25Retriever.from_texts([text for _, text in documents], keys, k=DEPTH)
    return lambda question: [each.metadata["key"] for each in found.invoke(question)]


def llamaindex(documents: Texts, cut: bool) -> Ranked:
    """Takes words of two letters and more and stems them as English, unless told otherwise."""
    from llama_index.core.schema import TextNode
    from llama_index.retrievers.bm25 import BM25Retriever

    nodes = [TextNode(text=text, id_=key) for key, text in documents]
    given: dict[str, Any] = {"token_pattern": r"\S+", "skip_stemming": True} if cut else {}
    found = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=DEPTH, **given)
    return lambda question: [each.node.node_id for each in found.retrieve(question)]


def haystack(documents: Texts, cut: bool) -> Ranked:
    """Takes words of letters, whatever the script."""
    from haystack import Document
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    given = {"bm25_tokenization_regex": r"\S+"} if cut else {}
    store = InMemoryDocumentStore(**given)
    store.write_documents([Document(id=key, content=text) for key, text in documents])
    found = InMemoryBM25Retriever(store, top_k=DEPTH)
    return lambda question: [each.id for each in found.run(query=question)["documents"]]


ENGINES = {"langchain": langchain, "llamaindex": llamaindex, "haystack": haystack}


def main() -> None:
    """Ask every engine every question."""
    given = json.load(sys.stdin)
    report = {}
    for name, engine in ENGINES.items():
        ranked = engine([(key, text) for key, text in given["documents"]], given["cut"])
        rankings, spent = {}, []
        for key, text in given["questions"]:
            before = process_time()
            rankings[key] = ranked(text)
            spent.append((process_time() - before) * 1000)
        report[name] = {"rankings": rankings, "query_ms": spent}
    json.dump(report, sys.stdout)


if __name__ == "__main__":
    main()
