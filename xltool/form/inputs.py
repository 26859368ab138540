"""一行里有哪几个填报格。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme.grid import Content, grid_lines
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.layout.block import Block


def inputs_in(block: Block, row: str) -> Iterator[CellKey]:
    """一行里的填报格，由左到右。"""
    sheet = block.sheet
    if sheet.kind is not SheetKind.FIELDS:
        own = (field.key for field in sheet.columns if field.computation is None)
        yield from (CellKey(sheet.key, row, key) for key in own)
        return
    names = [row]
    if sheet.page:
        line = next(one for one in grid_lines(sheet) if one.key == row)
        names = [one.name for one in line.pieces if one.content is Content.FIELD]
    computed = {field.key for field in sheet.fields if field.computation is not None}
    for name in names:
        if name not in computed:
            yield CellKey(sheet.key, name)
            yield from (CellKey(sheet.key, name, extra.key) for extra in sheet.extras)
