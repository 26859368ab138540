"""自查里看字的几问：有没有哪个字眼，两格是不是同一句话，填的是不是只画了线；公式和程序含义相同。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.address import literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.form.live.check import Judged

# 只去空格、只认这几个标点的两种写法：程序另外还不计别的差别，所以表只会说得少
_DROPPED = (" ", "　")
_UNIFIED = {"，": ",", "；": ";", "：": ":", "（": "(", "）": ")"}
_DASHES = "-－—–_＿*＊× 　"
_CROSSES = ("XX", "ＸＸ")
ANSWERS = ("是", "否", "有", "没有", "√", "×")
DIGITS = tuple("0123456789０１２３４５６７８９")


def one_of(value: str, words: Iterable[str]) -> str:
    """是其中一个字；不写成一串常数：有了它，Excel 不许合写成共享公式。"""
    return f"OR({','.join(f'{value}={literal(word)}' for word in words)})"


def has_word(cell: str, words: Iterable[str]) -> str:
    """这一格有没有其中一个字眼；FIND 不是各种软件都能成片地找，所以看逐个去掉了短不短。"""
    text = cell
    for word in words:
        text = f'SUBSTITUTE({text},{literal(word)},"")'
    return f"LEN({text})<LEN({cell})"


def names(text: str, words: Iterable[str]) -> bool:
    """与 has_word 同义。"""
    return any(word in text for word in words)


def folded_formula(cell: str) -> str:
    """只差空格、全半角标点、大小写的写成一样。"""
    text = f"UPPER(CLEAN({cell}))"
    for mark in _DROPPED:
        text = f'SUBSTITUTE({text},"{mark}","")'
    for mark, other in _UNIFIED.items():
        text = f'SUBSTITUTE({text},"{mark}","{other}")'
    return text


@lru_cache(maxsize=256)  # 一行的名称，以下各行都要比；一格可以有三万字，不多留
def folded(text: str) -> str:
    """与 folded_formula 同义。"""
    bare = "".join(char for char in text if char >= " " and char not in _DROPPED)
    return "".join(_UNIFIED.get(char, char) for char in bare).upper()


def given_formula(cell: str) -> str:
    """填了，而且不是只画线、打叉的。"""
    drawn = f'ISERROR(FIND(LEFT({cell},1),"{_DASHES}"))'
    crossed = ",".join(f'LEFT({cell},2)<>"{cross}"' for cross in _CROSSES)
    return f'IF(ISNUMBER({cell}),TRUE,IF({cell}="",FALSE,AND({drawn},{crossed})))'


def is_given(judged: Judged, column: str) -> bool:
    """与 given_formula 同义。"""
    entry = judged.facts.entry(judged.key(column))
    if not isinstance(getattr(entry.value, "number", entry.value), str | None):
        return True
    return entry.raw != "" and not entry.raw.upper().startswith((*_DASHES, *_CROSSES))
