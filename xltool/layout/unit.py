"""汇总里一个单位一张表：评分表、计分说明和各张填报表从上到下排在同一个工作表里。

各表的栏宽不同，于是取一套细的列，每一栏占几列（合并）；细列由各表的栏界凑成。
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from xltool.layout.block import Rows, make_block
from xltool.layout.columns import columns_of
from xltool.layout.explained import EXPLAINED, make_explained
from xltool.layout.layout import OPTIONS, PARAMETERS, Layout, template_layout
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xltool.layout.block import Block
    from xltool.layout.columns import Column
    from xltool.scheme.model import Scheme, Sheet

FIRST_ROW = 4  # 返回、标题、说明之后
_APART = 2  # 两张表之间隔一行
_CLOSE = 4.0  # 比这更近的两条栏界合成一条，单位是字符宽


def grid_widths(scheme: Scheme) -> tuple[float, ...]:
    """细列的宽度。"""
    return tuple(right - left for left, right in pairwise(_boundaries(scheme)))


@lru_cache(maxsize=16)  # 各单位、各表都要用
def _boundaries(scheme: Scheme) -> tuple[float, ...]:
    """评分表的栏界全取，其余各表的栏界离已有的不太近才取。"""
    widths = [column.width for column in columns_of(scheme.form)]
    total = sum(widths)
    edges = [0.0, *accumulate(widths)]
    for sheet in scheme.sheets:
        for edge in _edges(columns_of(sheet), total):
            if all(abs(edge - other) >= _CLOSE for other in edges):
                edges.append(edge)
    return tuple(sorted(edges))


def _edges(columns: Iterable[Column], total: float) -> list[float]:
    """一张表的栏界，按比例放到总宽上。"""
    widths = [column.width for column in columns]
    scale = total / sum(widths)
    return [0.0, *(edge * scale for edge in accumulate(widths))]


def _spans(scheme: Scheme, columns: Sequence[Column]) -> dict[str, tuple[int, int]]:
    """每一栏占哪几列：栏界落到最近的细列上，每栏至少一列。"""
    grid = _boundaries(scheme)
    edges = _edges(columns, grid[-1])
    cuts = [0]
    for number, edge in enumerate(edges[1:], 1):
        left = len(columns) - number  # 右边还有几栏，各要留一列
        low, high = cuts[-1] + 1, len(grid) - 1 - left
        cuts.append(min(range(low, high + 1), key=lambda cut: abs(grid[cut] - edge)))
    return {
        column.key: (first + 1, last)
        for column, (first, last) in zip(columns, pairwise(cuts), strict=True)
    }


def unit_layout(
    scheme: Scheme,
    name: str,
    records: Mapping[str, int],
    parameter_sheet: str = PARAMETERS,
    option_sheet: str = OPTIONS,
) -> Layout:
    """一个单位的版面；`records` 是各记录表有几条，末两个是参数和选项所在的表。

    计分说明紧接在评分表之下。
    """
    first, *others = _ordered(scheme)
    form = _block(scheme, first, name, FIRST_ROW)
    top, spans = form.last_row + _APART, _spans(scheme, EXPLAINED)
    explained = make_explained(scheme, name, top, spans, grid_widths(scheme))
    blocks = {first.key: form}
    row = explained.last_row + _APART
    for sheet in others:
        count = records.get(sheet.key, 0) if sheet.kind is SheetKind.RECORDS else None
        blocks[sheet.key] = _block(scheme, sheet, name, row, count)
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


def _block(scheme: Scheme, sheet: Sheet, name: str, row: int, count: int | None = None) -> Block:
    """从第 `row` 行起的一张表；记录表给 `count` 就排这么多行。"""
    lines = Rows(title=row, note=row, identity=row, header=row + 1)
    spans, grid = _spans(scheme, columns_of(sheet)), grid_widths(scheme)
    return make_block(scheme, sheet, name, lines, spans, grid, count)


def _ordered(scheme: Scheme) -> list[Sheet]:
    """评分表在最上面，其余依方案的次序。"""
    return sorted(scheme.sheets, key=lambda sheet: sheet.kind is not SheetKind.FORM)
