"""自查：一行里填的格有没有被剪切、拖动过：各处的公式都跟着它走，看的不再是这一格；公式删了没有。

格本身的行、列与公式里写的不再相同，就是移动过；被盖住的格在 Excel 里成了 #REF!，也是。
附件标记的一行没有要填的格，也没有公式，各栏与它比；插入了行、列的，一起挪，还是相同。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.address import At, column_letters
from xltool.finding import FRESH, Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.values import columns_in
from xltool.layout.block import TOTAL
from xltool.layout.columns import REPLACED
from xltool.layout.layout import ANNEX
from xltool.messages import form as say
from xltool.scheme.grid import Content
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xltool.form.live.check import Line
    from xltool.scheme.grid import GridLine
    from xltool.scheme.model import Scheme, Sheet

AFRESH = f"撤不了的，{FRESH}再报"
MOVED = f"这一行有格子被剪切移动过，公式跟着走了：请撤销（Ctrl+Z）；{AFRESH}"
_UNDO = "公式没有了，或改成了数：请撤销（Ctrl+Z）"
LOST = f"这一行印好的分值、{_UNDO}；{AFRESH}"
LOST_FORMULA = f"这一行印好的{_UNDO}；{AFRESH}"  # 没有分值的行
LOST_IN_RECORD = f"这一行灰格的{_UNDO}，或由邻行的灰格填充；{AFRESH}"
LOST_TOTALS = f"合计一行的{_UNDO}；{AFRESH}"


def moved_check(sheet: Sheet, row: str) -> LiveCheck:
    """计划里的内容没有移动过的，只有公式看得见。"""
    columns = [column for column, _ in columns_in(sheet, row)]

    def formula(line: Line) -> str:
        cells = list(map(line.at, columns))
        tests = [test for cell in cells for test in _elsewhere(cell)]
        return f"IFERROR(OR({','.join(tests)}),TRUE)"

    codes = (say.LOST_FORMULA.code,)
    return LiveCheck(codes, Severity.ERROR, MOVED, formula, lambda _: False, breaks=True)


def lost_checks(scheme: Scheme, sheet: Sheet, row: str) -> Iterator[LiveCheck]:
    """撤消保护后删了、改成了数的公式和分值：隐藏的一栏又算了一遍（form/replaced）。"""
    score = sheet.kind is SheetKind.SCORE
    if score and row == scheme.indicators[0].code:
        yield _lost(LOST_TOTALS, lambda line: line.refs.cell(_of_totals(sheet)))
    if sheet.kind is SheetKind.RECORDS:
        if any(field.computation for field in sheet.fields):
            yield _lost(LOST_IN_RECORD, _own)
    elif score or scheme.computation(CellKey(sheet.key, row)) is not None:
        yield _lost(LOST if score else LOST_FORMULA, _own)


def lost_on_line(scheme: Scheme, sheet: Sheet, line: GridLine) -> Iterator[LiveCheck]:
    """印在一页上的逐项表的一行。"""
    points = any(piece.content is Content.POINTS for piece in line.pieces)
    fields = (piece.name for piece in line.pieces if piece.content is Content.FIELD)
    if points or any(scheme.computation(CellKey(sheet.key, one)) for one in fields):
        yield _lost(LOST if points else LOST_FORMULA, _own)


def _own(line: Line) -> str:
    return line.at(REPLACED.key)


def _of_totals(sheet: Sheet) -> CellKey:
    return CellKey(sheet.key, TOTAL, REPLACED.key)


def _lost(says: str, cell: Callable[[Line], str]) -> LiveCheck:
    """计划里的公式都在，只有公式看得见。"""
    return LiveCheck(
        (say.LOST_FORMULA.code, say.POINTS_CHANGED.code),
        Severity.ERROR,
        says,
        lambda line: f"{cell(line)}<>0",
        lambda _: False,
        breaks=True,
    )


def _elsewhere(cell: str) -> tuple[str, str]:
    """这一格不在本行、不在原来的列。"""
    top = f"{column_letters(At.parse(cell.replace('$', '')).col)}${ANNEX.row}"
    return f"ROW({cell})<>ROW()", f"COLUMN({cell})<>COLUMN({top})"
