"""一份报送填了什么：内容的指纹，和是不是还没有填。

只看填的内容，不看字节和版式：另存过、打印过、上过色的，填的没有变就是同一份。
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from xltool.facts.derived import derived_keys
from xltool.facts.entry import EntryState
from xltool.scheme.key import VALUE, CellKey
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.facts.entry import Entry, Submission
    from xltool.facts.typed import Typed
    from xltool.scheme.model import Scheme

COVER: Final = "cover"
# 下发时照名单预填在封面上的；认出评的是谁的各项（部门、项目）由方案的 subject 给出
_PREFILLED: Final = ("department", "department_code", "year", "has_funds", "filler", "phone")
_SIZE: Final = 16


def answers_mark(submission: Submission) -> str:
    """所填内容的指纹：用的哪个方案、哪些格填了什么；空白的多少、换行的写法不算。"""
    entries = submission.entries
    lines = _lines({key: _typed(entry) for key, entry in entries.items()})
    # 只在问题清单里写了说明的，也是改过的一份
    lines += sorted({f"{one.code}\0{' '.join(one.text.split())}" for one in submission.statements})
    return _mark(submission.scheme, lines)


def _lines(texts: Mapping[CellKey, str]) -> list[str]:
    return ["\0".join((*key, texts[key])) for key in sorted(texts)]


def _mark(scheme: str, lines: Iterable[str]) -> str:
    listed = "\1".join((scheme, *lines)).encode("utf-8", "replace")
    return blake2b(listed, digest_size=_SIZE).hexdigest()


def started_mark(scheme: Scheme, entries: Mapping[CellKey, Entry]) -> str:
    """下发时起了头的内容（上年的指标一类）的指纹，封面上预填的不算；一格也没有的为空。"""
    own = _own(scheme, entries)
    return _mark(scheme.id, _lines({key: _typed(entries[key]) for key in own})) if own else ""


def _typed(entry: Entry) -> str:
    """填的是什么：数、日期写成一种样子，指标值和读不成的照原文。"""
    value = entry.value
    if type(value) is str:  # 大半是文字
        return " ".join(value.split())
    if entry.state is not EntryState.VALUE:
        return f"{entry.state.value} {' '.join(entry.raw.split())}"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(entry.raw.split())


def untouched(scheme: Scheme, submission: Submission) -> bool:
    """还没有填：有内容的只是下发时预填的、起了头的各格，或一格也没有。"""
    entries = submission.entries
    own = _own(scheme, entries)
    if not own or not submission.started:
        return not own
    return started_mark(scheme, entries) == submission.started


def unnamed(scheme: Scheme, contents: Mapping[CellKey, Typed]) -> list[CellKey]:
    """认出评的是谁的各项（部门、项目）里没有写的。"""
    return [key for key in scheme.subject if not str(contents.get(key, "")).strip()]


def _own(scheme: Scheme, entries: Mapping[CellKey, Entry]) -> set[CellKey]:
    """单位自己填的各格：下发时预填的、由别的格得出的不算。"""
    derived = {key for key in derived_keys(scheme) if key in entries and entries[key].formula}
    return entries.keys() - _prefilled(scheme) - derived


def _prefilled(scheme: Scheme) -> set[CellKey]:
    return {CellKey(COVER, key, VALUE) for key in _PREFILLED} | set(scheme.subject)
