"""Files with bytes changed, cut and doubled at random: read or refused in words, and the process lives on."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.core.text import mails, nasty, office
from tests.hostile import others
from yuimaru.core.text.extract import CODES, Extracted, Refused, Source, extract

SEEDS: dict[str, Callable[[], bytes]] = {
    "pdf": nasty.pdf,
    "docx": nasty.docx,
    "xlsx": office.workbook,
    "pptx": office.slides,
    "html": lambda: others.PAGE,
    "md": lambda: others.NOTE,
    "eml": mails.with_attachments,
    "csv": lambda: "質問,回答\nいつですか,10日です。\n".encode(),
}
TIMES = 40


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The content with a few bytes changed, or a stretch taken out, doubled or overwritten."""
    held = bytearray(content)
    for _ in range(chance.choice((1, 3, 20))):
        place, length = chance.randrange(len(held)), chance.randrange(1, 64)
        match chance.randrange(4):
            case 0:
                held[place] = chance.randrange(256)
            case 1 if len(held) > 200:
                del held[place : place + length]
            case 2:
                held[place:place] = held[place : place + length]
            case _:
                held[place : place + length] = chance.randbytes(length)
    return bytes(held)


@pytest.mark.parametrize("kind", SEEDS)
def test_every_one_is_read_or_refused(kind: str) -> None:
    chance = random.Random(f"{kind} 2026")
    content = SEEDS[kind]()
    broken = [Source(f"{number}.{kind}", mutated(content, chance)) for number in range(TIMES)]
    *found, last = extract([*broken, Source(f"whole.{kind}", content)])
    assert len(found) == TIMES
    assert {one.code for one in found if isinstance(one, Refused)} <= set(CODES)
    assert isinstance(last, Extracted)
