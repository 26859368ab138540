"""各张表在工作簿的哪里：先按表名、再按表头找；栏挪了位置也认，多出的栏和表指出来不读。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import At, Place, column_letters
from xltool.messages import scheme as say
from xltool.scheme_book.cells import is_blank
from xltool.scheme_book.tables import basics, indicators
from xltool.scheme_book.tables.catalogue import TABLES
from xltool.values import fold
from xltool.values.excerpt import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.finding import Finding
    from xltool.scheme_book.table import Table
    from xltool.xlsx.grid import Book, Grid

GUIDE, WORDS, ORIGINS = "说明", "词表", "来源"  # 只供查看的表
_HEADER_ROWS: Final = 15  # 表头在前几行里找


class Located(NamedTuple):
    """一张表：在哪个工作表、表头在第几行、各栏在第几列。"""

    table: Table
    grid: Grid
    header: int
    columns: Mapping[str, int]


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
        alike = [grid for grid in others if key not in grids and _fits(table, grid)]
        if alike:
            grid = max(alike, key=lambda one: -_odd(table, one))
            grids[key] = grid
            others.remove(grid)
            found = excerpt(grid.name)
            findings.append(say.RENAMED.finding(sheet=grid.name, name=table.name, found=found))
    findings += [say.EXTRA_SHEET.finding(sheet=g.name, name=excerpt(g.name)) for g in others]
    return grids, findings


def _fits(table: Table, grid: Grid) -> bool:
    """要读的栏一栏不少。"""
    located = _located(table, grid)
    return located is not None and all(c.key in located.columns for c in table.columns if c.read)


def _odd(table: Table, grid: Grid) -> int:
    """有几栏不是这张表的。"""
    located = _located(table, grid)
    return sum(1 for _ in _extra(located)) if located else 0


def _located(table: Table, grid: Grid) -> Located | None:
    """表头是认得的栏最多的一行，至少要认得一半。"""
    headings = {fold(column.heading): column.key for column in table.columns}
    rows: dict[int, dict[str, int]] = {}
    for (row, column), cell in sorted(grid.cells.items()):
        key = headings.get(fold(cell.text)) if row <= _HEADER_ROWS else None
        if key is not None:
            rows.setdefault(row, {}).setdefault(key, column)
    if not rows:
        return None
    best = max(rows, key=lambda row: (len(rows[row]), -row))
    return Located(table, grid, best, rows[best]) if 2 * len(rows[best]) >= len(headings) else None


def _complaints(located: Located) -> Iterator[Finding]:
    """缺的栏、重的栏、多的栏、合并的格。"""
    table, grid, header, columns = located
    for column in table.columns:
        if column.read and column.key not in columns:
            place = Place(grid.name, At(header, 1))
            yield say.NO_COLUMN.finding(place, heading=column.heading)
    yield from _extra(located)
    read = {
        columns[column.key] for column in table.columns if column.read and column.key in columns
    }
    for area in grid.merges:
        across = range(area.first.col, area.last.col + 1)
        if area.last.row >= header and not read.isdisjoint(across) and area.first != area.last:
            yield say.MERGED.finding(Place(grid.name, area.first), area=area.a1)


def _extra(located: Located) -> Iterator[Finding]:
    table, grid, header, columns = located
    headings = {fold(column.heading): column for column in table.columns}
    for (row, number), cell in sorted(grid.cells.items()):
        if row != header or number in columns.values() or is_blank(cell):
            continue
        place, known = Place(grid.name, At(row, number)), headings.get(fold(cell.text))
        if known is None:
            yield say.EXTRA_COLUMN.finding(place, heading=excerpt(cell.text))
        elif known.read:
            letters = column_letters(columns[known.key])
            yield say.TWICE.finding(place, heading=known.heading, column=letters)


def filled_rows(located: Located, keys: Iterable[str]) -> list[int]:
    """表头以下，这几栏里写了字的各行。"""
    wanted = {located.columns[key] for key in keys if key in located.columns}
    cells = located.grid.cells.items()
    return sorted(
        {
            row
            for (row, column), cell in cells
            if row > located.header and column in wanted and not is_blank(cell)
        }
    )
