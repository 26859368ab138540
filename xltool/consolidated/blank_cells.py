"""首页、统计一类：最右隐藏的一格记下印时空着的各格，人在那里写的下一次带得走。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xltool.address import At
from xltool.collection.blank_spots import blank_record
from xltool.sheets.plan import Cell, Role

if TYPE_CHECKING:
    from xltool.sheets.plan import SheetPlan

_WIDTH = 8.0


def with_blanks(sheet: SheetPlan) -> SheetPlan:
    """登记表自己一行一行地记；锁着的写不了。"""
    if sheet.filter is not None or sheet.protected:
        return sheet
    cells = tuple(sheet.every_cell())
    width = len(sheet.widths)
    printed = {(one.row, one.at.col) for one in cells if one.content not in (None, "")}
    text = blank_record(printed, max(row for row, _ in printed), width)
    if not text:
        return sheet
    first = sum(one.row == 1 for one in cells)
    record = Cell(At(1, width + 1), text, Role.PLAIN)
    return replace(
        sheet,
        cells=(*cells[:first], record, *cells[first:]),
        widths=(*sheet.widths, _WIDTH),
        hidden_columns=(*sheet.hidden_columns, width + 1),
    )
