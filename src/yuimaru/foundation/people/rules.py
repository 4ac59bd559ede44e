"""Secrets of tokens, made once and kept as a fingerprint only; and what posts are called in rules on decisions."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

PREFIX = "yuimaru_"  # so that a scanner for leaked secrets knows one when it sees it


def new_secret() -> str:
    """A token of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    """What is stored of a token: its SHA-256. 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


HEAD = "首長"
HEADS = ("市長", "区長", "町長", "村長", "知事", "広域連合長", "管理者", "理事長")
# 職位, as they end a title: 「子ども課長」 is a 課長, a 「副町長」 no 町長.
RANKS = (
    *HEADS, *(f"副{head}" for head in HEADS), "教育長", "会計管理者", "局長", "部長", "次長", "課長", "室長", "所長", "館長",
    "園長", "係長", "副局長", "副部長", "副課長", "副室長", "副所長", "副係長", "課長補佐", "室長補佐", "係長補佐", "課長代理",
    "室長代理", "係長代理", "主幹", "主査", "主任", "主事", "担当",
)  # fmt: skip


def rank_of(title: str) -> str:
    """The 職位 in which a title ends, the longest there is; empty when it ends in none."""
    return max((rank for rank in RANKS if title.endswith(rank)), key=len, default="")


def answers_to(title: str, name: str) -> bool:
    """Whether rules on decisions mean this post: by its title, its 職位, or 首長 for the head of the body."""
    rank = rank_of(title)
    return name != "" and (name in (title, rank) or (name == HEAD and rank in HEADS))


def is_head(title: str) -> bool:
    """Whether the post is the head of the body; what anybody else decides is 専決."""
    return rank_of(title) in HEADS


@dataclass(frozen=True)
class Away:
    """An absence on a day: of a post, or of a person; with the posts that stand in, the first in order first."""

    post: UUID | None
    user: UUID | None
    deputies: tuple[UUID, ...]


def stand_ins(post: UUID, holders: Mapping[UUID, frozenset[UUID]], away: Sequence[Away]) -> frozenset[UUID]:
    """The people who may sign for a post today: none while a holder is there, else those at the first deputy post.

    :param holders: post → the people who hold it today.
    """
    held = holders.get(post, frozenset())
    gone = {one.user for one in away if one.user is not None}
    closed = {one.post for one in away if one.post is not None}
    if post not in closed and not (held and held <= gone):
        return frozenset()
    orders = [one.deputies for one in away if one.post == post or one.user in held]
    for deputy in (each for order in orders for each in order):
        there = holders.get(deputy, frozenset()) - gone - held
        if there and deputy not in closed:
            return there
    return frozenset()
