"""测试用：照人在表格软件里排序的样子，把计划里能排序的各张表的行换次序，公式随行走。"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from xltool.address import At
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xltool.sheets.plan import Cell, SheetPlan, WorkbookPlan

    Order = Callable[[Sequence[int]], Sequence[int]]

_PIECES = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*'!)""")  # 字、别的表的名字
_RELATIVE = re.compile(r"(?<![A-Za-z0-9_.$])(\$?[A-Z]{1,3})([0-9]+)(?![A-Za-z0-9_.(])")


def sorted_plan(plan: WorkbookPlan, order: Order) -> WorkbookPlan:
    """有筛选按钮的各张，数据行照 `order` 换次序；相对引用随行移动，绝对引用不变。"""
    return replace(plan, sheets=tuple(_sorted(sheet, order) for sheet in plan.sheets))


def _sorted(sheet: SheetPlan, order: Order) -> SheetPlan:
    if sheet.filter is None:
        return sheet
    rows = range(sheet.filter.first.row + 1, sheet.filter.last.row + 1)
    moved = dict(zip(order(rows), rows, strict=True))
    cells = (_moved(cell, moved.get(cell.at.row, cell.at.row)) for cell in sheet.every_cell())
    return replace(sheet, cells=tuple(sorted(cells, key=lambda cell: cell.at)))


def _moved(cell: Cell, row: int) -> Cell:
    content, by = cell.content, row - cell.at.row
    if isinstance(content, Formula):
        content = content._replace(text=moved_formula(content.text, by))
    return cell._replace(at=At(row, cell.at.col), content=content)


def moved_formula(text: str, by: int) -> str:
    """公式挪了几行以后的写法。"""
    pieces = _PIECES.split(text)
    pieces[::2] = (
        _RELATIVE.sub(lambda ref: f"{ref[1]}{int(ref[2]) + by}", piece) for piece in pieces[::2]
    )
    return "".join(pieces)
