"""一个工作表按行、按文字查格；行列移动过才用得着，所以用时才建。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.headings import Wanted, find_header, rows_of
from xltool.layout.wording import SHEET_TAG
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.layout.block import Block
    from xltool.xlsx.grid import Grid

_LONGEST = 200  # 表头、项目没有这么长，长文字不必比


class Index:
    """一个工作表的索引。"""

    __slots__ = ("grid", "rows")

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.rows = rows_of(grid)

    def row_texts(self, row: int, *, folded: bool = True) -> dict[str, tuple[int, ...]]:
        """一行里的各个文字在哪几列。"""
        cells = sorted(self.rows.get(row, {}).items())
        return _by_text(((column, cell.text) for column, cell in cells), folded=folded)

    def column_texts(self, column: int, first: int, end: int) -> dict[str, tuple[int, ...]]:
        """一列里从 `first` 行到 `end` 行（不含）的各个文字在哪几行。"""
        found = (
            (row, cells[column].text)
            for row, cells in sorted(self.rows.items())
            if first <= row < end and column in cells
        )
        return _by_text(found, folded=True)

    def text(self, row: int, column: int) -> str:
        """一格的文字；没有则为空。"""
        cell = self.rows.get(row, {}).get(column)
        return cell.text if cell else ""

    def find(self, text: str) -> int | None:
        """写着这几个字的第一行。"""
        for row, cells in sorted(self.rows.items()):
            if any(cell.text == text for cell in cells.values()):
                return row
        return None

    def heading_row(self, block: Block) -> int | None:
        """表头在第几行：第一个有半数以上表头的行；下面重复的表头不算。"""
        headings = {fold(column.heading): (column.heading,) for column in block.listed}
        half = len(headings) // 2
        header = find_header(self.rows, Wanted(names=headings, least=half + 1, topmost=True))
        return header.row if header else None


def _by_text(pairs: Iterable[tuple[int, str]], *, folded: bool) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, text in pairs:
        if len(text) <= _LONGEST:
            found.setdefault(fold(text) if folded else text, []).append(number)
    return {text: tuple(numbers) for text, numbers in found.items()}


def tags(grid: Grid) -> Iterator[tuple[str, int]]:
    """工作表里有哪些标识，各在第几行。"""
    for (row, _), cell in grid.cells.items():
        if cell.text.startswith(SHEET_TAG):
            yield cell.text.removeprefix(SHEET_TAG), row
