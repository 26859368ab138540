"""几张表印在一页上的：把那个工作表分成几段，一段一张表，各自认位置、各自读。

各格的地址不变；分界在各表的标识行，标识没了的看表头。
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xltool.intake.index import Index, tags
from xltool.layout.block import END_MARK
from xltool.scheme.grid import Content, grid_lines
from xltool.scheme.model import SheetKind
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.layout.block import Block
    from xltool.layout.layout import Layout
    from xltool.xlsx.grid import Book, Grid

_LEAST = 2  # 认出两张表的界，才是那一页


def divided(book: Book, layout: Layout) -> Book:
    """把印成一页的工作表换成各段；没有这样的表的照旧。"""
    pages: dict[str, list[Block]] = {}
    for block in layout.blocks.values():
        if block.sheet.page:
            pages.setdefault(block.sheet.page, []).append(block)
    if not pages:
        return book
    grids = [part for grid in book.grids for part in _parts(grid, pages.values())]
    return replace(book, grids=tuple(grids))


def _parts(grid: Grid, pages: Iterable[list[Block]]) -> Iterator[Grid]:
    for blocks in pages:
        starts = _starts(grid, blocks)
        if len(starts) >= _LEAST:
            yield from _windows(grid, blocks, starts)
            return
    yield grid


def _starts(grid: Grid, blocks: list[Block]) -> dict[str, int]:
    """各表从第几行起：标识行，没有的是表头之上的一行。"""
    tagged: dict[str, int] = {}
    for key, row in tags(grid):
        tagged[key] = min(row, tagged.get(key, row))
    found: dict[str, int] = {}
    index = None
    for block in blocks:
        key = block.sheet.key
        if key in tagged:
            found[key] = tagged[key]
            continue
        index = index or Index(grid)
        header = index.heading_row(block)
        if header is not None:
            found[key] = header - 1
    return found


def _windows(grid: Grid, blocks: list[Block], starts: dict[str, int]) -> Iterator[Grid]:
    """各段：到下一张表之前；记录表到“表格结束”，以下和最上面的抬头都归第一张表。"""
    ordered = sorted(starts.items(), key=lambda item: item[1])
    table = next(b.sheet.key for b in blocks if b.sheet.kind is SheetKind.RECORDS)
    below = _end(grid, blocks, starts.get(table, 0)) + 1
    bounds = [row for _, row in ordered[1:]] + [below]
    owners: dict[str, range] = {
        key: range(start, max(start, end))
        for (key, start), end in zip(ordered, bounds, strict=True)
    }
    first = ordered[0][0]
    lines: dict[int, str] = {row: key for key, rows in owners.items() for row in rows}
    for key in owners:
        yield replace(
            grid,
            cells={at: cell for at, cell in grid.cells.items() if lines.get(at[0], first) == key},
            merges=tuple(area for area in grid.merges if lines.get(area.first.row, first) == key),
        )


def _end(grid: Grid, blocks: list[Block], start: int) -> int:
    """记录表末一行：“表格结束”；没有的，是排在它下面的第一行之上。"""
    mark = fold(END_MARK)
    ends = [row for (row, _), cell in grid.cells.items() if fold(cell.text[:20]) == mark]
    if ends:
        return min(ends)
    labels = {fold(text) for block in blocks for text in _below(block)}
    rows = [
        row
        for (row, _), cell in grid.cells.items()
        if row > start and fold(cell.text[:40]) in labels
    ]
    return min(rows, default=max((row for row, _ in grid.cells), default=start) + 1) - 1


def _below(block: Block) -> Iterator[str]:
    """排在记录表之下各行的第一处印的字。"""
    for line in grid_lines(block.sheet):
        if line.below:
            first = line.pieces[0]
            if first.content is Content.LABEL:
                yield next(f.heading for f in block.sheet.fields if f.key == first.name)
            elif first.content is Content.TEXT:
                yield first.name
