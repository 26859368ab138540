"""照人的做法填名单工作簿：用 openpyxl 打开、改、存，不经本程序的写法。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

HEADER = 4


def fill(
    folder: Path,
    settings: Mapping[str, str | float | date] | None = None,
    units: Sequence[Mapping[str, str]] = (),
) -> Path:
    """填设置（叫法和值）和单位（表头和值）；示例行留着不删。"""
    path = folder / "名单.xlsx"
    book = openpyxl.load_workbook(path)
    for label, value in (settings or {}).items():
        (cell,) = (row[0] for row in book["设置"].iter_rows(HEADER + 1) if row[0].value == label)
        cell.offset(0, 1).value = value
    sheet = book["名单"]
    columns = {cell.value: cell.column for cell in sheet[HEADER] if cell.value}
    for row, unit in enumerate(units, HEADER + 2):
        for heading, value in unit.items():
            sheet.cell(row, columns[heading]).value = value
    book.save(path)
    return path
