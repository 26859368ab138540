"""三个锚点取二：标识、印好的字、原来的位置，两个相符即可认定。"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Trust(StrEnum):
    """认定的把握。"""

    SURE = "sure"
    MOVED = "moved"  # 位置变了，标识和文字都在
    CHANGED = "changed"  # 文字变了或标识没了
    REPEATED = "repeated"  # 标识和文字都对的不止一处
    TORN = "torn"  # 标识在一处，文字在另一处
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Anchored:
    """认定的行号或列号，以及把握。"""

    number: int
    trust: Trust


LOST = Anchored(0, Trust.LOST)


_SHOWN = 10  # 一句话里最多列这么多处


def listed(places: Iterable[str]) -> str:
    """几处的写法，太多的只列开头。"""
    shown = list(islice(places, _SHOWN + 1))
    more = "等" if len(shown) > _SHOWN else ""
    return "、".join(shown[:_SHOWN]) + more


def decide(identity: tuple[int, ...], printed: tuple[int, ...], origin: int) -> Anchored:
    """由标识所在、文字所在和原来的位置认定一行或一栏。

    各锚点可能一处也没有，也可能有几处；两个锚点指向同一处才算数。
    只剩一个锚点时也认，但要说出来；标识和文字各在一处的不猜。
    """
    both = sorted({*identity} & {*printed})
    if len(both) > 1:
        return Anchored(0, Trust.REPEATED)
    if both:
        return Anchored(both[0], Trust.SURE if both[0] == origin else Trust.MOVED)
    if identity and printed:
        return Anchored(0, Trust.TORN)
    votes = identity or printed
    if origin in votes:
        return Anchored(origin, Trust.CHANGED)
    if len(votes) == 1:
        return Anchored(votes[0], Trust.CHANGED)
    return Anchored(0, Trust.REPEATED) if votes else LOST
