"""同一批里谁和谁写得一样：先找一字不差的，再找几乎一样的。

几千份报送有几万段话，两两去比太慢：每段话取它各处五字串里散列值最小的几个作记号，记号相同的才细比。
"""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

_SHINGLE = 5
_MARKS = 6
_MOST_COMPARED = 30  # 一个记号下只与最先的这么多段细比


class Passage(NamedTuple):
    """一段话（折叠过的），属于哪个部门、哪一份（在一批里的序号），是那一份的第几段。

    一批有几万段，只留比的时候要看的。
    """

    department: str
    unit: int
    number: int
    text: str


class Copied(NamedTuple):
    """一份报送里有几段话与别的部门相同或几乎相同：第一处是第几段，最先与它相同的是哪一份。"""

    first: int
    other: int
    same: bool
    places: int


def copied(passages: Sequence[Passage], similarity: Decimal) -> dict[int, Copied]:
    """哪几份与别的部门雷同；按份的序号。"""
    found: dict[int, Copied] = {}
    for passage, other, same in _pairs(passages, float(similarity)):
        known = found.get(passage.unit)
        if known is None:
            found[passage.unit] = Copied(passage.number, other.unit, same, 1)
        else:
            found[passage.unit] = known._replace(places=known.places + 1)
    return found


def _pairs(
    passages: Sequence[Passage], similarity: float
) -> Iterator[tuple[Passage, Passage, bool]]:
    """每段话和最先与它相同（或几乎相同）的别的部门的一段话，依原来的次序。"""
    exact: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        if all(one.department != passage.department for one in exact[passage.text][:2]):
            exact[passage.text].append(passage)
    marked = _marked(exact)
    near: dict[str, str] = {}
    for passage in passages:
        text = passage.text
        other = _elsewhere(exact[text], passage)
        if other is not None:
            yield passage, other, True
            continue
        if text not in near:
            near[text] = _nearest(text, marked, similarity)
        other = _elsewhere(exact[near[text]], passage) if near[text] else None
        if other is not None:
            yield passage, other, False


def _elsewhere(listed: Iterable[Passage], passage: Passage) -> Passage | None:
    return next((one for one in listed if one.department != passage.department), None)


def _marked(texts: Iterable[str]) -> dict[int, list[str]]:
    """各个记号下有哪些不同的话。"""
    marked: dict[int, list[str]] = defaultdict(list)
    for text in texts:
        for mark in _marks(text):
            if len(marked[mark]) < _MOST_COMPARED:
                marked[mark].append(text)
    return marked


def _marks(text: str) -> list[int]:
    shingles = {text[start : start + _SHINGLE] for start in range(len(text) - _SHINGLE + 1)}
    return sorted(crc32(one.encode()) for one in shingles)[:_MARKS]


def _nearest(text: str, marked: dict[int, list[str]], similarity: float) -> str:
    """与它几乎一样的另一段话；没有的为空串。"""
    candidates = dict.fromkeys(one for mark in _marks(text) for one in marked[mark])
    matcher = SequenceMatcher(None, "", text, autojunk=False)
    for other in candidates:
        if other == text or 2 * min(len(other), len(text)) <= similarity * (len(other) + len(text)):
            continue
        matcher.set_seq1(other)
        if matcher.quick_ratio() > similarity and matcher.ratio() > similarity:
            return other
    return ""
