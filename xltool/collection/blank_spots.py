"""不是登记表的一张表上，印时空着的各格：写成一格，藏在最右；存过以后，那里有了字的就是人写的。"""

from __future__ import annotations

import re
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from xltool.xlsx.grid import Grid

_MARK: Final = "印时空着："
_RUN: Final = re.compile(r"(\d{1,7})-(\d{1,7}):((?:\d{1,5}-\d{1,5},?)+)")
_MOST: Final = 32_000  # 一格写得下多少字
_MOST_SPOTS: Final = 200_000  # 自己写的远不到；这一格也会被人改成别的

Spot = tuple[int, int]


def blank_record(printed: Container[Spot], last: int, width: int) -> str:
    """印到第 `last` 行、第 `width` 列的一张表，`printed` 以外的各格；一格写不下的为空串。"""
    rows = ((row, _spans(printed, row, width)) for row in range(1, last + 1))
    parts = []
    for spans, same in groupby(rows, lambda one: one[1]):
        numbers = [row for row, _ in same]
        if spans:
            parts.append(f"{numbers[0]}-{numbers[-1]}:{spans}")
    text = f"{_MARK}{';'.join(parts)}"
    return text if len(text) <= _MOST else ""


def _spans(printed: Container[Spot], row: int, width: int) -> str:
    blank = [column for column in range(1, width + 1) if (row, column) not in printed]
    runs = groupby(enumerate(blank), lambda pair: pair[1] - pair[0])
    found = ([column for _, column in run] for _, run in runs)
    return ",".join(f"{own[0]}-{own[-1]}" for own in found)


def is_record(content: object) -> bool:
    """是不是 `blank_record` 写的一格。"""
    return isinstance(content, str) and content.startswith(_MARK)


def recorded(grid: Grid) -> tuple[Spot | None, frozenset[Spot]]:
    """一张表上记着的：写在哪一格，和印时空着的各格；早先的版本没有记的为空。"""
    for at, cell in grid.cells.items():
        if at[0] == 1 and cell.text.startswith(_MARK):
            return at, frozenset(islice(_spots(cell.text), _MOST_SPOTS))
    return None, frozenset()


def _spots(text: str) -> Iterator[Spot]:
    for first, last, spans in _RUN.findall(text):
        for span in filter(None, spans.split(",")):
            left, _, right = span.partition("-")
            for row in range(int(first), int(last) + 1):
                yield from ((row, column) for column in range(int(left), int(right) + 1))
