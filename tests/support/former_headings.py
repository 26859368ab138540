"""测试用：照早先的表头印的汇总，读起来应当与现在的一样。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from xltool.consolidated.columns import HEADER_ROW

if TYPE_CHECKING:
    from xltool.xlsx.grid import Book, Grid

_FORMER: Final = {
    "疑点清单": {"编码": "规则"},
    "读数说明": {"编码": "规则"},
    "已不再出现": {"编码": "规则或指标"},
    "下级复核意见": {"编码": "规则或指标"},
}


def formerly_headed(book: Book) -> Book:
    """一份汇总，换成早先的表头。"""
    return replace(book, grids=tuple(map(_headed, book.grids)))


def _headed(grid: Grid) -> Grid:
    former = _FORMER.get(grid.name, {})
    cells = {
        at: cell._replace(text=former[cell.text])
        for at, cell in grid.cells.items()
        if at[0] == HEADER_ROW and cell.text in former
    }
    return replace(grid, cells={**grid.cells, **cells}) if cells else grid
