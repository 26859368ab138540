"""测试用：一张表照它的打印设置印出来，正文是几磅；由纸、页边、列宽、行高另算，不用程序的算法。

列宽照没有宋体的电脑算：一个字符最宽 7 磅，每列另留 0.71 个字符；`printed.py` 量的差百分之几。
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xltool.sheets.plan import SheetPlan

_BODY: Final = 10.5
_ROW: Final = 15  # 没有定的行高
_CHARACTER, _SPARE = 7.0, 0.71
_POINT: Final = 72 / 25.4
_SIDES: Final = {"A4": (210, 297), "A3": (297, 420)}
_ACROSS, _DOWN = 14 + 14, 16 + 20  # 左右、上下的页边，毫米


def body_size(sheet: SheetPlan) -> float:
    """正文是几磅。"""
    printing = sheet.printing
    if printing.scale:
        return _BODY * printing.scale / 100
    short, long = _SIDES[printing.paper.value]
    wide, high = (long, short) if printing.landscape else (short, long)
    scale = 1.0
    while _pages(sheet, (wide - _ACROSS) * _POINT / scale) > printing.pages:
        scale -= 0.01
    if printing.one_page and printing.area is not None:
        rows = range(printing.area.first.row, printing.area.last.row + 1)
        taken = sum(sheet.heights.get(row, _ROW) for row in rows)
        scale = min(scale, (high - _DOWN) * _POINT / taken)
    return _BODY * scale


def _pages(sheet: SheetPlan, room: float) -> int:
    """几页宽：放不下的一列到下一页，下一页先重复头几列。"""
    area = sheet.printing.area
    first, last = (area.first.col, area.last.col) if area else (1, len(sheet.widths))
    shown = (n for n in range(first, last + 1) if n not in sheet.hidden_columns)
    taken = [(sheet.widths[n - 1] + _SPARE) * _CHARACTER for n in shown]
    repeated = sum(taken[: sheet.printing.title_columns])
    pages, used = 1, 0.0
    for number, width in enumerate(taken):
        if number and used + width > room:
            pages, used = pages + 1, repeated
        used += width
    return pages
