"""`prove answers`: what a town may not say is never shown, however exactly it is asked for.

Every question is a sentence that stands in a document of another town, or in one of the town's own that has expired, was
superseded or withdrawn, or is for staff. What is shown is held against the stored documents by their facts alone.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import httpx

from yuimaru.core.text.sentences import sentences
from yuimaru.demo.proofs.part import Figures, Part, Terms, skipped
from yuimaru.demo.proofs.questions import TOWNS, asked
from yuimaru.demo.proofs.served import served
from yuimaru.demo.stage import Stage
from yuimaru.demo.story import TOKYO
from yuimaru.foundation.backups import database, inventory

QUESTIONS = 2_000
AT_ONCE = 4
SHORTEST = 12  # characters; shorter sentences stand in many documents
WAYS = ("{}", "{}について教えてください", "「{}」は本当ですか")
STAFF = """# 職員向けの窓口手引（取扱注意）

端末の再起動は、情報システム担当の内線7731に連絡してから行う。
窓口で強い苦情を受けたときは、合言葉「青い封筒」で応援を呼ぶ。
本人確認書類に疑いがあるときは、預からずに裏の事務室で複写を見比べる。
閉庁後の金庫の番号は、会計係長と当直だけが知る。
庁内の異動の内示は、三月の第三金曜日の午後に行う。
滞納の相談では、分納の回数を二十四回まで係長の判断で認める。
"""


class Stored(NamedTuple):
    """A document as the database holds it."""

    town: str
    text: str
    may_be_quoted: bool
    shared_with: frozenset[str] = frozenset()  # members of its owner that neither replace nor decline it

    def is_of(self, town: str) -> bool:
        """Whether a town has it, its own or inherited."""
        return town == self.town or town in self.shared_with


class Probe(NamedTuple):
    """A question to a town, and why its sentence may not be shown there."""

    town: str
    question: str
    source: str


def prove(terms: Terms) -> Part:
    """Ask the towns of the demo for each other's words, and for what they say no longer."""
    if terms.database:
        return skipped("文書の事実をSQLiteで確かめます / the facts of documents are read on SQLite")
    count = terms.times(quick=200, usual=QUESTIONS, full=QUESTIONS)
    with served(terms) as stage:
        for town in TOWNS:
            _add_for_staff(stage, town)
        stored = _stored(stage)
        probes = _drawn(list(_probes(stored)), count)
        return judge(stored, probes, list(_told(stage, probes)))


def judge(stored: Mapping[UUID, Stored], probes: Iterable[Probe], told: Iterable[dict[str, Any]]) -> Part:
    """Hold every shown quote against the documents."""
    sources, outcomes, seen = Counter[str](), Counter[str](), Counter[str]()
    for probe, answer in zip(probes, told, strict=True):
        sources[probe.source] += 1
        outcomes[answer["outcome"]] += 1
        for said, citation in _shown(answer):
            document = stored[UUID(citation["document"]["id"])]
            seen["shown"] += 1
            seen["foreign"] += not document.is_of(probe.town)
            seen["not_in_force"] += document.is_of(probe.town) and not document.may_be_quoted
            seen["not_verbatim"] += said not in document.text or citation["quote"] not in document.text
    figures: Figures = {
        "questions": sources.total(),
        **{f"from_{source}": number for source, number in sorted(sources.items())},
        **{f"outcome_{outcome}": number for outcome, number in sorted(outcomes.items())},
        "sentences_shown": seen["shown"],
        "foreign": seen["foreign"],
        "expired_withdrawn_or_staff": seen["not_in_force"],
        "not_verbatim": seen["not_verbatim"],
    }
    return Part(
        seen["shown"] > 0 and not seen["foreign"] + seen["not_in_force"] + seen["not_verbatim"], figures
    )


def _shown(answer: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for sentence in answer["sentences"]:
        for citation in sentence["citations"]:
            yield sentence["text"], citation
    for citation in answer["close"]:
        yield citation["quote"], citation


def _add_for_staff(stage: Stage, town: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tebiki.md"
        path.write_text(STAFF, encoding="utf-8")
        ran = stage.run(
            "documents", "add", "--municipality", town, str(path), "--audience", "staff", "--json"
        )
    assert ran.code == 0, ran.err


def _stored(stage: Stage) -> dict[UUID, Stored]:
    """Every revision of every document, whatever its state."""
    today = datetime.now(TOKYO).date().isoformat()
    query = (
        "SELECT d.id, o.code, (SELECT group_concat(m.code) FROM tenancy_organisation m WHERE m.parent_id = d.owner_id"
        " AND d.is_shared AND NOT EXISTS (SELECT 1 FROM knowledge_document r WHERE r.owner_id = m.id"
        " AND r.name = d.name AND r.superseded_at IS NULL AND r.withdrawn_at IS NULL)"
        " AND NOT EXISTS (SELECT 1 FROM knowledge_declined n WHERE n.owner_id = m.id AND n.sharer_id = d.owner_id"
        " AND n.name = d.name AND n.ended_at IS NULL)), d.text, d.audience = 'public' AND d.superseded_at IS NULL AND d.withdrawn_at IS NULL"
        " AND d.valid_from <= ? AND (d.valid_to IS NULL OR d.valid_to >= ?)"
        " FROM knowledge_document d JOIN tenancy_organisation o ON o.id = d.owner_id"
    )
    with database.reading(stage.var / inventory.DATABASE) as connection:
        rows = connection.execute(query, (today, today)).fetchall()
    return {
        UUID(key): Stored(town, text, bool(open_), frozenset((members or "").split(",")))
        for key, town, members, text, open_ in rows
    }


def _probes(stored: Mapping[UUID, Stored]) -> Iterator[Probe]:
    """Every sentence that a town's own public documents in force do not say, as a question to it."""
    own = {
        town: "\n".join(each.text for each in stored.values() if each.is_of(town) and each.may_be_quoted)
        for town in TOWNS
    }
    for document in stored.values():
        for span in sentences(document.text):
            said = span.of(document.text)
            if len(said) < SHORTEST:
                continue
            for town in TOWNS:
                if said not in own[town]:
                    yield Probe(town, said, "own_past_or_staff" if document.is_of(town) else "another_town")


def _drawn(probes: list[Probe], count: int) -> list[Probe]:
    """All that the town itself says no longer, or so many of it, and others by chance; asked in several ways."""
    chance = random.Random(20261122)  # noqa: S311 — a die, not a secret
    chance.shuffle(probes)
    probes.sort(key=lambda probe: probe.source != "own_past_or_staff")
    own = sum(probe.source == "own_past_or_staff" for probe in probes)
    kept = probes[: min(own, count // 2)] + probes[own:]
    return [
        probe._replace(question=WAYS[number % len(WAYS)].format(probe.question))
        for number, probe in enumerate(kept[:count])
    ]


def _told(stage: Stage, probes: Iterable[Probe]) -> Iterator[dict[str, Any]]:
    with (
        httpx.Client(base_url=stage.base_url, timeout=120) as client,
        ThreadPoolExecutor(AT_ONCE) as askers,
    ):
        yield from askers.map(lambda probe: asked(client, probe.town, probe.question), probes)
