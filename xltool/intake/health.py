"""一个文件的健康情况：隐藏的行列、合并、外部链接、宏。"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xltool.address import At, Place, column_letters
from xltool.intake.template_cells import Kind
from xltool.messages import form as say
from xltool.scheme.model import SheetKind
from xltool.values.excerpt import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.address import Area
    from xltool.finding import Finding
    from xltool.intake.classify_cells import Filled
    from xltool.intake.template_cells import Coordinate, TemplateCells
    from xltool.xlsx.grid import Book, Grid, GridCell

_MOST_LOOKS = 1_000_000  # 互相重叠的合并区只有伪造的文件才有，不让它们耗尽时间


def health(book: Book) -> Iterator[Finding]:
    """整个工作簿的提醒。"""
    if book.external_links:
        yield say.EXTERNAL_LINKS.finding()
    if book.macros:
        yield say.MACROS.finding()


@dataclass(slots=True)
class Merged:
    """合并的结果：`cells` 是按合并改过的格，`findings` 是要说的。"""

    cells: dict[Coordinate, GridCell]
    findings: list[Finding] = field(default_factory=list)
    looks: int = 0


def merged_cells(grid: Grid, expected: TemplateCells, kind: SheetKind) -> Merged:
    """合并的格按左上角的值读到各行；下面藏着别的值的不读，只说出来。"""
    merged = Merged(dict(grid.cells))
    for area in grid.merges:
        spread = [at for at in _inside(area, expected, merged) if expected[at].kind is Kind.INPUT]
        for at in _inside(area, grid.cells, merged):
            under = grid.cells[at]
            if under.text.strip() and at in merged.cells:
                del merged.cells[at]
                place, value = Place(grid.name, At(*at)), excerpt(under.text)
                merged.findings.append(say.MERGED_HIDDEN.finding(place, area=area.a1, value=value))
        if spread:
            _share(grid, area, spread, kind, merged)
    return merged


def _inside(area: Area, cells: Iterable[Coordinate], merged: Merged) -> list[Coordinate]:
    """合并区里左上角以外的格；区小数区里的格，区大数表里的格。"""
    first, last = area.first, area.last
    size = (last.row - first.row + 1) * (last.col - first.col + 1)
    known = cells if isinstance(cells, dict) else dict.fromkeys(cells)
    merged.looks += min(size, len(known))
    if merged.looks > _MOST_LOOKS:
        return []
    corner = (first.row, first.col)
    if size <= len(known):
        places = (
            (row, column)
            for row in range(first.row, last.row + 1)
            for column in range(first.col, last.col + 1)
        )
        return [at for at in places if at in known and at != corner]
    return [at for at in known if At(*at) in area and at != corner]


def _share(
    grid: Grid, area: Area, spread: list[Coordinate], kind: SheetKind, merged: Merged
) -> None:
    """记录表里向下合并的，各行都取上面的值；别的合并只有第一格有值。"""
    top = grid.cells.get((area.first.row, area.first.col))
    if top is None or not top.text.strip():
        return
    place, value = Place(grid.name, area.first), excerpt(top.text)
    if kind is SheetKind.RECORDS and area.first.col == area.last.col:
        merged.findings.append(say.MERGED.finding(place, area=area.a1, value=value))
        for at in spread:
            merged.cells.setdefault(at, top)
    else:
        merged.findings.append(say.MERGED_CELLS.finding(place, area=area.a1, value=value))


def hidden_inputs(grid: Grid, identity: int, inputs: Iterable[Filled]) -> Iterator[Finding]:
    """隐藏的行列里有填报内容的；标识行本来就是隐藏的。"""
    hidden = grid.hidden_rows - {identity}
    if not (hidden or grid.hidden_columns):
        return
    filled = [at for _, at, cell in inputs if cell.text.strip()]
    for row in sorted({row for row, _ in filled} & hidden):
        place = Place(grid.name, At(row, 1))
        yield say.HIDDEN_ROWS.finding(place, rows=f"第 {row} 行")
    for column in sorted({column for _, column in filled} & grid.hidden_columns):
        place = Place(grid.name, At(1, column))
        yield say.HIDDEN_ROWS.finding(place, rows=f"第 {column_letters(column)} 列")
