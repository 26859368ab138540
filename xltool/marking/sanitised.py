"""退回件里会动的公式、带不走的图片改成文字，取别的文件的换成原来的结果；逐格记下来。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from xltool.address import At, Place
from xltool.intake.pictures import is_picture
from xltool.marking.formula_nature import Nature, nature
from xltool.marking.loaded_copy import cells_of
from xltool.messages import marking as say
from xltool.messages.marking import PICTURE_TEXT
from xltool.values.excerpt import excerpt
from xltool.values.stored import excel_number
from xltool.xlsx.grid import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from xltool.finding import Finding
    from xltool.xlsx.grid import Grid, GridCell

_TEXT: Final = "s"
_SPECIAL: Final = re.compile(r"[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")


def sanitise(sheet: Worksheet, grid: Grid) -> Iterator[Finding]:
    """改一张表，给出改了哪些格。"""
    for at, cell in cells_of(sheet):
        place, read = Place(grid.name, At(*at)), grid.cells.get(at)
        if read is not None and is_picture(read):  # openpyxl 带不走，留下的是错误值或坏了的函数
            put_plain_text(cell, PICTURE_TEXT)
            yield say.PICTURE_LEFT_OUT.finding(place, text=PICTURE_TEXT)
            continue
        if cell.data_type != "f":
            continue
        formula = _formula(cell)
        kind = nature(formula)
        if kind is Nature.ACTIVE:
            put_plain_text(cell, escaped(formula))
            yield say.ACTIVE_FORMULA.finding(place, formula=excerpt(formula))
        elif kind is Nature.LINKED:
            _put_result(cell, read)
            yield say.LINKED_FORMULA.finding(place, formula=excerpt(formula))


def restore_texts(sheet: Worksheet, grid: Grid) -> None:
    """文字以严格读法读出的为准：openpyxl 会把字面的 _x000D_ 一类读走样。"""
    for at, cell in cells_of(sheet):
        read = grid.cells.get(at)
        if cell.data_type != _TEXT or read is None:
            continue
        text = escaped(read.text)
        if str(cell.value) != text:
            cell.value = text
            cell.data_type = _TEXT


def escaped(text: str) -> str:
    """文件里的写法：控制字符和字面的 _xHHHH_ 都要转义。"""
    return _SPECIAL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def put_plain_text(cell: Cell, text: str) -> None:
    """写成文字，以“=”开头也不成公式，按 F2 再回车也不成。"""
    cell.value = text
    cell.data_type = _TEXT  # 赋值时以“=”开头的会成为公式，改回文字
    cell.quotePrefix = True


def _formula(cell: Cell) -> str:
    value = cell.value
    if isinstance(value, ArrayFormula):
        return value.text or ""
    if isinstance(value, DataTableFormula):  # 没有公式文字，只有引用的格
        return f"={value.ref or ''}{value.r1 or ''}{value.r2 or ''}"
    return str(value)


def _put_result(cell: Cell, old: GridCell | None) -> None:
    """原来存着的结果，按原来的类型。"""
    if old is None or old.state is State.NO_RESULT or not old.text:
        cell.value = None
    elif old.numeric:
        cell.value = excel_number(old.text)
    elif old.boolean:
        cell.value = old.text == "1"
    elif old.state is State.ERROR:
        cell.value = old.text
        cell.data_type = "e"
    else:
        put_plain_text(cell, escaped(old.text))
