"""文字占多少行：打开时没有自动行高，行高由字数算出。"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE = 15.0  # 五号字一行的高度，磅
PADDING = 6.0
_TIGHT_LINE, _TIGHT_PADDING = 13.0, 2.0  # 印成一页的表，一行排密些
_TIGHT_ROOM = 8 / 7  # 五号字占一又四分之三个字符宽，按两个算的宽裕不留
EDGE = 1.5  # 一格留的边，半角字符
_WIDE = frozenset("WFA")
TALLEST = 409.0  # 电子表格的一行最高多少磅


class _Widths(dict[str, int]):
    """各字符的宽度，用到才查：逐字去查要慢一倍多。"""

    def __missing__(self, char: str) -> int:
        width = self[char] = 2 if unicodedata.east_asian_width(char) in _WIDE else 1
        return width


_width_of = _Widths().__getitem__


def display_width(text: str) -> int:
    """半角字符算 1，全角算 2。"""
    return sum(map(_width_of, text))


def line_capacity(width: float) -> int:
    """多宽的格一行写得下几个半角字符；留一个字符的边。"""
    return int(max(2.0, width - EDGE))


@lru_cache(maxsize=8192)  # 印好的字在每份表里都一样
def lines_of(text: str, width: float, *, tight: bool = False) -> int:
    """在多宽的格里要几行；格宽以半角字符计。"""
    room = _line_room(width, tight=tight)
    return sum(max(1, -(-display_width(part) // room)) for part in text.split("\n"))


def most_lines(height: float = TALLEST, *, tight: bool = False) -> int:
    """多高的一行写得下几行字，不说多高的照行高到了头算。"""
    line, padding = (_TIGHT_LINE, _TIGHT_PADDING) if tight else (LINE, PADDING)
    return int((height - padding) // line)


def characters_across(width: float, *, tight: bool = False) -> int:
    """多宽的格一行写得下几个汉字。"""
    return _line_room(width, tight=tight) // 2


def _line_room(width: float, *, tight: bool) -> int:
    return int((width - EDGE) * _TIGHT_ROOM) if tight else line_capacity(width)


def row_height(
    cells: Iterable[tuple[str, float]], at_least: float = 20.0, *, tight: bool = False
) -> float:
    """一行里最高的一格要多高，磅；不过电子表格的上限。`tight` 的排密些。"""
    line, padding = (_TIGHT_LINE, _TIGHT_PADDING) if tight else (LINE, PADDING)
    lines = max((lines_of(text, width, tight=tight) for text, width in cells), default=1)
    return min(TALLEST, max(at_least, lines * line + padding))
