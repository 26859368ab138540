"""自查：一行里填的格有没有被剪切、拖动过：各处的公式都跟着它走，看的不再是这一格；公式删了没有。

格本身的行、列与公式里写的不再相同，就是移动过；被盖住的格在 Excel 里成了 #REF!，也是。
附件标记的一行没有要填的格，也没有公式，各栏与它比；插入了行、列的，一起挪，还是相同。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.address import At, column_letters
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.values import columns_in
from xltool.layout.columns import SHOWN
from xltool.layout.layout import ANNEX
from xltool.messages import form as say
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.live.check import Line
    from xltool.scheme.model import Sheet

AFRESH = "撤不了的，把内容复制到一份新的空白表里再报"
MOVED = f"这一行有格子被剪切移动过，公式跟着走了：请撤销（Ctrl+Z）；{AFRESH}"
LOST = f"这一行灰格的公式没有了：请撤销（Ctrl+Z），或由邻行的灰格填充；{AFRESH}"


def moved_check(sheet: Sheet, row: str) -> LiveCheck:
    """计划里的内容没有移动过的，只有公式看得见。"""
    columns = [column for column, _ in columns_in(sheet, row)]

    def formula(line: Line) -> str:
        cells = list(map(line.at, columns))
        tests = [test for cell in cells for test in _elsewhere(cell)]
        return f"IFERROR(OR({','.join(tests)}),TRUE)"

    codes = (say.LOST_FORMULA.code,)
    return LiveCheck(codes, Severity.ERROR, MOVED, formula, lambda _: False, breaks=True)


def lost_checks(sheet: Sheet) -> Iterator[LiveCheck]:
    """撤消保护后删了的公式：写着公式的格不是空的。没有填的行不看。"""
    columns = [field.key for field in sheet.columns if field.computation is not None]
    if sheet.kind is SheetKind.SCORE:
        columns += SHOWN

    def formula(line: Line) -> str:
        lost = f"OR({','.join(f'ISBLANK({line.at(one)})' for one in columns)})"
        if sheet.kind is SheetKind.SCORE:
            return lost
        return f'IFERROR(IF({line.at(sheet.anchor)}="",FALSE,{lost}),FALSE)'  # 名称可能是错误值

    if columns:
        codes = (say.LOST_FORMULA.code,)
        yield LiveCheck(codes, Severity.ERROR, LOST, formula, lambda _: False, breaks=True)


def _elsewhere(cell: str) -> tuple[str, str]:
    """这一格不在本行、不在原来的列。"""
    top = f"{column_letters(At.parse(cell.replace('$', '')).col)}${ANNEX.row}"
    return f"ROW({cell})<>ROW()", f"COLUMN({cell})<>COLUMN({top})"
