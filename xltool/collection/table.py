"""别人交来的登记表（名单、豁免、上年度的汇总）：按表头找栏，不看栏在第几列。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xltool.address import At, Place
from xltool.headings import Wanted, find_header, rows_of
from xltool.values import excel_number, plain, serial_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xltool.xlsx.grid import Grid, GridCell

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
        cell = self._cell(row, key)
        return " ".join(self._shown(cell).split()) if cell is not None else ""

    def place(self, row: int, key: str) -> Place:
        """一格的位置；没有这一栏的指那一行的第一格。"""
        return Place(self.grid.name, At(row, self.columns.get(key, 1)))

    def _cell(self, row: int, key: str) -> GridCell | None:
        column = self.columns.get(key)
        return self.grid.cells.get((row, column)) if column is not None else None

    def _shown(self, cell: GridCell) -> str:
        if not cell.numeric:
            return cell.text
        number = excel_number(cell.text)
        if cell.format == "date":
            day = serial_date(number, date_1904=self.date_1904)
            if day is not None:
                return f"{day.year}-{day.month}-{day.day}"
        return plain(number)


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
