"""把一张表的每一格归到模板的格：填报的、与印好的不同的、模板里没有的。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.intake.template_cells import HEADER, IDENTITY_LINE, Kind, Slot
from xltool.layout.block import END
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.intake.locate import Found
    from xltool.intake.template_cells import Printed, Spots
    from xltool.layout.block import Block
    from xltool.xlsx.grid import GridCell

Spot = tuple[int, int]
Filled = tuple[Slot, Spot, "GridCell"]


class ClassifiedCells(NamedTuple):
    """归好的各格。"""

    inputs: list[Filled]
    changed: list[Filled]
    extras: list[tuple[Spot, GridCell]]


def classify_cells(cells: Mapping[Spot, GridCell], spots: Spots) -> ClassifiedCells:
    """逐格归类；每格都要走，所以只做查表和比较。"""
    inputs: list[Filled] = []
    changed: list[Filled] = []
    extras: list[tuple[Spot, GridCell]] = []
    find, fill = spots.get, Kind.INPUT
    for at, cell in cells.items():
        slot = find(at)
        if slot is None:
            extras.append((at, cell))
        elif slot.kind is fill:
            inputs.append((slot, at, cell))
        elif (cell.formula or cell.text) != slot.expected:
            changed.append((slot, at, cell))
    return ClassifiedCells(inputs, changed, extras)


def spots_of(printed: Printed, found: Found, block: Block) -> Spots:
    """各格在报送文件里的位置：没有移动的就是模板的位置。"""
    if not found.moved:
        return printed.spots
    lines = {**found.block.rows, HEADER: found.header, IDENTITY_LINE: found.identity}
    if block.sheet.kind is SheetKind.RECORDS:
        lines |= {END: found.end}
    spots: Spots = {}
    for row, line in lines.items():
        for column, number in found.block.columns.items():
            slot = printed.slots.get((row, column))
            if slot is None and block.sheet.kind is SheetKind.RECORDS:
                slot = _longer(printed, row, column)
            if slot is not None and line:
                spots[line, number] = slot
    return spots


def _longer(printed: Printed, row: str, column: str) -> Slot | None:
    """记录比模板多出来的行，样子与第一行相同。"""
    slot = printed.slots.get(("1", column)) if row.isdecimal() else None
    if slot is None:
        return None
    expected = row if slot.kind is Kind.ANCHOR else slot.expected
    return Slot(slot.kind, CellKey(slot.key.sheet, row, column), expected, slot.field)
