"""表头和选项的比较：折叠写法上的差别，找出选项，猜出近似的选项。"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xltool.values.text import INVISIBLE, LOOKALIKES, normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SPACE = re.compile(r"\s+")
_UNIFIED: Final = (
    dict.fromkeys(map(ord, "“”„‟＂「」『』‘’‚‛'`´"), '"')
    | dict.fromkeys(map(ord, "【〔［[｛{"), "(")
    | dict.fromkeys(map(ord, "】〕］]｝}"), ")")
    | dict.fromkeys(map(ord, "‐‑‒–—―−－─"), "-")
    | {ord(char): mark for char, mark in LOOKALIKES.items()}
)
_CACHED_LENGTH: Final = 64
_CLOSE: Final = 0.6
_BEGUN: Final = 4  # 再短的，像是别的话的开头
_TURNING: Final = ("未", "没", "不", "非", "无", "部分", "基本", "大部", "大致")


def _fold(text: str) -> str:
    # 去掉零宽字符后可能又能合成新字，所以折到不再变化为止
    while True:
        bare = _SPACE.sub("", INVISIBLE.sub("", text)).translate(_UNIFIED)
        folded = normal(bare).rstrip(":")
        if folded == text:
            return text
        text = folded


_cached = lru_cache(maxsize=4096)(_fold)


def fold(text: str) -> str:
    """折叠：全半角、大小写、空白、引号、括号、横线的差别和末尾的冒号都不计。"""
    return _cached(text) if len(text) <= _CACHED_LENGTH else _fold(text)


def match_choice(text: str, options: Iterable[tuple[str, Sequence[str]]]) -> str | None:
    """折叠后与哪个选项（或它的别名）相同；返回选项的正式写法，没有则为空。"""
    wanted = fold(text)
    for canonical, aliases in options:
        if wanted == fold(canonical) or any(wanted == fold(alias) for alias in aliases):
            return canonical
    return None


def nearest_all(text: str, options: Sequence[str]) -> list[str]:
    """最像的几个，用来提示：几个都包含这几个字的，一样像，都列出。"""
    wanted = fold(text)
    holding = [one for one in options if len(wanted) > 1 and wanted in fold(one)]
    if holding:
        return holding
    close = nearest(text, options)
    return [close] if close else []


def nearest(text: str, options: Iterable[str]) -> str | None:
    """最像的选项，用来提示；都不像则为空。"""
    folded = {fold(option): option for option in options}
    close = get_close_matches(fold(text[:_CACHED_LENGTH]), folded, n=1, cutoff=_CLOSE)
    return folded[close[0]] if close else None


def nearest_meaning(text: str, options: Iterable[str]) -> str | None:
    """同上，选项是话的：只写了开头的先算。

    字像而意思相反、程度不同的（“未达成”与“达成”）不算：照着改会变了意思。
    """
    wanted = fold(text[:_CACHED_LENGTH])
    alike = [one for one in options if _turned(fold(one)) == _turned(wanted)]
    begun = (one for one in alike if len(wanted) >= _BEGUN and fold(one).startswith(wanted))
    return next(begun, None) or nearest(text, alike)


def _turned(text: str) -> frozenset[str]:
    return frozenset(word for word in _TURNING if word in text)
