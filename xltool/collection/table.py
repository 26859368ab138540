"""别人交来的登记表（名单、豁免、上年度的汇总）：按表头找栏，不看栏在第几列。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xltool.address import At, Place
from xltool.headings import Wanted, find_header, rows_of
from xltool.values import excel_number, plain, serial_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xltool.xlsx.grid import Grid

HEADER_ROWS: Final = 10  # 表头在前几行里找


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """一张表：表头在第几行、认得的各栏在第几列。"""

    grid: Grid
    header: int
    columns: Mapping[str, int]
    date_1904: bool = False

    def rows(self) -> Iterator[int]:
        """表头以下有内容的各行。"""
        yield from sorted({row for row, _ in self.grid.cells if row > self.header})

    def text(self, row: int, key: str) -> str:
        """一格的文字，空白并成一个；没有这一栏、没有内容的为空串；日期写成 2025-4-18。"""
        column = self.columns.get(key)
        cell = None if column is None else self.grid.cells.get((row, column))
        if cell is None:
            return ""
        shown = cell.text
        if cell.numeric:
            number = excel_number(cell.text)
            dated = cell.format == "date"
            day = serial_date(number, date_1904=self.date_1904) if dated else None
            shown = plain(number) if day is None else f"{day.year}-{day.month}-{day.day}"
        return " ".join(shown.split())

    def place(self, row: int, key: str) -> Place:
        """一格的位置；没有这一栏的指那一行的第一格。"""
        return Place(self.grid.name, At(row, self.columns.get(key, 1)))


def find_table(
    grid: Grid,
    headings: Mapping[str, Sequence[str]],
    needed: Iterable[str],
    *,
    date_1904: bool = False,
) -> HeadedTable | None:
    """在前几行里找表头：`headings` 是各栏认得的写法，`needed` 的各栏都要有；认得最多的一行算。"""
    wanted = Wanted(names=headings, required=tuple(needed))
    header = find_header(rows_of(grid, HEADER_ROWS), wanted)
    if header is None or header.missing:
        return None
    return HeadedTable(grid, header.row, header.columns, date_1904)
