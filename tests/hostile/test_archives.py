"""ZIP archives with traps: each bad member is refused with its own code, the good ones are taken."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.text import mails, nasty
from tests.hostile import others
from yuimaru.core.text.extract import CODES, Member, Source, archive, unpack
from yuimaru.core.text.extract.reading import opened

GOOD = ("窓口/good.md", others.NOTE)


def packed(*members: tuple[str | zipfile.ZipInfo, bytes], compressed: bool = True) -> bytes:
    """An archive of these members, the good one last."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED) as made:
        for name, held in (*members, GOOD):
            made.writestr(name, held)
    return written.getvalue()


def _link() -> bytes:
    entry = zipfile.ZipInfo("passwd.txt")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return packed((entry, b"/etc/passwd"))


def _encrypted() -> bytes:
    held = bytearray(packed(("secret.md", others.NOTE)))
    held[held.index(b"PK\x01\x02") + 8] |= 1
    return bytes(held)


def _damaged() -> bytes:
    held = packed(("bad.md", b"# bad bytes\n"), compressed=False)
    return held.replace(b"# bad bytes", b"# BAD bytes")


def _twice() -> bytes:
    return packed(("a1.md", others.NOTE), ("a2.md", b"# other\n")).replace(b"a2.md", b"a1.md")


def _nested(depth: int) -> bytes:
    held = packed()
    for _ in range(depth):
        held = packed(("in.zip", held))
    return held


TRAPS: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("swelling", lambda: packed(("big.md", b" " * 30_000_000)), "big.md", "bomb"),
    ("upwards", lambda: packed(("../../etc/cron.d/x.md", others.NOTE)), "../../etc/cron.d/x.md", "outside"),
    ("absolute", lambda: packed(("/etc/passwd.md", others.NOTE)), "/etc/passwd.md", "outside"),
    ("drive", lambda: packed(("C:\\boot.md", others.NOTE)), "C:/boot.md", "outside"),
    ("backslashes", lambda: packed(("..\\x.md", others.NOTE)), "../x.md", "outside"),
    ("link", _link, "passwd.txt", "link"),
    ("password", _encrypted, "secret.md", "encrypted"),
    ("checksum", _damaged, "bad.md", "broken"),
    ("one name twice", _twice, "a1.md", "suspicious"),
    ("deep", lambda: _nested(archive.DEEPEST), "in.zip/in.zip/in.zip", "too_deep"),
]


def _by_name(found: list[Member]) -> dict[str, str | None]:
    return {member.name: member.refused for member in found}


@pytest.mark.parametrize(("what", "make", "name", "code"), TRAPS, ids=[trap[0] for trap in TRAPS])
def test_a_trap_is_refused_and_the_rest_is_taken(
    what: str, make: Callable[[], bytes], name: str, code: str
) -> None:
    found = unpack(Source("a.zip", make()))
    assert (name, code) in {(member.name, member.refused) for member in found}
    assert _by_name(found)[GOOD[0]] is None
    assert code in CODES


def test_too_many_files_end_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    made = packed(*((f"{number}.md", others.NOTE) for number in range(archive.MOST_MEMBERS)))
    found = opened(Source("a.zip", made))
    assert [member.refused for member in found[-2:]] == [None, "too_many"]
    assert len(found) == archive.MOST_MEMBERS + 1


def test_all_together_are_never_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive.Budget, "__init__", lambda self: _small(self))
    found = _by_name(opened(Source("a.zip", packed(("a.md", b"# a " * 50), ("b.md", b"# b " * 50)))))
    assert found == {"a.md": None, "b.md": "too_much", GOOD[0]: None}


def _small(budget: archive.Budget) -> None:
    budget.members, budget.size = 10, 250


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed()[:-30], "broken"),
        (nasty.docx(), "mislabelled"),
        (nasty.pdf(), "mislabelled"),
        (nasty.pdf() + packed(), "suspicious"),
        (b"", "empty"),
    ],
)
def test_what_is_no_archive_is_refused_as_a_whole(content: bytes, code: str) -> None:
    assert _by_name(unpack(Source("a.zip", content))) == {"": code}


@pytest.mark.parametrize("codec", ["cp932", "utf-8"])
def test_names_of_windows_and_of_others(codec: str) -> None:
    raw = "様式／申請書（表）.md".encode(codec)
    held = packed(("x" * len(raw), others.NOTE)).replace(b"x" * len(raw), raw)
    assert "様式／申請書（表）.md" in _by_name(unpack(Source("a.zip", held)))


def test_mails_inside_and_their_attachments() -> None:
    found = _by_name(unpack(Source("a.zip", packed(("受信/m.eml", mails.with_attachments())))))
    assert {"受信/m.eml", "受信/m.eml/様式.md", "受信/m.eml/元のメール.eml", GOOD[0]} <= set(found)


def test_what_systems_leave_behind_is_no_document() -> None:
    litter = ("__MACOSX/._good.md", ".DS_Store", "a/Thumbs.db", ".git/x.md")
    assert set(_by_name(unpack(Source("a.zip", packed(*((name, b"x") for name in litter)))))) == {GOOD[0]}


def test_overlapping_members_are_refused() -> None:
    """Many names for the same packed bytes: the way to unpack terabytes from a small file."""
    held = packed(("zzzz1.md", others.NOTE), ("zzzz2.md", others.NOTE))
    directory = held.index(b"PK\x01\x02")
    first, second = (held.index(f"zzzz{n}.md".encode(), directory) - 46 for n in (1, 2))
    made = held[: second + 42] + held[first + 42 : first + 46] + held[second + 46 :]
    assert struct.unpack_from("<I", made, second + 42) == (0,)
    assert _by_name(unpack(Source("a.zip", made)))["zzzz2.md"] == "suspicious"


WHOLE = packed(("a/m.eml", mails.with_attachments()), ("b.zip", packed()))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=12), st.integers(0, 60)
)
def test_damage_never_raises(changes: list[tuple[int, int]], cut: int) -> None:
    held = bytearray(WHOLE)
    for place, value in changes:
        held[place] = value
    found = opened(Source("a.zip", bytes(held[: len(held) - cut])))
    assert {member.refused for member in found} <= {None, *CODES}
