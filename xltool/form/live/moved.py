"""自查：一行里填的格有没有被剪切、拖动过：各处的公式都跟着它走，看的不再是这一格。

格本身的行、列与公式里写的不再相同，就是移动过；被盖住的格在 Excel 里成了 #REF!，也是。
附件标记的一行没有要填的格，也没有公式，各栏与它比；插入了行、列的，一起挪，还是相同。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.address import At, column_letters
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.values import columns_in
from xltool.layout.layout import ANNEX
from xltool.messages import form as say

if TYPE_CHECKING:
    from xltool.form.live.check import Line
    from xltool.scheme.model import Sheet

MOVED = (
    "这一行有格子被剪切移动过，公式跟着走了：请撤销（Ctrl+Z）；"
    "撤不了的，把内容复制到一份新的空白表里再报"
)


def moved_check(sheet: Sheet, row: str) -> LiveCheck:
    """计划里的内容没有移动过的，只有公式看得见。"""
    columns = [column for column, _ in columns_in(sheet, row)]

    def formula(line: Line) -> str:
        cells = list(map(line.at, columns))
        tests = [test for cell in cells for test in _elsewhere(cell)]
        return f"IFERROR(OR({','.join(tests)}),TRUE)"

    codes = (say.LOST_FORMULA.code,)
    return LiveCheck(codes, Severity.ERROR, MOVED, formula, lambda _: False, breaks=True)


def _elsewhere(cell: str) -> tuple[str, str]:
    """这一格不在本行、不在原来的列。"""
    top = f"{column_letters(At.parse(cell).col)}${ANNEX.row}"
    return f"ROW({cell})<>ROW()", f"COLUMN({cell})<>COLUMN({top})"
