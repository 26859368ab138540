"""各张表在工作簿的哪里：先按表名、再按表头找；栏挪了位置也认，多出的栏和表指出来不读。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import At, Place, column_letters
from xltool.headings import Wanted, find_header, rows_of
from xltool.messages import scheme as say
from xltool.scheme_book.cells import is_blank
from xltool.scheme_book.tables import basics, indicators
from xltool.scheme_book.tables.catalogue import TABLES
from xltool.values import fold
from xltool.values.excerpt import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.finding import Finding
    from xltool.headings import Header
    from xltool.scheme_book.table import Table
    from xltool.xlsx.grid import Book, Grid

GUIDE, WORDS, ORIGINS = "说明", "词表", "来源"  # 只供查看的表
_HEADER_ROWS: Final = 15  # 表头在前几行里找


class Located(NamedTuple):
    """一张表：在哪个工作表、表头在第几行、各栏在第几列，表头还有什么不对。"""

    table: Table
    grid: Grid
    header: Header


class Found(NamedTuple):
    """找到的各张表，和找的时候发现的问题。"""

    tables: Mapping[str, Located]
    findings: tuple[Finding, ...]


def locate(book: Book) -> Found:
    """找齐各张表。"""
    grids, findings = _grids(book)
    first, second = basics.TABLE, indicators.TABLE
    if first.key not in grids and second.key not in grids:
        return Found({}, (say.NOT_OURS.finding(first=first.name, second=second.name),))
    tables: dict[str, Located] = {}
    for key, table in TABLES.items():
        if key not in grids:
            findings.append(say.NO_TABLE.finding(name=table.name))
            continue
        located = _located(table, grids[key])
        if located is None:
            place = Place(grids[key].name, At(1, 1))
            findings.append(say.NO_HEADER.finding(place, name=table.name))
        else:
            tables[key] = located
            findings += _complaints(located)
    return Found(tables, tuple(findings))


def _grids(book: Book) -> tuple[dict[str, Grid], list[Finding]]:
    """各张表是哪个工作表；改了名的按表头认。"""
    names = {fold(table.name): key for key, table in TABLES.items()}
    grids = {names[fold(grid.name)]: grid for grid in book.grids if fold(grid.name) in names}
    fixed = {fold(name) for name in (GUIDE, WORDS, ORIGINS)}
    others = [g for g in book.grids if fold(g.name) not in names and fold(g.name) not in fixed]
    findings: list[Finding] = []
    for key, table in TABLES.items():
        if key in grids:
            continue
        alike = [located for grid in others if (located := _located(table, grid))]
        whole = [located for located in alike if not located.header.missing]
        if whole:  # 要读的栏一栏不少；有几张的，取多出的栏最少的
            grid = min(whole, key=lambda one: sum(1 for _ in _extra(one))).grid
            grids[key] = grid
            others.remove(grid)
            found = excerpt(grid.name)
            findings.append(say.RENAMED.finding(sheet=grid.name, name=table.name, found=found))
    findings += [say.EXTRA_SHEET.finding(sheet=g.name, name=excerpt(g.name)) for g in others]
    return grids, findings


def _located(table: Table, grid: Grid) -> Located | None:
    """表头至少要认得一半的栏。"""
    wanted = Wanted(
        names={column.key: (column.heading,) for column in table.columns},
        required=tuple(column.key for column in table.columns if column.read),
        least=(len(table.columns) + 1) // 2,
    )
    header = find_header(rows_of(grid, _HEADER_ROWS), wanted)
    return Located(table, grid, header) if header else None


def _complaints(located: Located) -> Iterator[Finding]:
    """缺的栏、重的栏、多的栏、合并的格。"""
    table, grid, header = located
    for key in header.missing:
        place = Place(grid.name, At(header.row, 1))
        yield say.NO_COLUMN.finding(place, heading=table.column(key).heading)
    yield from _extra(located)
    read = {
        header.columns[column.key]
        for column in table.columns
        if column.read and column.key in header.columns
    }
    for area in grid.merges:
        across = range(area.first.col, area.last.col + 1)
        if area.last.row >= header.row and not read.isdisjoint(across) and area.first != area.last:
            yield say.MERGED.finding(Place(grid.name, area.first), area=area.a1)


def _extra(located: Located) -> Iterator[Finding]:
    table, grid, header = located
    twice = {
        column: key
        for key, columns in header.repeated.items()
        for column in columns
        if table.column(key).read
    }
    for number in sorted((*header.unknown, *twice)):
        cell, place = grid.cells[header.row, number], Place(grid.name, At(header.row, number))
        if number in twice:
            key = twice[number]
            letters = column_letters(header.columns[key])
            yield say.TWICE.finding(place, heading=table.column(key).heading, column=letters)
        elif not is_blank(cell):
            yield say.EXTRA_COLUMN.finding(place, heading=excerpt(cell.text))


def filled_rows(located: Located, keys: Iterable[str]) -> list[int]:
    """表头以下，这几栏里写了字的各行。"""
    columns = located.header.columns
    wanted = {columns[key] for key in keys if key in columns}
    cells = located.grid.cells.items()
    return sorted(
        {
            row
            for (row, column), cell in cells
            if row > located.header.row and column in wanted and not is_blank(cell)
        }
    )
