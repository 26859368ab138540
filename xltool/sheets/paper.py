"""印在什么纸上、分几页宽，正文才不小于九磅；在哪里换页；冻结的几栏在屏幕上占多宽。"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import Area, At
from xltool.sheets.plan import Paper, Print
from xltool.sheets.text import EDGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xltool.sheets.plan import Cell, SheetPlan

DEFAULT_HEIGHT: Final = 15.0  # 没有定的行高，磅
DEFAULT_WIDTH: Final = 8.43  # 没有定的列宽，字符
BODY_SIZE: Final = 10.5  # 正文，五号，磅
LEAST_SIZE: Final = 9.0  # 印出来不小于小五，磅
# 缩到百分之几还不小于九磅；LibreOffice 有时比放得下的还多缩百分之二，所以多留三
LEAST_SCALE: Final = ceil(100 * LEAST_SIZE / BODY_SIZE) + 3
SIDE: Final = 14  # 汇总、报送表左右的页边，毫米
HEAD: Final = 16  # 上
FOOT: Final = 20  # 下
HALF_SCREEN: Final = 1366 // 2  # 冻结的不过半屏，要滚动的才看得见，像素

_ACROSS: Final = {Paper.A4: 297, Paper.A3: 420}  # 横放时多宽，毫米
_UPRIGHT: Final = {Paper.A4: 210, Paper.A3: 297}  # 竖放时
_POINTS: Final = 72 / 25.4
# 一个字符宽在纸上是 6 磅；没有宋体的电脑用别的字体量，最宽的是 7 磅：照宽的算，在哪里印都不小
_CHARACTER: Final = 7.0
_INSET: Final = 0.83  # 格的左右两边不写字的，以字符计
MARGIN: Final = 0.71  # 每列另留的边，以字符计
_ROUNDED: Final = 0.98  # 行高印出来有进位，一页不排满
_AT_FOOT: Final = 5  # 比一页长的小表，页末至少排得下标题、表头和三行才从那里起


class Fit(NamedTuple):
    """印在什么纸上，几页宽，头一页印到第几列。"""

    paper: Paper
    pages: int
    first: int


def fitted(widths: Sequence[float], repeated: int = 0) -> Fit:
    """照各列的宽挑纸：A4 一页宽放得下的用 A4，其余用 A3；再宽的分几页，每页重复头几列。"""
    if not _breaks(widths, repeated, _room(Paper.A4, LEAST_SCALE)):
        return Fit(Paper.A4, 1, len(widths))
    breaks = _breaks(widths, repeated, _room(Paper.A3, LEAST_SCALE))
    return Fit(Paper.A3, len(breaks) + 1, breaks[0] if breaks else len(widths))


def plainly(
    widths: Sequence[float],
    area: Area | None,
    head: int | None = None,
    repeated: int = 0,
    footer_left: str = "",
) -> Print:
    """工作文件夹里的表、方案工作簿：照列宽挑纸，正文不小于九磅。

    第 `head` 行每页重复，分几页宽的重复头几列；没有 `area` 的，印到最后一个有内容的格。
    """
    fit = fitted(widths, repeated)
    return Print(
        title_rows=(head, head) if head else None,
        title_columns=repeated if fit.pages > 1 else 0,
        pages=fit.pages,
        area=area,
        dense=True,
        footer_left=footer_left,
        paper=fit.paper,
    )


def on_paper(sheet: SheetPlan, cells: tuple[Cell, ...], *, top: int, head: int) -> SheetPlan:
    """不是登记表的表，格是 `cells`：照列宽挑纸，从第 `top` 行印起，第 `head` 行每页重复。"""
    fit = fitted(sheet.widths)
    printing = replace(
        sheet.printing,
        title_rows=(head, head),
        area=Area(At(top, 1), At(cells[-1].row, len(sheet.widths))),
        pages=fit.pages,
        landscape=True,
        dense=True,
        paper=fit.paper,
        named=True,
        dated=True,
        heading="",
    )
    return replace(sheet, cells=cells, printing=printing)


def scale_of(widths: Sequence[float], printing: Print) -> int:
    """缩到百分之几才放得进定好的几页宽；`widths` 里不印的列是零。"""
    first, end = 0, len(widths)
    if printing.area:
        first, end = printing.area.first.col - 1, printing.area.last.col
    for scale in count(100, -1):
        room = _room(printing.paper, scale, landscape=printing.landscape)
        if len(_breaks(widths[first:end], printing.title_columns, room)) < printing.pages:
            return scale
    raise AssertionError


def fits_one_page(sheet: SheetPlan) -> bool:
    """只印一页的表，照各行的高缩到一页，正文不小于九磅。"""
    area = sheet.printing.area
    if area is None:
        raise ValueError(sheet.name)
    rows = range(area.first.row, area.last.row + 1)
    taken = sum(sheet.heights.get(row, DEFAULT_HEIGHT) for row in rows)
    return taken * LEAST_SCALE / 100 <= page_room(sheet.printing)


def merged_width(widths: Iterable[float]) -> float:
    """几列合成的一格多宽，以字符计，连同各列之间的边；供 `lines_of` 用，它另留一个字符的边。"""
    return sum(width + MARGIN for width in widths) - _INSET + EDGE


def page_starts(
    spans: Sequence[tuple[int, int]], heights: Mapping[int, float], printing: Print
) -> Iterator[int]:
    """几张小表（首末行）由上到下排时，哪几行起新的一页：一页排得下的小表不拆开，隔开的一行随下一张。

    照没有缩小的算：缩小了印的，一页只会更空，换页的地方不变。
    """
    if printing.area is None or printing.title_rows is None:
        raise ValueError(printing)
    first, last = printing.title_rows
    repeated = sum(heights[row] for row in range(first, last + 1))
    room = page_room(printing) * _ROUNDED
    used = sum(heights[row] for row in range(printing.area.first.row, spans[0][0]))
    for number, (top, bottom) in enumerate(spans):
        start = top - 1 if number else top
        rows = [heights[row] for row in range(start, bottom + 1)]
        whole = repeated + sum(rows) <= room
        least = sum(rows if whole else rows[: _AT_FOOT + top - start])
        if used + least > room:
            yield start
            used = repeated
        for row, height in enumerate(rows, start):
            if used + height > room:
                yield row
                used = repeated
            used += height


def page_room(printing: Print) -> float:
    """一页排得下多高，磅：定了缩到百分之几的照它，没定的照不缩小。"""
    down = (_UPRIGHT if printing.landscape else _ACROSS)[printing.paper]
    return (down - HEAD - FOOT) * _POINTS * 100 / (printing.scale or 100)


def upright(widths: Sequence[float]) -> bool:
    """竖放的 A4 放不放得下这几列。"""
    return not _breaks(widths, 0, _room(Paper.A4, LEAST_SCALE, landscape=False))


def pixels(widths: Sequence[float]) -> float:
    """几列在屏幕上多宽，像素。"""
    return sum(8 * width + 5 for width in widths)


def _room(paper: Paper, scale: int, *, landscape: bool = True) -> float:
    """缩到百分之几时，一页宽放得下几个字符。"""
    across = (_ACROSS if landscape else _UPRIGHT)[paper]
    return (across - 2 * SIDE) * _POINTS / _CHARACTER * 100 / scale


def _breaks(widths: Sequence[float], repeated: int, room: float) -> list[int]:
    """排到第几列换页；换了页的先重复头几列。"""
    head = sum(width + MARGIN for width in widths[:repeated])
    breaks: list[int] = []
    used = 0.0
    for number, width in enumerate(widths):
        taken = width + MARGIN if width else 0.0
        if number and used + taken > room:
            breaks.append(number)
            used = head
        used += taken
    return breaks
