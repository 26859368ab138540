"""别人交来的登记表（名单、豁免、上年度的汇总）：按表头找栏，不看栏在第几列、在第几张表。

表头可以占几行；一张表里可以有左右几块、上下几段；上下合并的格，盖住的各行都算有它的内容。
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from xltool.address import MAX_COL, MAX_ROW, At, Place
from xltool.collection.odd_rows import is_no_record
from xltool.headings import Stack, Wanted, header_in, narrowed
from xltool.messages import roster as say
from xltool.values import excel_number, fold, plain, quote, serial_date
from xltool.values.displayed import displayed
from xltool.xlsx.grid import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xltool.address import Area
    from xltool.finding import Finding
    from xltool.headings import Header
    from xltool.xlsx.grid import Grid, GridCell

HEADER_ROWS: Final = 10  # 表头在前几行里找
_LONGEST: Final = 20  # 认块的表头没有这么长
_MOST_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """一张表：表头（最下面一行）在第几行、认得的各栏在第几列、占哪一块。

    `cells` 是它的各行各有哪几列；`headings` 是认得的各栏印的表头，`others` 是别的各列的；
    `merged` 是各列上下合并的格。
    """

    grid: Grid
    header: int
    columns: Mapping[str, int]
    date_1904: bool = False
    cells: Mapping[int, Sequence[int]] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[int, str] = field(default_factory=dict)
    merged: Mapping[int, Sequence[Area]] = field(default_factory=dict)

    def rows(self) -> Iterator[int]:
        """表头以下有内容的各行。"""
        yield from self.cells

    def text(self, row: int, key: str) -> str:
        """一格的文字，空白并成一个；没有这一栏、没有内容的为空串；日期写成 2025-4-18。"""
        return " ".join(self.lines(row, key).split())

    def lines(self, row: int, key: str) -> str:
        """一格的文字，留着换行。"""
        column = self.columns.get(key)
        return "" if column is None else self.shown(row, column)

    def shown(self, row: int, column: int) -> str:
        """某一列的文字；公式出错的没有。"""
        cell = self.grid.cells.get((row, column)) or self._above(row, column)
        if cell is None or cell.state is State.ERROR:
            return ""
        if not cell.numeric:
            return cell.text
        number = excel_number(cell.text)
        if not cell.look.ordinary:  # 编码补零的格式：看见的 001002 才是填的
            seen = displayed(number, cell.look.code)
            if seen is not None and seen.digits and seen.factor == 1:
                return seen.text
        dated = cell.format == "date"
        day = serial_date(number, date_1904=self.date_1904) if dated else None
        return plain(number) if day is None else f"{day.year}-{day.month}-{day.day}"

    def covered(self, row: int, key: str) -> bool:
        """一格的内容是不是来自它上面合并的格。"""
        column = self.columns.get(key, 0)
        return (row, column) not in self.grid.cells and self._above(row, column) is not None

    def _above(self, row: int, column: int) -> GridCell | None:
        for area in self.merged.get(column, ()):
            if area.first.row < row <= area.last.row:
                return self.grid.cells.get((area.first.row, column))
        return None

    def own(self, row: int) -> list[tuple[int, str]]:
        """一行自己的各格：第几列、文字；合并而来的不在内。"""
        return [(one, " ".join(self.shown(row, one).split())) for one in self.cells.get(row, ())]

    def place(self, row: int, key: str) -> Place:
        """一格的位置；没有这一栏的指那一行的第一格。"""
        return Place(self.grid.name, At(row, self.columns.get(key, 1)))


@dataclass(frozen=True, slots=True)
class OddRows:
    """一张表里不是记录的行：合计、说明、又印的表头；记下来，合成一句话说。"""

    table: HeadedTable
    found: list[tuple[Place, str]] = field(default_factory=list)

    def records(self) -> Iterator[int]:
        """是记录的各行。"""
        for row in self.table.rows():
            own = [(column, text) for column, text in self.table.own(row) if text]
            if own and is_no_record(own[0][1]):
                self.add(row, *own[0])
            elif own:
                yield row

    def add(self, row: int, column: int, text: str) -> None:
        """记下一行：哪一格写着什么。"""
        self.found.append((Place(self.table.grid.name, At(row, column)), text))

    def told(self) -> Iterator[Finding]:
        """合成的一句；没有的不说。"""
        if self.found:
            yield odd_rows(self.found)


def odd_rows(found: Sequence[tuple[Place, str]]) -> Finding:
    """不是记录的各行说一次，各有格。"""
    rows = "、".join(f"“{quote(text)}”（{place.at.a1}）" for place, text in found[:_MOST_SHOWN])
    rows += "等" if len(found) > _MOST_SHOWN else ""
    return say.NO_RECORDS.finding(found[0][0], count=len(found), rows=rows)


def find_table(
    grid: Grid,
    headings: Mapping[str, Sequence[str]],
    needed: Iterable[str],
    *,
    date_1904: bool = False,
    stack: Stack | None = None,
) -> HeadedTable | None:
    """只有一块的登记表；有几块的取最上、最左的一块。"""
    found = find_tables(grid, headings, needed, date_1904=date_1904, stack=stack)
    return next(iter(found), None)


def stack_of(grid: Grid) -> Stack:
    """一张工作表会有表头的各行；一张表要看是哪一种的，几种用同一个。"""
    return Stack(grid, 1, HEADER_ROWS)


def find_tables(
    grid: Grid,
    names: Mapping[str, Sequence[str]],
    needed: Iterable[str],
    *,
    date_1904: bool = False,
    stack: Stack | None = None,
) -> tuple[HeadedTable, ...]:
    """一张工作表里的登记表，由上而下、由左而右各块；没有表头的一块也没有。

    `names` 是各栏认得的写法，`needed` 的各栏都要有，第一栏是认出各块的那一栏。
    """
    wanted = Wanted(names=names, required=tuple(needed))
    stack = stack or stack_of(grid)
    top = header_in(stack, wanted) if stack.may_hold(wanted) else None
    if top is None or top.missing:
        return ()
    merged: dict[int, list[Area]] = {}
    for area in grid.merges:
        if area.first.row < area.last.row:
            merged.setdefault(area.first.col, []).append(area)
    sections = (top, *_lower(grid, wanted, top))
    tables = []
    for section, following in zip(sections, (*sections[1:], None), strict=True):
        end = following.top - 1 if following else MAX_ROW
        for columns, header in _blocks(section, wanted):
            cells: dict[int, list[int]] = {}
            for row, column in sorted(grid.cells):
                if header.row < row <= end and column in columns:
                    cells.setdefault(row, []).append(column)
            texts = dict(header.texts)
            headings = {key: texts.pop(column) for key, column in header.columns.items()}
            tables.append(
                HeadedTable(
                    grid, header.row, header.columns, date_1904, cells, headings, texts, merged
                )
            )
    return tuple(tables)


def _lower(grid: Grid, wanted: Wanted, top: Header) -> Iterator[Header]:
    """下面又印的表头：每页重复的，或另起一段的。"""
    names = {fold(name) for name in wanted.names[wanted.required[0]]}
    last = top
    rows = {
        row
        for (row, _), cell in grid.cells.items()
        if row > top.row and len(cell.text) <= _LONGEST and fold(cell.text) in names
    }
    for row in sorted(rows):
        if row <= last.row:
            continue
        found = header_in(Stack(grid, row, row), wanted)
        if found is None or found.missing or len(found.columns) < min(2, len(top.columns)):
            continue
        same = all(last.columns.get(key) == column for key, column in found.columns.items())
        # 重复印的可能不全，栏没有挪的照前面的表头
        last = replace(last, row=found.row, top=found.top) if same else found
        yield last


def _blocks(header: Header, wanted: Wanted) -> Iterator[tuple[range, Header]]:
    """左右并排的各块：认块的那一栏用同样的写法印了几次，表头从头重复的地方就是下一块。"""
    key = wanted.required[0]
    words = {column: fold(text) for column, text in header.texts.items()}
    heading = words[header.columns[key]]
    seen: set[str] = set()
    starts = [1]
    for column, word in sorted(words.items()):
        if word in seen and heading in seen:
            starts.append(column)
            seen = set()
        seen.add(word)
    if heading not in seen and len(starts) > 1:  # 最后一段没有认块的一栏，归前一块
        starts.pop()
    for first, following in pairwise((*starts, MAX_COL + 1)):
        columns = range(first, following)
        part = narrowed(header, wanted, columns)
        if not part.missing:
            yield columns, part
