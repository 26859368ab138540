"""改表用的场景：随机数、工作簿、记录，以及怎么在改过的表里找到地方。"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from form_contents import few_entries, few_scheme
from openpyxl.worksheet.cell_range import CellRange

from xltool.layout.layout import GUIDE, IDENTITY, OPTIONS, PARAMETERS, template_layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from xltool.layout.block import Block
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import SheetKind

_OWN = {GUIDE, PARAMETERS, OPTIONS, IDENTITY}
TAG = "xltool:"


@dataclass
class Trace:
    """一连串改动的记录：`dropped` 是有意删去的格，`typed` 是表外写的字（应当有人提到它）。

    `covered` 是合并时盖住的格：合并还在，应当说出来；又拆开的，就看不出来了。
    """

    dropped: set[CellKey] = field(default_factory=set)
    covered: set[CellKey] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)

    def type(self) -> str:
        """表外要写的字，各不相同。"""
        text = f"手写备注{len(self.typed) + 1}号"
        self.typed.add(text)
        return text


@dataclass
class Scene:
    """正在改的一份表。"""

    book: Workbook
    random: Random
    trace: Trace = field(default_factory=Trace)

    def pick(self, *kinds: SheetKind) -> Worksheet:
        """任取一张填报表。"""
        names = [
            sheet.title
            for sheet in self.book._sheets  # 只看；取的一张另由表名取
            if sheet.title not in _OWN
            and (key := key_of(sheet))
            and (not kinds or few_scheme().sheet(key).kind in kinds)
        ]
        return self.book[self.random.choice(names)]

    def body_row(self, sheet: Worksheet) -> int:
        """任取一个有内容的填报行。"""
        top = first_row(sheet)
        rows = sorted({row for row, _ in positions(sheet).values() if row > top})
        return self.random.choice(rows) if rows else top + 1


MUTATIONS: dict[str, Callable[[Scene], None]] = {}


def mutation(function: Callable[[Scene], None]) -> Callable[[Scene], None]:
    """登记一种改动。"""
    MUTATIONS[function.__name__] = function
    return function


# ---------------------------------------------------------------- 找地方


def key_of(sheet: Worksheet) -> str | None:
    """这张工作表是哪张填报表。"""
    for row in sheet.iter_rows(max_row=12, max_col=20):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith(TAG):
                return cell.value.removeprefix(TAG)
    return next((item.key for item in few_scheme().sheets if item.name == sheet.title), None)


def block_of(sheet: Worksheet) -> Block:
    key = key_of(sheet)
    assert key is not None
    return template_layout(few_scheme()).blocks[key]


def keys_at(sheet: Worksheet, row: int = 0, column: int = 0) -> set[CellKey]:
    """这一行（一列）里放着的是哪些填报格：由值认出，各格的值不相同。"""
    key = key_of(sheet)
    wanted = {
        (cell.row, cell.column)
        for line in sheet.iter_rows()
        for cell in line
        if cell.value is not None and row in (0, cell.row) and column in (0, cell.column)
    }
    found = positions(sheet)
    return {name for name, at in found.items() if at in wanted and name.sheet == key}


def positions(sheet: Worksheet) -> dict[CellKey, tuple[int, int]]:
    """各填报格的原文在这张表的哪里；值认不准的（选项）不列。"""
    key = key_of(sheet)
    texts: dict[str, list[tuple[int, int]]] = {}
    for line in sheet.iter_rows():
        for cell in line:
            if cell.value is not None:
                texts.setdefault(as_text(cell), []).append((cell.row, cell.column))
    found = {}
    for name, entry in few_entries().items():
        places = texts.get(entry.raw, [])
        if name.sheet == key and len(places) == 1:
            found[name] = places[0]
    return found


def as_text(cell: Cell) -> str:
    value = cell.value
    if hasattr(value, "strftime"):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def first_row(sheet: Worksheet) -> int:
    """表头在第几行。"""
    block = block_of(sheet)
    headings = {column.heading for column in block.listed}
    for row in range(1, 20):
        if sum(cell.value in headings for cell in sheet[row]) >= 2:
            return row
    return block.lines.header


def shift_merges(sheet: Worksheet, index: int, count: int, *, rows: bool) -> None:
    """插入（删去）行列时，合并区随之移动，与表格软件一样。"""
    moved = []
    for area in list(sheet.merged_cells.ranges):
        low, high = (area.min_row, area.max_row) if rows else (area.min_col, area.max_col)
        first = low + count if low >= index + max(-count, 0) else low
        last = high + count if high >= index else high
        if last < first or (first == last and low != high):
            moved.append(None)
        else:
            moved.append((first, last, area))
        sheet.merged_cells.remove(area)
    for item in moved:
        if item is not None:
            first, last, area = item
            bounds = (area.min_col, first, area.max_col, last)
            if not rows:
                bounds = (first, area.min_row, last, area.max_row)
            if bounds[:2] != bounds[2:]:
                sheet.merged_cells.add(
                    CellRange(
                        min_col=bounds[0], min_row=bounds[1], max_col=bounds[2], max_row=bounds[3]
                    )
                )
