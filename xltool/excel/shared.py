"""同一栏往下填的公式合写成共享公式：第一格写全，其余只写是哪一组。

只合 Excel 自己也会合的：它的共享公式里不能有别的工作表的引用、成串的常数、并集和交集
（[MS-XLSB] 2.5.98.98），有了便要修复文件；名称可以有。
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import Area
from xltool.sheets.plan import Cell, Formula
from xltool.xlsx.shared_formulas import Shift, translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.address import At

_TEXT: Final = re.compile(r'"(?:[^"]|"")*"')
# 表名、区域的常数、结构化引用、空格（交集）、后来才有的函数；区域的两头不是格的
_UNFIT: Final = re.compile(r"[!{\[\s@#]|_xl|\):|:[A-Za-z_.]*\(", re.IGNORECASE)
_UNION: Final = re.compile(r"(?<![\w.])\([^()]*,")  # 括号前没有函数名而里面有逗号
_SAVES: Final = 2_000  # 少写这么多字才合：短的、只有几格的不值得


class Shared(NamedTuple):
    """一格在哪一组里；第一格的 `area` 是全组的区域，其余的空着。`text` 是这一格的公式。"""

    group: int
    area: str
    text: str

    def fact(self, ref: str) -> str:
        """写完核对时一格记的什么：合的时候看过还原得出，各格的地址、组和第一格的公式对得上就够。"""
        return shared_fact(ref, str(self.group), self.area, self.text if self.area else "")

    def xml(self, formula: str) -> str:
        """写在格里的；`formula` 是转义好的公式。"""
        if self.area:
            return f'<f t="shared" ref="{self.area}" si="{self.group}">{formula}</f>'
        return f'<f t="shared" si="{self.group}"/>'


def shared_fact(ref: str, group: str, area: str, text: str) -> str:
    """合写的一格：地址、哪一组；组里第一格另有全组的区域和公式。"""
    return f"{ref}\t{group}\t{area}\t{text}"


def shared_cells(cells: Iterable[object]) -> Mapping[str, Shared]:
    """计划里的一张表；`cells` 按行、列的次序，整行给出的（登记表）不合。"""
    return shared_formulas(
        (cell.at, cell.content.text)
        for cell in cells
        if isinstance(cell, Cell) and isinstance(cell.content, Formula)
    )


def shared_formulas(formulas: Iterable[tuple[At, str]]) -> Mapping[str, Shared]:
    """一张表里合写的各格；`formulas` 按行、列的次序。"""
    columns: dict[int, list[tuple[At, str]]] = {}
    for at, text in formulas:
        columns.setdefault(at.col, []).append((at, text))
    runs = [run for listed in columns.values() for run in _runs(listed)]
    return {
        at.a1: Shared(group, "" if number else Area(run[0][0], run[-1][0]).a1, text)
        for group, run in enumerate(sorted(runs))
        for number, (at, text) in enumerate(run)
    }


def _runs(listed: list[tuple[At, str]]) -> Iterator[list[tuple[At, str]]]:
    """一栏里可以合的各段。"""
    start = 0
    while start < len(listed):
        first, text = listed[start]
        stop = start + 1
        if _fit(text):
            while stop < len(listed) and _follows(first, text, *listed[stop], stop - start):
                stop += 1
        if (stop - start - 1) * len(text) >= _SAVES:
            yield listed[start:stop]
        start = stop


def _follows(first: At, text: str, at: At, own: str, rows: int) -> bool:
    """是不是接着往下填的。"""
    return at.row == first.row + rows and own == translated(text, Shift(rows))


@lru_cache(maxsize=2048)  # 几百份表的公式都一样
def _fit(text: str) -> bool:
    bare = _TEXT.sub('""', text)
    return not (_UNFIT.search(bare) or _UNION.search(bare))
