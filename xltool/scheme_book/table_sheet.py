"""方案工作簿里的一张表：表头、各行、预留的空白行；认行的栏灰色锁着，其余可以改。"""

from __future__ import annotations

from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from xltool.address import Area, At
from xltool.form.common import TITLE_HEIGHT, in_order, title_cells
from xltool.form.status import MATCH, MISMATCH
from xltool.layout.wording import BACK_TEXT
from xltool.scheme_book.drop_downs import validations
from xltool.scheme_book.live_formulas import Line, formula, points_line
from xltool.scheme_book.locate import GUIDE
from xltool.scheme_book.table import HEADER, Kind
from xltool.scheme_book.written import written
from xltool.sheets.paper import plainly
from xltool.sheets.plan import Cell, Formula, Highlight, Link, NumberFormat, Role, SheetPlan
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme_book.table import Column, Row
    from xltool.scheme_book.table_frame import Frame, Frames
    from xltool.sheets.plan import Content, Print

_TITLE, _NOTE = 2, 3
_SUMMARY: Final = At(1, 3)
_CENTERED: Final = frozenset({Kind.NUMBER, Kind.WHOLE, Kind.FLAG, Kind.WORD, Kind.KEY, Kind.CODE})
_PLAIN: Final = frozenset({Kind.NUMBER, Kind.WHOLE, Kind.FLAG, Kind.WORD})
_LONG: Final = 200
_LEADING = 45.0  # 印成几页宽的，每页重复的前几栏合起来至少多宽
_NARROW: Final = 12  # 窄栏居中
_EMPTY: Final[Row] = MappingProxyType({})


def table_sheet(frames: Frames, frame: Frame, version: str) -> SheetPlan:
    """一张表。"""
    table = frame.table
    cells = list(_top(frames, frame))
    for number, row in enumerate((*frame.rows, *[_EMPTY] * table.spare), frame.first):
        line = Line(frames, frame, row, number)
        for position, column in enumerate(table.columns, 1):
            cells.append(_cell(line, column, At(number, position)))
    widths = tuple(column.width for column in table.columns)
    return SheetPlan(
        name=table.name,
        cells=in_order(cells),
        widths=widths,
        heights=_heights(frame, cells, widths),
        validations=tuple(validations(frames, frame)),
        highlights=tuple(_highlights(frame)),
        freeze=At(HEADER + 1, 1 + sum(1 for column in table.columns[:2] if column.fixed)),
        printing=_printing(frame, widths, version),
        protected=True,
    )


def _printing(frame: Frame, widths: tuple[float, ...], version: str) -> Print:
    """宽的表印成左右几页，右边的也有前几栏，认得出是哪一行。"""
    leading = next(
        (n for n, width in enumerate(accumulate(widths), 1) if width >= _LEADING), len(widths)
    )
    area = Area(At(_TITLE, 1), At(frame.last, len(widths)))
    return plainly(widths, area, HEADER, leading, version)


def _top(frames: Frames, frame: Frame) -> Iterator[Cell]:
    table = frame.table
    yield Cell(At(1, 1), Link(BACK_TEXT, GUIDE, At(1, 1)), Role.LINK)
    summary = points_line(frames, table.key)
    if summary is not None:
        yield Cell(_SUMMARY, summary, Role.INFO)
    yield from title_cells(_TITLE, table.title, len(table.columns))
    yield Cell(At(_NOTE, 1), table.note, Role.INFO)
    for position, column in enumerate(table.columns, 1):
        yield Cell(At(HEADER, position), column.heading, Role.HEADER)


def _cell(line: Line, listed: Column, at: At) -> Cell:
    """一格；自动得出的是公式，没有公式的照印。"""
    if not listed.read:
        made = formula(line, listed.key)
        auto: Content = made if made is not None else line.text(listed.key) or None
        return Cell(at, auto, Role.AUTO if listed.width <= _NARROW else Role.AUTO_TEXT)
    column = line.frame.table.column_of(listed.key, line.row)
    value = line.row.get(listed.key)
    content, percent = written(column, value, percent=column.is_percent(line.row))
    number = NumberFormat.TEXT  # 文字的栏设成文本，编码开头的 0 不丢
    long = isinstance(content, str) and len(content) > _LONG  # 有的程序在文本格里显示不出
    if percent:
        number = NumberFormat.PERCENT
    elif long or column.kind in _PLAIN:
        number = NumberFormat.GENERAL
    if listed.fixed and line.row:
        return Cell(at, content, Role.CODE, number)
    role = Role.INPUT_CENTER if column.kind in _CENTERED else Role.INPUT
    return Cell(at, content, role, number, unlocked=True)


def _heights(frame: Frame, cells: list[Cell], widths: tuple[float, ...]) -> dict[int, float]:
    texts: dict[int, list[tuple[str, float]]] = {}
    for cell in cells:
        content = cell.content.result if isinstance(cell.content, Formula) else cell.content
        if cell.at.row >= HEADER and isinstance(content, str):
            texts.setdefault(cell.at.row, []).append((content, widths[cell.at.col - 1]))
    heights = {row: row_height(texts.get(row, ()), 22.0) for row in range(HEADER, frame.last + 1)}
    return {_TITLE: TITLE_HEIGHT, **heights}


def _highlights(frame: Frame) -> Iterator[Highlight]:
    """核对栏：相符是绿的，不符是红的。"""
    if any(column.key == "check" for column in frame.table.columns):
        area = frame.area("check")
        first = area.first.a1
        yield Highlight(area, f'{first}="{MATCH}"', Role.GOOD)
        yield Highlight(area, f'{first}="{MISMATCH}"', Role.ERROR)
