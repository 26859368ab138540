"""数组公式、模拟运算表的区域：公式只写在第一格，其余各格在文件里只有值。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.address import Area, At
from xltool.xlsx.cells import no_result
from xltool.xlsx.grid import PLAIN, State

if TYPE_CHECKING:
    from xltool.xlsx.grid import GridCell

    Cells = dict[tuple[int, int], GridCell]


@dataclass(frozen=True, slots=True)
class Spill:
    """一条公式管着的区域。"""

    area: Area
    formula: str

    @property
    def size(self) -> int:
        """区域有多少格。"""
        first, last = self.area.first, self.area.last
        return (last.row - first.row + 1) * (last.col - first.col + 1)

    def work(self, cells: Cells) -> int:
        """标记要看多少格：区域和全表取少的一边。"""
        return min(self.size, len(cells))


def area(text: str) -> Area:
    """读 A1:B2 或 A1 写法的区域，两角次序、字母大小写不论。

    Raises:
        ValueError: 不是区域。
    """
    one, _, other = text.upper().partition(":")
    first = At.parse(one)
    last = At.parse(other) if other else first
    rows = sorted((first.row, last.row))
    columns = sorted((first.col, last.col))
    return Area(At(rows[0], columns[0]), At(rows[1], columns[1]))


def spread(spill: Spill, cells: Cells) -> None:
    """把公式记到区域里只有值的各格上。"""
    first, last = spill.area.first, spill.area.last
    if spill.size > len(cells):
        keys = [key for key in cells if At(*key) in spill.area]
    else:
        keys = [
            (row, col)
            for row in range(first.row, last.row + 1)
            for col in range(first.col, last.col + 1)
            if (row, col) in cells
        ]
    for key in keys:
        cell = cells[key]
        if not cell.formula:
            state = State.FORMULA if cell.state is State.VALUE else cell.state
            cells[key] = cell._replace(formula=spill.formula, state=state)
    cells.setdefault((first.row, first.col), no_result(spill.formula, PLAIN))
