"""一个工作表按行、按文字查格；行列移动过才用得着，所以用时才建。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.headings import Wanted, find_header, nearest_headings, rows_of
from xltool.layout.wording import SHEET_TAG
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.layout.block import Block
    from xltool.xlsx.grid import Grid

_DEEPEST = 20  # 标题、改写过的表头只看上面这么多行
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
        wanted = Wanted(names=headings, least=len(headings) // 2 + 1, topmost=True)
        header = find_header(self.rows, wanted)
        if header is None:  # 表头后面添了括注的
            top = {row: cells for row, cells in self.rows.items() if row <= _DEEPEST}
            header = find_header(top, wanted, loose=True)
        return header.row if header else None

    def nearest_headings(self, row: int, block: Block) -> dict[str, tuple[int, ...]]:
        """一行里改写过的表头，各像哪一栏、在哪几列。"""
        texts = {column: cell.text for column, cell in self.rows.get(row, {}).items()}
        return nearest_headings(texts, [column.heading for column in block.listed])

    def titled(self, title: str) -> bool:
        """上面几行里印没印着这张表的标题。"""
        wanted = fold(title)
        return any(
            fold(cell.text) == wanted
            for row, cells in self.rows.items()
            if row <= _DEEPEST
            for cell in cells.values()
            if len(cell.text) <= _LONGEST
        )


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
