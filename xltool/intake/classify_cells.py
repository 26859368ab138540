"""把一张表的每一格归到模板的格：填报的、与印好的不同的、模板里没有的。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.form.sheet_cells import HEADER, IDENTITY_LINE
from xltool.intake.template_cells import Kind
from xltool.layout.block import END
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind
from xltool.xlsx.grid import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.intake.locate import Found
    from xltool.intake.template_cells import (
        Coordinate,
        SheetTemplate,
        TemplateCell,
        TemplateCells,
    )
    from xltool.layout.block import Block
    from xltool.xlsx.grid import GridCell

Filled = tuple["TemplateCell", "Coordinate", "GridCell"]


class ClassifiedCells(NamedTuple):
    """归好的各格；自查一类的格，只有没有了公式的、算不出来的才算不同。"""

    inputs: list[Filled]
    changed: list[Filled]
    extras: list[tuple[Coordinate, GridCell]]

    @property
    def filled(self) -> frozenset[str]:
        """填了字的各行。"""
        return frozenset(one.key.row for one, _, cell in self.inputs if cell.text.strip())


def classify_cells(
    cells: Mapping[Coordinate, GridCell], expected: TemplateCells
) -> ClassifiedCells:
    """逐格归类；每格都要走，所以只做查表和比较。"""
    inputs: list[Filled] = []
    changed: list[Filled] = []
    extras: list[tuple[Coordinate, GridCell]] = []
    find, fill, live, error = expected.get, Kind.INPUT, Kind.LIVE, State.ERROR
    for at, cell in cells.items():
        planned = find(at)
        if planned is None:
            extras.append((at, cell))
        elif planned.kind is fill:
            inputs.append((planned, at, cell))
        elif planned.kind is live and cell.formula and cell.state is not error:
            continue  # 一份表上一两千格
        elif (cell.formula or cell.text) != planned.expected:
            changed.append((planned, at, cell))
    return ClassifiedCells(inputs, changed, extras)


def located_cells(template: SheetTemplate, found: Found, block: Block) -> TemplateCells:
    """各格在报送文件里的位置：没有移动的就是模板的位置。"""
    if not found.moved:
        return template.cells
    lines = {**found.block.rows, HEADER: found.header, IDENTITY_LINE: found.identity}
    if block.sheet.kind is SheetKind.RECORDS:
        lines |= {END: found.end}
    cells: TemplateCells = {}
    for row, line in lines.items():
        for column, number in found.block.columns.items():
            cell = template.by_key.get((row, column))
            if cell is None and block.sheet.kind is SheetKind.RECORDS:
                cell = _longer(template, block, row, column)
            if cell is not None and line:
                cells[line, number] = cell
    return cells


def _longer(template: SheetTemplate, block: Block, row: str, column: str) -> TemplateCell | None:
    """记录比模板多出来的行，样子与第一行相同。"""
    first = template.by_key.get(("1", column)) if row.isdecimal() else None
    if first is None:
        return None
    text = block.column(column).text
    expected = text(row) if text else first.expected
    return first._replace(key=CellKey(first.key.sheet, row, column), expected=expected)
