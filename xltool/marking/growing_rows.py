"""退回件的行高：原来不是定死的不定死，单位要填的行照旧随内容长高。

openpyxl 不记行高是不是定死的，写出时一律定死；别的程序另存过的，也会把要填的行定死。
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from openpyxl.worksheet import _reader
from openpyxl.worksheet.dimensions import RowDimension

from xltool.form.page_sheet import PUSHED
from xltool.marking.loaded_copy import cells_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

_TRUE: Final = ("1", "true")


class _Row(RowDimension):
    """一行；`fixed` 是行高定死了。"""

    def __init__(self, worksheet: Worksheet, customHeight: str = "", **rest: Any) -> None:  # noqa: ANN401, N803 - as the file says
        super().__init__(worksheet, **rest)
        self.fixed = customHeight in _TRUE

    @property
    def customHeight(self) -> bool:  # noqa: N802 - as openpyxl asks
        return self.fixed and self.ht is not None


@contextmanager
def remembering_heights() -> Iterator[None]:
    """载入的时候，记住各行的行高是不是定死的。"""
    held = _reader.RowDimension  # type: ignore[attr-defined]
    _reader.RowDimension = _Row  # type: ignore[attr-defined]
    try:
        yield
    finally:
        _reader.RowDimension = held  # type: ignore[attr-defined]


def let_grow(sheet: Worksheet) -> None:
    """有格可填的行随内容长高；横着合并了的格撑不高行，没有旁边的空行来撑的，照旧。"""
    rows = sheet.row_dimensions
    fixed = {row: one for row, one in rows.items() if isinstance(one, _Row) and one.fixed}
    if not fixed:
        return
    merges = [area for area in sheet.merged_cells.ranges if area.max_col > area.min_col]
    still = {row for area in merges for row in range(area.min_row, area.max_row + 1)}
    writable = set[int]()
    for (row, _), cell in cells_of(sheet):
        if row in fixed:
            if str(cell.value).startswith(f"={PUSHED}"):
                still.discard(row)
            if not cell.protection.locked:
                writable.add(row)
    for row in writable - still:
        fixed[row].fixed = False
