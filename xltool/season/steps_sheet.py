"""下一步：这个文件夹怎样用，一步一步，各步执行什么命令。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.address import Area, At
from xltool.form.common import TITLE_HEIGHT, in_order, title_cells
from xltool.season import lists_sheet, roster_sheet, settings
from xltool.season.register import BOOK, INBOX, ISSUED, LAST_YEAR, RETURNS
from xltool.sheets.paper import plainly
from xltool.sheets.plan import Cell, Link, Role, SheetPlan
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator

SHEET: Final = "下一步"
_WIDTHS: Final = (6.0, 70.0, 40.0)
_TITLE, _NOTE, _HEADER = 1, 2, 4
_NOTE_TEXT: Final = "收一季的自评表，全在这个文件夹里做。照下面一步一步来，收表期间第5、6步反复做。"
_STEPS: Final = (
    (f"填“{roster_sheet.SHEET}”：一行一个单位，示例行删去。填好存盘。", ""),
    (f"填“{settings.SHEET}”：截止日期、报送邮箱、联系人等。空着的照说明里的默认。填好存盘。", ""),
    (
        f"生成空白表：每单位一份，照名单预填（有“{LAST_YEAR.label}”的照它起头），在“{ISSUED.default}”文件夹里。",
        "xltool template",
    ),
    (f"收到的表原样放进“{INBOX.default}”文件夹，可以有子文件夹；文件不用改名。", ""),
    (
        f"汇总：写出“{BOOK.default}”，最后印出谁退回、谁待确认、谁没有报，连同电话。",
        "xltool collect",
    ),
    (
        f"退回：标注好的表、通知、催报名单写在“{RETURNS.default}”，发还单位；改好的再放进“{INBOX.default}”。",
        "xltool return",
    ),
    (f"收齐以后打开“{BOOK.default}”复核：先看“说明与核对”，再看“疑点清单”。", ""),
)
_HOW: Final = (
    "怎样执行命令：在资源管理器里打开这个文件夹，地址栏里输入 cmd 按回车，把命令照抄进去再按回车。"
    "一定要在这个文件夹里执行：程序只看当前文件夹里的名单，不往别处找。"
)
_SHEETS: Final = (
    (roster_sheet.SHEET, "应报的单位，程序照它下发、核对、催报"),
    (settings.SHEET, "这一季的期限、位置和联系方式"),
    (lists_sheet.SHEET, "下拉列表的内容，只供查看"),
)


def steps_sheet() -> SheetPlan:
    """第一张表。"""
    cells = in_order(_cells())
    heights = {_TITLE: TITLE_HEIGHT}
    for cell in cells:
        if isinstance(cell.content, str) and cell.role in (Role.FIXED, Role.BODY):
            needed = row_height([(cell.content, _WIDTHS[cell.at.col - 1])], 26.0)
            heights[cell.row] = max(heights.get(cell.row, 0.0), needed)
    return SheetPlan(
        name=SHEET,
        cells=cells,
        widths=_WIDTHS,
        heights=heights,
        printing=plainly(_WIDTHS, Area(At(1, 1), At(max(heights), len(_WIDTHS)))),
        protected=True,
        tab=Role.GOOD,
    )


def _cells() -> Iterator[Cell]:
    yield from title_cells(_TITLE, SHEET, len(_WIDTHS))
    yield Cell(At(_NOTE, 1), _NOTE_TEXT, Role.INFO)
    row = _HEADER
    yield from _line(row, ("步骤", "做什么", "命令"), Role.HEADER)
    for number, (text, command) in enumerate(_STEPS, 1):
        row += 1
        yield Cell(At(row, 1), number, Role.FIXED_CENTER)
        yield from _line(row, (text, command), Role.FIXED, first=2)
    row += 1
    yield Cell(At(row, 1), "说明", Role.FIXED_CENTER)
    yield from _line(row, (_HOW, ""), Role.FIXED, first=2)
    row += 2
    yield from _line(row, ("打开", "这张表是什么"), Role.HEADER)
    for name, text in _SHEETS:
        row += 1
        yield Cell(At(row, 1), Link(name, name, At(1, 1)), Role.LINK)
        yield from _line(row, (text,), Role.FIXED, first=2)


def _line(row: int, texts: tuple[str, ...], role: Role, *, first: int = 1) -> Iterator[Cell]:
    for column, text in enumerate(texts, first):
        yield Cell(At(row, column), text or None, role)
