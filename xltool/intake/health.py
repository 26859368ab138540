"""一个文件的健康情况：隐藏的行列、合并、外部链接、宏。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.address import At, Place, column_letters
from xltool.messages import form as say
from xltool.scheme.key import VALUE
from xltool.scheme.model import SheetKind
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.address import Area
    from xltool.finding import Finding
    from xltool.intake.grid import Book, Grid, GridCell
    from xltool.intake.locate import Found
    from xltool.scheme.model import Sheet

Cells = dict[tuple[int, int], "GridCell"]


def health(book: Book) -> Iterator[Finding]:
    """整个工作簿的提醒。"""
    if book.external_links:
        yield say.EXTERNAL_LINKS.finding()
    if book.macros:
        yield say.MACROS.finding()


def merged_cells(grid: Grid, found: Found, sheet: Sheet, findings: list[Finding]) -> Cells:
    """合并的格按左上角的值读到各行；下面藏着别的值的不读，只说出来。

    隐藏的行列里有填报内容的，也在这里说出来。
    """
    cells: Cells = dict(grid.cells)
    columns = {number for key, number in found.block.columns.items() if _is_input(sheet, key)}
    rows = set(found.block.rows.values())
    for area in grid.merges:
        if area.first.row in rows and area.first.col in columns:
            findings += _covered(grid, area, cells)
            if sheet.kind is SheetKind.RECORDS and area.last.row > area.first.row:
                findings += _spread(grid, area, cells)
    findings += _hidden(grid, rows, columns)
    return cells


def _is_input(sheet: Sheet, column: str) -> bool:
    return column == VALUE or any(field.key == column for field in sheet.columns)


def _covered(grid: Grid, area: Area, cells: Cells) -> Iterator[Finding]:
    for (row, column), under in grid.cells.items():
        at = At(row, column)
        if at in area and at != area.first and under.text.strip():
            cells.pop((row, column), None)
            value = quote(under.text)
            yield say.MERGED_HIDDEN.finding(Place(grid.name, at), area=area.a1, value=value)


def _spread(grid: Grid, area: Area, cells: Cells) -> Iterator[Finding]:
    top = grid.cells.get((area.first.row, area.first.col))
    if top is None:
        return
    yield say.MERGED.finding(Place(grid.name, area.first), area=area.a1, value=quote(top.text))
    for row in range(area.first.row + 1, area.last.row + 1):
        cells.setdefault((row, area.first.col), top)


def _hidden(grid: Grid, rows: set[int], columns: set[int]) -> Iterator[Finding]:
    filled = {(row, column) for row, column in grid.cells if row in rows and column in columns}
    for row in sorted({row for row, _ in filled} & grid.hidden_rows):
        place = Place(grid.name, At(row, 1))
        yield say.HIDDEN_ROWS.finding(place, rows=f"第 {row} 行")
    for column in sorted({column for _, column in filled} & grid.hidden_columns):
        place = Place(grid.name, At(1, column))
        yield say.HIDDEN_ROWS.finding(place, rows=f"第 {column_letters(column)} 列")
