"""别的表的格在公式里的名称：由表名、行、列拼成，写出时再由名称得出它是哪里。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xltool.address import Area, At, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

_TEXT: Final = re.compile(r'"(?:[^"]|"")*"')
_NAME: Final = re.compile(r"_([^\W_]+)_(\d+)行(\d+)列(?:_(\d+)行(\d+)列)?")
# 有的程序把名称里像 N6 的一段也当成引用来移动，所以不许有英文字母
_SHEET: Final = re.compile(r"[^\W_A-Za-z]+")


def reference(sheet: str, area: Area) -> str:
    """一块格的引用。"""
    block = area.first if area.first == area.last else area
    return f"{quoted(sheet)}!{block.absolute}"


def named_reference(sheet: str, area: Area) -> str:
    """一块格的名称；表名拼不成名称的，还是引用。"""
    if not _SHEET.fullmatch(sheet):
        return reference(sheet, area)
    ends = (area.first,) if area.first == area.last else (area.first, area.last)
    return "_".join(("", sheet, *(f"{end.row}行{end.col}列" for end in ends)))


def named_places(texts: Iterable[str]) -> dict[str, str]:
    """公式里用到的名称，各是哪里的引用，按名称排。"""
    names = {name for text in texts for name in _names(text)}
    return {name: _meant(name) for name in sorted(names)}


@lru_cache(maxsize=8192)  # 几百份表的公式都一样
def _names(text: str) -> frozenset[str]:
    return frozenset(found[0] for found in _NAME.finditer(_TEXT.sub("", text)))


def _meant(name: str) -> str:
    found = _NAME.fullmatch(name)
    if found is None:
        raise ValueError(name)
    sheet, row, column, *last = found.groups()
    first = At(int(row), int(column))
    end = At(int(last[0]), int(last[1])) if last[0] else first
    return reference(sheet, Area(first, end))
