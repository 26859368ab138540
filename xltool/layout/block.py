"""一张表在工作簿里的位置：标识行、表头行、各栏的列、各行的行。"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from xltool.address import Area, At, Place
from xltool.layout.columns import LIVE, columns_of
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xltool.layout.columns import Column
    from xltool.scheme.model import Scheme, Sheet

# 不是填报行的两种行；带 # 号，不会与方案里的项重名
END = "#end"  # 记录表的“表格结束”行
TOTAL = "#total"  # 评分表的合计行
END_MARK = "表格结束"


@dataclass(frozen=True, slots=True)
class Rows:
    """一张表竖着怎么排：各行都从 1 起。"""

    title: int
    note: int
    identity: int
    header: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """一张表的位置。

    `columns` 的值是首列和末列（合并的栏占几列），`widths` 是各栏的宽；`rows` 依次是各行的标识。
    `slots` 是排在页上的逐项表各项在哪一行、从哪一栏起，`ends` 是一处（行、栏）占到第几列；`edge` 是
    印到第几列为止，各栏全印的为零。
    """

    sheet: Sheet
    name: str
    lines: Rows
    listed: tuple[Column, ...]
    columns: Mapping[str, tuple[int, int]]
    widths: Mapping[str, float]
    rows: Mapping[str, int]
    slots: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    ends: Mapping[tuple[str, str], int] = field(default_factory=dict)
    edge: int = 0

    def column(self, key: str) -> Column:
        """某一栏。

        Raises:
            KeyError: 没有这一栏。
        """
        for column in self.listed:
            if column.key == key:
                return column
        raise KeyError(key)

    def at(self, row: str, column: str) -> At:
        """某格的位置（合并的取左上角）。

        Raises:
            KeyError: 没有这一行或这一栏。
        """
        row, column = self.slot(row, column)
        return At(self.rows[row], self.columns[column][0])

    def slot(self, row: str, column: str) -> tuple[str, str]:
        """某格在哪一行、哪一栏：排在页上的项在它排到的那一处，别的就是自己。"""
        place = self.slots.get(row)
        if place is None or (column != VALUE and column not in LIVE):
            return row, column
        return place if column == VALUE else (place[0], column)

    def key_at(self, row: str, column: str) -> CellKey:
        """某一行、某一栏是哪一格：与 slot 相反。"""
        item = next((name for name, slot in self.slots.items() if slot == (row, column)), "")
        return CellKey(self.sheet.key, item) if item else CellKey(self.sheet.key, row, column)

    def width(self, row: str, column: str) -> float:
        """某格有多宽。"""
        row, column = self.slot(row, column)
        last = self.ends.get((row, column))
        if last is None:
            return self.widths[column]
        first = self.columns[column][0]
        return sum(self.widths[one.key] for one in self.listed[first - 1 : last])

    @property
    def headed(self) -> bool:
        """上面有没有返回、标题一类的抬头；排在页上别的表之下的没有。"""
        return self.lines.title != self.lines.identity

    def place(self, row: str, column: str) -> Place:
        """某格的位置，带工作表名。"""
        return Place(self.name, self.at(row, column))

    def corner(self, column: str) -> At:
        """冻结的窗格从哪一格起滚动：表头之下，某一栏之右。"""
        return At(self.lines.header + 1, self.columns[column][1] + 1)

    def area(self, column: str) -> Area:
        """某一栏全部填报行的区域；记录表含“表格结束”行，在它之上插入的行才会算进来。"""
        rows = [row for key, row in self.rows.items() if key != TOTAL]
        col = self.columns[column][0]
        return Area(At(min(rows), col), At(max(rows), col))

    def stretches(self, column: str) -> tuple[Area, ...]:
        """某一栏的各段：排在页上的，中间隔着别的表，一段一段；其余只有一段，与 area 同。"""
        if not self.slots:
            return (self.area(column),)
        col, lines = self.columns[column][0], sorted(self.rows.values())
        runs = (list(run) for _, run in groupby(enumerate(lines), lambda one: one[1] - one[0]))
        return tuple(Area(At(run[0][1], col), At(run[-1][1], col)) for run in runs)

    def filled_area(self, column: str) -> Area:
        """某一栏可填的区域，不含“表格结束”行和合计行。"""
        rows = [row for key, row in self.rows.items() if key not in (TOTAL, END)]
        col = self.columns[column][0]
        return Area(At(min(rows), col), At(max(rows), col))

    @property
    def entry_rows(self) -> tuple[str, ...]:
        """填报的行，不含“表格结束”行和合计行。"""
        return tuple(key for key in self.rows if key not in (TOTAL, END))

    @property
    def last_column(self) -> int:
        """印出来的最右一列。"""
        return max(last for key, (_, last) in self.columns.items() if key not in LIVE)

    @property
    def last_row(self) -> int:
        """最下一行。"""
        return max(self.rows.values())


def row_keys(scheme: Scheme, sheet: Sheet, listed: Iterable[str] | None = None) -> Iterator[str]:
    """一张表各行的标识；记录表给 `listed` 就只排这几行，不给就是模板的各行。"""
    if sheet.kind is SheetKind.FIELDS:
        yield from (field.key for field in sheet.fields)
    elif sheet.kind is SheetKind.SCORE:
        yield from (indicator.code for indicator in scheme.indicators)
        yield TOTAL
    else:
        yield from numbered(sheet) if listed is None else listed
        yield END


def numbered(sheet: Sheet) -> Iterator[str]:
    """记录表在模板里的各行。"""
    return map(str, range(1, sheet.capacity + 1))


def code_of(sheet: Sheet, row: str) -> str:
    """某一行印在编码栏里的字。"""
    if row == END:
        return END_MARK
    if row == TOTAL:
        return ""
    if sheet.kind is SheetKind.FIELDS:
        return next(field.code for field in sheet.fields if field.key == row)
    return row


def make_block(  # noqa: PLR0913, PLR0917 - each is a fact of the place of one table
    scheme: Scheme,
    sheet: Sheet,
    name: str,
    lines: Rows,
    spans: Mapping[str, tuple[int, int]],
    grid: Sequence[float],
    listed: Iterable[str] | None = None,
) -> Block:
    """排一张表：数据行紧接在表头之下；记录表给 `listed` 就只排这几行，`grid` 是各列的宽。

    `spans` 里没有的栏不排。
    """
    rows = {key: lines.header + n for n, key in enumerate(row_keys(scheme, sheet, listed), 1)}
    return Block(
        sheet=sheet,
        name=name,
        lines=lines,
        listed=tuple(column for column in columns_of(sheet) if column.key in spans),
        columns=spans,
        widths={key: sum(grid[first - 1 : last]) for key, (first, last) in spans.items()},
        rows=rows,
    )
