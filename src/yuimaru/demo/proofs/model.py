"""`prove model`: a language model that obeys an attacker, or is out of order, changes nothing of what a town says.

The model is a server on this machine. It is asked by the real server, for the page that residents see.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from yuimaru.demo import cast
from yuimaru.demo.proofs.lies import LIES, Lie
from yuimaru.demo.proofs.model_server import OUTAGES, Behaviour, Handler, Model, completion, model
from yuimaru.demo.proofs.part import Figures, Part, Terms, skipped
from yuimaru.demo.proofs.questions import answered, seen
from yuimaru.demo.proofs.served import served
from yuimaru.demo.stage import Stage
from yuimaru.demo.story import TOKYO
from yuimaru.foundation.backups import database, inventory

TOWN = cast.OUMI
WITHIN = 3.0  # seconds until the town's own sentences are there
WARM_UP = 12  # honest replies, so that every web process has met the model
_LEDGER = "knowledge_egress"
_PAUSE = next(
    iter(LIES)
)  # a lie is no failure: told between failures, it keeps the model from being left alone

Question = tuple[str, list[str]]  # and the sentences of its answer


def prove(terms: Terms) -> Part:
    """Let the model tell every lie about some answers, then fail in every way."""
    if terms.database:
        return skipped("行の数をSQLiteで数えます / rows are counted on SQLite")
    count = terms.times(quick=1, usual=10, full=10)
    with served(terms, YUIMARU_SEARCH="words") as stage, model() as server:
        return _prove_on(stage, server, list(answered(stage, TOWN, count)))


def _prove_on(stage: Stage, server: Model, questions: Sequence[Question]) -> Part:
    control = _grown(stage, [(question, None) for question in questions], server)
    _set_up(stage, server.url)
    honest = [(questions[0], lambda quote: _said(quote))] * WARM_UP
    shown = sum(_Seen(stage, server, question, _obeying(lie)).worded > 0 for question, lie in honest)
    lies = [(question, _obeying(lie)) for question in questions for lie in LIES.values()]
    before = _rows(stage)
    told = [_Seen(stage, server, question, behaviour) for question, behaviour in lies]
    failed = []
    for behaviour, _ in OUTAGES.values():
        failed.append(_Seen(stage, server, questions[0], behaviour))
        _Seen(stage, server, questions[0], _obeying(LIES[_PAUSE]))
    grown = {table for table, rows in _rows(stage).items() if rows > before.get(table, 0)}
    left_alone = _left_alone(stage, server, questions[0])
    server.shutdown()
    away = _Seen(stage, server, questions[0], None)
    everything = [*told, *failed, away]
    ledger: dict[str, Any] = stage.run("model", "show", "--municipality", TOWN, "--json").json
    figures: Figures = {
        "questions": len(questions),
        "lies": len(told),
        "outages": len(failed) + 1,
        "asked": len(server.asked),
        "honest_shown": shown,
        "shown": sum(seen.worded > 0 for seen in everything),
        "unverified_sentences": sum(seen.worded for seen in everything),
        "foreign_links": sum(seen.foreign for seen in everything),
        "own_sentences_missing": sum(seen.missing for seen in everything),
        "side_effects": sorted(grown - control - {_LEDGER}),
        "ledger": json.dumps(ledger["sent"]),
        "slowest_lie_s": round(max(seen.seconds for seen in told), 2),
        "slowest_outage_s": round(max(seen.seconds for seen in (*failed, away)), 2),
        "left_alone_after_three": left_alone,
    }
    nothing = ("shown", "unverified_sentences", "foreign_links", "own_sentences_missing", "side_effects")
    kept = not any(figures[name] for name in nothing) and shown > 0 and left_alone
    return Part(kept and max(seen.seconds for seen in everything) <= WITHIN, figures)


class _Seen:
    """A page that was asked for while the model behaved in some way."""

    def __init__(self, stage: Stage, server: Model, question: Question, behaviour: Behaviour | None) -> None:
        if behaviour is not None:
            server.behaviour = behaviour
        asked, own = question
        page, self.seconds = seen(stage, TOWN, asked)
        assert page.status == 200, f"{page.status} {asked}"
        self.worded = len(page.texts(".worded p[lang=ja]"))
        inside = (stage.base_url, "/")
        self.foreign = sum(not address.startswith(inside) for address in page.links("//"))
        self.foreign += page.html.count("example.com")
        said = "".join(page.text.split())
        self.missing = sum("".join(sentence.split()) not in said for sentence in own)


def _set_up(stage: Stage, url: str) -> None:
    """Let the town's answers be worded by the server behind an address."""
    key = Path(stage.var) / "model.key"
    key.write_text("secret")
    told = {
        "kind": "compatible",
        "url": url,
        "model": "obedient",
        "region": "庁内",
        "deployment": "own",
        "monitoring": "off",
        "contract": "庁内のサーバ（契約なし）",
        "checked-on": datetime.now(TOKYO).date().isoformat(),
        "daily-tokens": "100000000",
        "key-file": str(key),
    }
    options = [word for name, value in told.items() for word in (f"--{name}", value)]
    for command in (["set", *options], ["on"]):
        ran = stage.run("model", command[0], "--municipality", TOWN, *command[1:], "--json")
        assert ran.code == 0, ran.err


def _obeying(lie: Lie) -> Behaviour:
    """A model that says of the first quote it is given what the attacker wants."""

    def behave(handler: Handler) -> None:
        told = json.loads(handler.server.asked[-1]["body"]["messages"][-1]["content"])
        handler.give(200, completion(lie(told["引用"][0]["文"])))

    return behave


def _said(quote: str) -> str:
    return json.dumps({"sentences": [{"text": quote, "quotes": [1]}]}, ensure_ascii=False)


def _left_alone(stage: Stage, server: Model, question: Question) -> bool:
    """Whether a model that fails three times in a row is not asked a fourth time."""
    for _ in range(3):
        _Seen(stage, server, question, OUTAGES["server error"][0])
    before = len(server.asked)
    _Seen(stage, server, question, None)
    return len(server.asked) == before


def _grown(stage: Stage, questions: Sequence[tuple[Question, None]], server: Model) -> set[str]:
    """The tables that grow when questions are asked and no model is there."""
    before = _rows(stage)
    for question, behaviour in questions:
        _Seen(stage, server, question, behaviour)
    return {table for table, rows in _rows(stage).items() if rows > before.get(table, 0)}


def _rows(stage: Stage) -> Counter[str]:
    """How many rows every table has."""
    with database.reading(stage.var / inventory.DATABASE) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return Counter(
            {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}  # noqa: S608
        )
