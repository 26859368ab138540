"""印在一页上的几张表怎样排：记录表定各列，逐项表依方案的各行排在它上面、下面。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.layout.block import Block, Rows, row_keys
from xltool.layout.columns import CODE, LIVE, Column, columns_of
from xltool.scheme.grid import Content, grid_lines, page_sheets
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.scheme.grid import GridLine
    from xltool.scheme.model import Scheme, Sheet

_TITLE, _NOTE, _FIRST = 3, 4, 5  # 标题、说明、第一张表的标识


def page_blocks(scheme: Scheme, page: str, records: Iterable[str]) -> dict[str, Block]:
    """一页上的各张表；`records` 是记录表的各行。"""
    sheets = page_sheets(scheme, page)
    table = page_table(sheets)
    columns, edge = _columns(table), printed_edge(sheets, table)
    blocks: dict[str, Block] = {}
    row = _FIRST
    for sheet in sheets:
        top = Rows(_TITLE, _NOTE, row, row + 1) if row == _FIRST else Rows(row, row, row, row + 1)
        if sheet.kind is SheetKind.RECORDS:
            keys = {key: row + 1 + n for n, key in enumerate(row_keys(scheme, sheet, records), 1)}
            blocks[sheet.key] = _block(sheet, page, top, columns, keys, (), edge)
        else:
            lines = [line for line in grid_lines(sheet) if not line.below]
            keys = {line.key: row + 1 + n for n, line in enumerate(lines, 1)}
            blocks[sheet.key] = _block(sheet, page, top, _gridded(columns), keys, lines, edge)
        row = max(keys.values(), default=row + 1) + 1
    for sheet in sheets:
        below = [line for line in grid_lines(sheet) if line.below]
        if below:
            known = blocks[sheet.key]
            keys = dict(known.rows) | {line.key: row + n for n, line in enumerate(below)}
            blocks[sheet.key] = _block(
                sheet, page, known.lines, known.listed, keys, grid_lines(sheet), edge
            )
            row += len(below)
    return blocks


def _columns(table: Sheet) -> tuple[Column, ...]:
    """记录表在页上的各栏：页外的排在右边，依写的次序，最后是自查。"""
    listed = {column.key: column for column in columns_of(table)}
    last = [key for key in (*table.beside, *listed) if key in table.beside or key in LIVE]
    outside = [listed.pop(key) for key in dict.fromkeys(last) if key in listed]
    return (*listed.values(), *outside)


def page_table(sheets: Iterable[Sheet]) -> Sheet:
    """一页上的记录表；方案检查过有且只有一张。"""
    return next(sheet for sheet in sheets if sheet.kind is SheetKind.RECORDS)


def printed_edge(sheets: Iterable[Sheet], table: Sheet) -> int:
    """印到第几列：逐项表用到的最右一栏；再往右的栏在页外。"""
    numbers = {column.key: number for number, column in enumerate(_columns(table), 1)}
    used = (
        numbers[piece.column]
        for sheet in sheets
        for line in grid_lines(sheet)
        for piece in line.pieces
    )
    return max(used)


def _gridded(columns: Iterable[Column]) -> tuple[Column, ...]:
    """逐项表排在页上的各栏：与记录表同列，没有自己的表头；第一栏的字用来认行。"""
    code, first, *others = columns
    return (
        Column(code.key, CODE.heading, code.width, text=str, anchor=True),
        Column(first.key, _unseen(1), first.width, anchor=True),
        *(Column(one.key, _unseen(n), one.width) for n, one in enumerate(others, 2)),
    )


def _unseen(number: int) -> str:
    """表头一行是隐藏的，只供认栏。"""
    return f"第{number}栏"


def _block(  # noqa: PLR0913, PLR0917 - each is a fact of the place of one table
    sheet: Sheet,
    name: str,
    lines: Rows,
    columns: tuple[Column, ...],
    rows: Mapping[str, int],
    grid: Iterable[GridLine],
    edge: int,
) -> Block:
    listed = tuple(grid)
    numbers = {column.key: number for number, column in enumerate(columns, 1)}
    return Block(
        sheet=sheet,
        name=name,
        lines=lines,
        listed=columns,
        columns={key: (number, number) for key, number in numbers.items()},
        widths={column.key: column.width for column in columns},
        rows=rows,
        slots={
            piece.name: (line.key, piece.column)
            for line in listed
            for piece in line.pieces
            if piece.content is Content.FIELD
        },
        ends=dict(_ends(listed, numbers, edge)),
        edge=edge,
    )


def _ends(
    lines: Iterable[GridLine], numbers: Mapping[str, int], edge: int
) -> Iterator[tuple[tuple[str, str], int]]:
    """一处占到右边下一处之前；最右的占到页边。"""
    for line in lines:
        starts = [numbers[piece.column] for piece in line.pieces]
        for piece, following in zip(line.pieces, [*starts[1:], edge + 1], strict=True):
            yield (line.key, piece.column), following - 1
