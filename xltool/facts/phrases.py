"""一段文字里有没有字眼表里的话。

字眼表写着可以隔字的，话里的“…”是前后两半之间隔着的几个字：在同一小句里，一个“…”最多隔两个字；
两半挨着的也算。公式不看这样的表。
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xltool.scheme.contract.own import GAP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.scheme.model import Scheme

_WITHIN: Final = "[^，。；]"
_EACH: Final = 2
_BREAK: Final = "。"
_NEVER: Final = "(?!)"


@lru_cache(maxsize=256)
def ways(scheme: Scheme, options: str, option: str) -> tuple[str, ...]:
    """字眼表的一个选项的各种说法；没有这个选项的没有。"""
    found = (one for one in scheme.listed(options) if one.key == option)
    return tuple(word for one in found for word in (one.value, *one.aliases))


@lru_cache(maxsize=256)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """其中任何一个，长的先认；一个也没有写的，什么也不是。"""
    return re.compile("|".join(map(re.escape, longest_first(words))) or _NEVER)


@lru_cache(maxsize=256)
def any_phrase(words: tuple[str, ...]) -> re.Pattern[str]:
    """同 any_of，话里的“…”是隔着的几个字。"""
    return re.compile("|".join(map(_phrase, words)) or _NEVER)


def longest_first(words: Iterable[str]) -> list[str]:
    """长的在前。"""
    return sorted(words, key=len, reverse=True)


def has_any(words: tuple[str, ...], text: str, unless: tuple[str, ...] = ()) -> bool:
    """有没有其中一个；是 `unless` 里的一部分的（“不高于”里的“高于”）不算。"""
    return bool(any_of(words).search(any_of(unless).sub(_BREAK, text)))


def _phrase(phrase: str) -> str:
    """隔着的字不出这一小句；“…”只有一处，方案的检查看过了。"""
    if GAP not in phrase:
        return re.escape(phrase)
    before, *between, after = phrase.split(GAP)
    most = _EACH * (len(between) + 1)
    return f"{re.escape(before)}{_WITHIN}{{0,{most}}}{re.escape(after)}"
