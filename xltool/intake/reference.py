"""评分参数和选项两张表只供查看和引用：改了不采用，但要说出来。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.address import At, Place
from xltool.form.form import make_form
from xltool.form.lists_sheets import option_sheet
from xltool.layout.layout import (
    OPTION_HEADER,
    OPTIONS,
    PARAMETER_HEADER,
    PARAMETER_VALUE,
    PARAMETERS,
    template_layout,
)
from xltool.messages import form as say
from xltool.values import excel_number, fold
from xltool.values.excerpt import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from xltool.finding import Finding
    from xltool.scheme.model import Scheme
    from xltool.xlsx.grid import Book, Grid, GridCell

_CODE, _LAST = 1, 6  # 编号在第一列，共六列


def reference_sheets(book: Book, scheme: Scheme) -> Iterator[Finding]:
    """两张表里改过的值和多写的内容。"""
    for grid in book.grids:
        if grid.name == PARAMETERS:
            yield from _parameters(grid, scheme)
        elif grid.name == OPTIONS:
            yield from _options(grid, scheme)


# ---------------------------------------------------------------- 评分参数


def _parameters(grid: Grid, scheme: Scheme) -> Iterator[Finding]:
    layout = template_layout(scheme)
    cells = grid.cells
    rows: Mapping[str, int] | None = None
    count = len(scheme.parameters) + len(scheme.indicators)
    for key, parameter in scheme.parameters.items():
        at = layout.parameters[key]
        row = at.row
        code = cells.get((row, _CODE))
        if code is None or code.text != key:  # 行移动过，按编号找
            rows = _rows(grid) if rows is None else rows
            row = rows.get(key, 0)
        cell = cells.get((row, PARAMETER_VALUE))
        if cell is None or not _equal(cell, parameter.value):
            place = Place(grid.name, At(row or at.row, PARAMETER_VALUE))
            found = excerpt(cell.text) if cell else "空白"
            yield say.PARAMETER_CHANGED.finding(
                place, label=parameter.label, expected=f"{parameter.value:f}", found=found
            )
    if rows is None:
        last = PARAMETER_HEADER + count
        beside = (at for at in cells if at[0] > last or at[1] > _LAST)
        yield from _outside(grid, beside)


def _rows(grid: Grid) -> dict[str, int]:
    return {cell.text: row for (row, column), cell in grid.cells.items() if column == _CODE}


def _equal(cell: GridCell, value: Decimal) -> bool:
    return cell.numeric and (cell.text == str(value) or excel_number(cell.text) == value)


# ---------------------------------------------------------------- 选项


@lru_cache(maxsize=16)
def _option_texts(scheme: Scheme) -> Mapping[tuple[int, int], str]:
    """选项表各格应有的字，连同表头。"""
    cells = option_sheet(make_form(scheme, {})).every_cell()
    return {cell.at: str(cell.content) for cell in cells if cell.row >= OPTION_HEADER}


def _options(grid: Grid, scheme: Scheme) -> Iterator[Finding]:
    texts = _option_texts(scheme)
    cells = grid.cells
    if all(at in cells and cells[at].text == text for at, text in texts.items()):
        yield from _outside(grid, (at for at in cells if at not in texts))
        return
    columns = {fold(cell.text): column for (_, column), cell in cells.items()}
    for column, options in enumerate(scheme.options.values(), 1):
        found = columns.get(fold(options.title), column)
        present = {fold(cell.text) for (_, number), cell in cells.items() if number == found}
        for row, option in enumerate(options.options, OPTION_HEADER + 1):
            if fold(option.value) not in present:
                cell = cells.get((row, found))
                yield say.OPTION_CHANGED.finding(
                    Place(grid.name, At(row, found)),
                    expected=option.value,
                    found=excerpt(cell.text) if cell else "空白",
                )


def _outside(grid: Grid, beside: Iterable[tuple[int, int]]) -> Iterator[Finding]:
    """表头以下多写的内容，说第一处。"""
    for at in beside:
        text = grid.cells[at].text
        if at[0] >= OPTION_HEADER and text.strip():
            yield say.OUTSIDE.finding(Place(grid.name, At(*at)), found=excerpt(text), far="")
            return
