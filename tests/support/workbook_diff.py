"""两份工作簿差在哪里：一格一行，给人看。"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet


def changes(old: bytes, new: bytes) -> Iterator[str]:
    """内容不同的各格，和多了、少了的工作表；公式比的是公式。"""
    before, after = (openpyxl.load_workbook(io.BytesIO(data)) for data in (old, new))
    for name in dict.fromkeys((*before.sheetnames, *after.sheetnames)):
        if name not in after.sheetnames:
            yield f"- {name}（整张表）"
        elif name not in before.sheetnames:
            yield f"+ {name}（整张表）"
        else:
            yield from _cells(before[name], after[name])


def _cells(old: Worksheet, new: Worksheet) -> Iterator[str]:
    before, after = _contents(old), _contents(new)
    for place in sorted(before.keys() | after.keys()):
        if before.get(place) != after.get(place):
            at = new.cell(*place).coordinate
            yield f"  {new.title}!{at} {before.get(place)!r} → {after.get(place)!r}"


def _contents(sheet: Worksheet) -> dict[tuple[int, int], object]:
    return {
        (cell.row, cell.column): cell.value
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
