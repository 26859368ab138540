"""汇总里一个单位一张表：评分表、计分说明和各张填报表从上到下排在同一个工作表里。

各表的栏宽不同，于是取一套细的列，每一栏占几列（合并）；细列由各表的栏界凑成。
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from xltool.layout.block import Rows, make_block
from xltool.layout.columns import lasting_columns
from xltool.layout.explained import EXPLAINED, EXPLANATION, make_explained
from xltool.layout.layout import OPTIONS, PARAMETERS, Layout, template_layout
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xltool.layout.block import Block
    from xltool.layout.columns import Column
    from xltool.scheme.model import Scheme, Sheet

FIRST_ROW = 4  # 返回、标题、说明之后
_APART = 2  # 两张表之间隔一行
# 再宽的，一张 A3 横着印出来字就太小了（sheets/paper.py），还要留些余地
_WIDEST = 162.0
_CLOSE = 4.0  # 比这更近的两条栏界合成一条，单位是字符宽
_NARROW = 10.0  # 不比这宽的栏，写的是数或几个字
_TOO_NARROW = 100.0  # 装不下的代价，远大于离原处远


def grid_widths(scheme: Scheme) -> tuple[float, ...]:
    """细列的宽度。"""
    return tuple(right - left for left, right in pairwise(_boundaries(scheme)))


@lru_cache(maxsize=16)  # 各单位、各表都要用
def _boundaries(scheme: Scheme) -> tuple[float, ...]:
    """评分表的栏界全取，其余各表的栏界离已有的不太近才取；总宽是最宽的一张表的，印得下为限。"""
    tables = [lasting_columns(sheet) for sheet in _ordered(scheme)]
    total = min(_WIDEST, max(sum(column.width for column in columns) for columns in tables))
    edges = _edges(tables[0], total)
    for columns in tables[1:]:
        for edge in _edges(columns, total):
            if all(abs(edge - other) >= _CLOSE for other in edges):
                edges.append(edge)
    return tuple(sorted(edges))


def _edges(columns: Iterable[Column], total: float) -> list[float]:
    """一张表的栏界，按比例放到总宽上。"""
    widths = [column.width for column in columns]
    scale = total / sum(widths)
    return [0.0, *(edge * scale for edge in accumulate(widths))]


@lru_cache(maxsize=256)
def _spans(scheme: Scheme, table: str) -> dict[str, tuple[int, int]]:
    """一张表（或计分说明）的每一栏占哪几列，每栏至少一列。"""
    columns = EXPLAINED if table == EXPLANATION else lasting_columns(scheme.sheet(table))
    cuts = _cuts(_boundaries(scheme), columns)
    return {
        column.key: (first + 1, last)
        for column, (first, last) in zip(columns, pairwise(cuts), strict=True)
    }


def _cuts(grid: Sequence[float], columns: Sequence[Column]) -> list[int]:
    """各栏界落到哪条细列的界上：先要装得下，再要离原处近。

    逐栏推下去：`best` 记着前几栏占到某条细列为止的最小代价和各栏界。
    """
    edges = _edges(columns, grid[-1])
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    for number, column in enumerate(columns, 1):
        left = len(columns) - number  # 右边还有几栏，各要留一列
        ends = range(number, len(grid) - left) if left else (len(grid) - 1,)
        reached = {}
        for end in ends:
            options = (
                (cost + _cost(column, grid[end] - grid[start], abs(grid[end] - edges[number])), cut)
                for start, (cost, cut) in best.items()
                if start < end
            )
            cost, cut = min(options)
            reached[end] = (cost, [*cut, end])
        best = reached
    return best[len(grid) - 1][1]


def _cost(column: Column, width: float, away: float) -> float:
    """离原处多远，装不下的另加：数字不能折行，窄的栏也让不出地方；写文字的可以窄些。"""
    numeric = column.field is not None and column.field.kind.numeric
    least = column.width * (0.9 if numeric or column.width <= _NARROW else 0.55)
    return away + _TOO_NARROW * max(0.0, least - width)


def unit_layout(
    scheme: Scheme,
    name: str,
    records: Mapping[str, tuple[str, ...]],
    parameter_sheet: str = PARAMETERS,
    option_sheet: str = OPTIONS,
) -> Layout:
    """一个单位的版面；`records` 是各记录表填了哪几行，末两个是参数和选项所在的表。

    计分说明紧接在评分表之下。
    """
    first, *others = _ordered(scheme)
    form = _block(scheme, first, name, FIRST_ROW)
    top, spans = form.last_row + _APART, _spans(scheme, EXPLANATION)
    explained = make_explained(scheme, name, top, spans, grid_widths(scheme))
    blocks = {first.key: form}
    row = explained.last_row + _APART
    for sheet in others:
        listed = records.get(sheet.key, ()) if sheet.kind is SheetKind.RECORDS else None
        blocks[sheet.key] = _block(scheme, sheet, name, row, listed)
        row = blocks[sheet.key].last_row + _APART
    template = template_layout(scheme)
    return Layout(
        scheme,
        blocks,
        template.parameters,
        template.options,
        explained,
        parameter_sheet=parameter_sheet,
        option_sheet=option_sheet,
    )


def _block(
    scheme: Scheme, sheet: Sheet, name: str, row: int, listed: tuple[str, ...] | None = None
) -> Block:
    """从第 `row` 行起的一张表；记录表给 `listed` 就只排这几行。"""
    lines = Rows(title=row, note=row, identity=row, header=row + 1)
    spans, grid = _spans(scheme, sheet.key), grid_widths(scheme)
    return make_block(scheme, sheet, name, lines, spans, grid, listed)


def _ordered(scheme: Scheme) -> list[Sheet]:
    """评分表在最上面，其余依方案的次序。"""
    return sorted(scheme.sheets, key=lambda sheet: sheet.kind is not SheetKind.SCORE)
