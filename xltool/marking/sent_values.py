"""退回时各格里是什么：写成条件格式的公式，内容一改就不再成立，颜色自己消失。

只用 Excel 2010 有的函数；公式里一段文字最多 255 个字，长的只比长度和开头。
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.excel.text import utf16_length
from xltool.values import plain
from xltool.values.stored import excel_number
from xltool.xlsx.grid import State

if TYPE_CHECKING:
    from xltool.xlsx.grid import GridCell

_LONGEST: Final = 200
AT, ROW = "\0", "\1"
"""公式里放这一格地址、行号的地方。"""


def still(cell: GridCell | None) -> str:
    """这一格还是退回时的内容。"""
    if cell is None or cell.state is State.NO_RESULT or not cell.text:
        return f"LEN({AT})=0"
    if cell.state is State.ERROR:
        return f"ISERROR({AT})"
    if cell.boolean:
        return f"AND(ISLOGICAL({AT}),{AT}={'TRUE' if cell.text == '1' else 'FALSE'})"
    if cell.numeric:
        return f"AND(ISNUMBER({AT}),{AT}={plain(excel_number(cell.text))})"
    return _still_text(cell.text.replace("\r\n", "\n"))


def _still_text(text: str) -> str:
    head = _quotable(text)
    literal = '"{}"'.format(head.replace('"', '""'))
    if head == text:
        return f"AND(ISTEXT({AT}),EXACT({AT},{literal}))"
    start = f",EXACT(LEFT({AT},{len(head)}),{literal})" if head else ""
    return f"AND(ISTEXT({AT}),LEN({AT})={utf16_length(text)}{start})"


def _quotable(text: str) -> str:
    """开头写得进公式的一段：没有换行、没有占两个位置的字。"""
    for number, char in enumerate(text[:_LONGEST]):
        if char < " " or char > "\uffff" or "\ud800" <= char <= "\udfff":
            return text[:number]
    return text[:_LONGEST]
